/** Small errors as people make them. */

export interface Mutation {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly kind: string;
  /** Where in the text it is, what stands there, and what is to stand there instead. */
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly replacement: string;
}

/** Every change that could be made to a file, in the order of its text. */
export function mutationsOf(path: string, text: string): Mutation[];

/** The text with the change. */
export function mutated(text: string, mutation: Mutation): string;
