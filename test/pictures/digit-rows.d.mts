/** Rows of two to six digits drawn as strokes, with the box of each digit's ink. */

/** The names of all layouts. */
export const rowLayouts: readonly string[];

/** Each layout with two to six digits, from left to right and line by line; boxes in pixels. */
export function digitRows(seed: number): {
  name: string;
  digits: string;
  picture: { width: number; height: number; data: Uint8Array };
  boxes: { left: number; top: number; width: number; height: number }[];
}[];
