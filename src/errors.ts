/** The one error class that Inkling throws on purpose. Everything else that is thrown is a defect. */

/**
 * What went wrong: `argument` is a wrong call (exit code 2 on the command line), the others are failures (exit code 1).
 */
export type ErrorKind = 'argument' | 'data' | 'model' | 'training' | 'file' | 'environment';

/**
 * An error whose message names the cause, what was expected and what to do. Recognise it by `name === 'InklingError'`.
 * @example
 * ```ts
 * try {
 *   await model.fit(train.images, train.labels, { epochs: 5 });
 * } catch (error) {
 *   if (!(error instanceof InklingError)) throw error; // a defect, not an answer
 *   console.error(`${error.kind}: ${error.message}`);
 * }
 * ```
 */
export class InklingError extends Error {
  /** Always `InklingError`, also across copies of this package. */
  override readonly name = 'InklingError';
  /** What went wrong. */
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}

const longestValue = 200;

/**
 * A value of any kind as short JSON, for a message. A file may hold lists in lists deeper than `JSON.stringify` gets.
 */
export function shortJson(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value === 'object' ? 'something nested too deeply' : String(value);
  }
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
