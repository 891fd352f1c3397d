/** Letters, words and symbols set in the DejaVu fonts. */

export const letters: readonly string[];
export const words: readonly string[];
export const symbols: readonly string[];

/** RGBA pixels (64 x 64) of one character in the regular (0) or bold (1) font, black on white; a font that lacks it draws an empty box. */
export function sampleOfSymbol(character: string, font?: 0 | 1): Uint8Array;
