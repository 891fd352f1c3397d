/** The recognizer that reads drawings, on the page's own thread, so that it never waits for a training. */

import { signal } from '@preact/signals';
import { Recognizer } from 'inkling';

export interface Reader {
  readonly recognizer: Recognizer;
  /** What people call it. */
  readonly name: string;
}

/** undefined until it is loaded. */
export const reader = signal<Reader | undefined>(undefined);

let shipped: Promise<Recognizer> | undefined;

/** The model that ships with Inkling, loaded once. */
export async function readWithShippedModel(): Promise<void> {
  shipped ??= Recognizer.load();
  try {
    reader.value = { recognizer: await shipped, name: 'the model that ships' };
  } catch (error) {
    shipped = undefined;
    throw error;
  }
}
