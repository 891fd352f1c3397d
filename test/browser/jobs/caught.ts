/** What a promise fails with, in a form that leaves the page. */

import { InklingError } from '../../../dist/index.js';

export interface Caught {
  readonly kind: string;
  readonly message: string;
}

/** @throws Error where the promise does not fail, or with anything but an InklingError */
export async function caught(promise: Promise<unknown>): Promise<Caught> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof InklingError) return { kind: error.kind, message: error.message };
    throw error;
  }
  throw new Error(`Expected an error, got: ${JSON.stringify(value)}`);
}
