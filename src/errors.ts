/** The one error class that Inkling throws on purpose. Everything else that is thrown is a defect. */

/** What went wrong: `argument` is a wrong call (exit code 2 on the command line), the others are failures (exit code 1). */
export type ErrorKind = 'argument' | 'data' | 'model' | 'training' | 'file' | 'environment';

/** An error whose message names the cause, what was expected and what to do. Recognise it by `name === 'InklingError'`. */
export class InklingError extends Error {
  override readonly name = 'InklingError';
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
  }
}
