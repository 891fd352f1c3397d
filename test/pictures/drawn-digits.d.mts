/** The digits 0 to 9 drawn as strokes in many styles. */

export { digitRows } from './digit-rows.mjs';

/** The names of all styles. */
export const drawnStyles: readonly string[];

/** Each digit in each chosen style, by default in all, RGBA; two styles are transparent. `seed` is an integer from 0 to 2^32 - 1. */
export function drawnDigits(
  seed: number,
  chosen?: readonly string[],
): { name: string; digit: number; picture: { width: number; height: number; data: Uint8Array } }[];
