/** Pictures that are not digits, for measuring how well they are refused; of another making than those in pretrained/. */

/** About a thousand opaque RGBA pictures of 120 to 360 pixels a side; `seed` is an integer from 0 to 2^32 - 1. All kinds by default. */
export function measuredNonDigits(
  seed: number,
  kinds?: readonly string[],
): {
  kind: 'letter' | 'scribble' | 'symbol' | 'photo';
  name: string;
  picture: { width: number; height: number; data: Uint8Array };
}[];
