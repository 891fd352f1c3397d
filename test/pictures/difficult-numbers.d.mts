/** Numbers whose ink is hard to divide. */

export interface DifficultNumber {
  readonly name: string;
  readonly digits: string;
  readonly picture: { readonly width: number; readonly height: number; readonly data: Uint8Array };
}

/** Four of each kind. */
export function difficultNumbers(seed: number): DifficultNumber[];
