/** Pictures that are not digits, for training a network to refuse them. */

/** All kinds of pictures that `nonDigits` draws. */
export const nonDigitKinds: readonly string[];

/** `count` pictures of 100 to 160 pixels a side, RGBA and opaque; picture i depends on `seed` (0 to 2^32 - 1) and i alone. */
export function nonDigits(
  count: number,
  seed: number,
): Generator<{
  kind: string;
  picture: { width: number; height: number; data: Uint8Array };
  /** Of what a pen drew, in pixels. */
  extent?: { width: number; height: number };
}>;
