/** Reads the pictures of a row, one at a time. */

import type { Detected, Figures } from './judge.mjs';
import type { DrawingOptions, Row, Scene } from './rows.mjs';

interface Reader {
  recognize(picture: Scene['picture']): Promise<{ state: string; answer: string | null }>;
  detect(picture: Scene['picture']): Promise<Detected>;
}

export function measureRow(
  recognizer: Reader,
  row: Row,
  options: DrawingOptions,
): Promise<{ figures: Figures; failures: { name: string; written: string; read: string }[] }>;
