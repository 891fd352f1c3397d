/** A picture as decoders give it and as a page's `ImageData` has it. */

/** Upright, row by row from the top, four bytes a pixel: red, green, blue, alpha (not premultiplied), 0 to 255 each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** `width * height * 4` values. */
  readonly data: Uint8Array | Uint8ClampedArray;
}
