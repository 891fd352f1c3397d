/** The rows in which handwriting is measured: pictures of one kind with what is written on them. */

export interface Row {
  readonly name: string;
  /** One digit, a number of several, or nothing that could be a digit. */
  readonly asks: 'digit' | 'number' | 'no digit';
  /** Of the drawn hands. */
  readonly habit?: string;
}

export const handwritingRows: readonly Row[];

/** MNIST's digits for developing or for the end, and hands drawn with other random numbers. */
export interface DrawingOptions {
  readonly rows: 'validation' | 'test';
  readonly seed: number;
  readonly count: number;
}

/** Digits from left to right, line by line; signs are marks that are no digits. RGBA. */
export interface Scene {
  readonly name: string;
  readonly digits: string;
  readonly signs: number;
  readonly picture: { readonly width: number; readonly height: number; readonly data: Uint8Array };
}

export function drawHandwriting(row: Row, options: DrawingOptions): AsyncGenerator<Scene>;
