/** Pictures on which nothing is drawn: RGBA; the same seed gives the same bytes. */
export function blankPictures(
  seed: number,
): { name: string; picture: { width: number; height: number; data: Uint8Array } }[];
