/** Handwriting as people photograph, scan and cut it, by kind: digits of MNIST on drawn sheets. */

/** `validation`: training images that no shipped model learned from; `test`: MNIST's test images. */
export type Rows = 'validation' | 'test';

/** The names of all rows, by what is asked of their pictures. */
export const sceneRows: Readonly<Record<'digit' | 'number' | 'no digit', readonly string[]>>;

export interface Scene {
  name: string;
  /** From left to right, line by line; none where there is no digit. */
  digits: string;
  /** How many marks there are that are no digits, such as a decimal point. */
  signs: number;
  /** RGBA. */
  picture: { width: number; height: number; data: Uint8Array };
}

/** `count` pictures of a row, beginning with index `from` (0). The same arguments give the same bytes. */
export function drawScenes(
  name: string,
  options: { rows: Rows; seed: number; count: number; from?: number },
): AsyncGenerator<Scene>;
