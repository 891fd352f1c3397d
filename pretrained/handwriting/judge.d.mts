/** Judges what a recognizer said of pictures whose writing is known. */

export interface Share {
  readonly count: number;
  readonly of: number;
}

export type Figures = Readonly<Record<string, Share>>;

interface Said {
  readonly state: string;
  readonly answer: string | null;
}

/** A list of digits, or digits with the marks that were left out. */
export type Detected =
  | readonly Said[]
  | {
      readonly digits: readonly Said[];
      readonly number?: { readonly state: string };
      readonly dropped?: readonly { readonly reason?: string }[];
    };

/** `flagged`: something tells that the number may be wrong; `marks`: how many are told to be no digits. */
export function readingOf(detected: Detected): { text: string; states: string[]; flagged: boolean; marks: number };

/** The length of a longest common subsequence. */
export function digitsInCommon(one: string, other: string): number;

/** Of one picture: what was read, whether it is right, and what it adds to the figures. */
export function judge(
  asks: 'digit' | 'number' | 'no digit',
  written: { readonly digits: string; readonly signs: number },
  said: Said | Detected,
): { read: string; isRight: boolean; figures: Figures };

export function sumOf(all: readonly Figures[]): Figures;
