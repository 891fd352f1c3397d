/** The recognizer that reads drawings, on the page's own thread, so that it never waits for a training. */

import { signal } from '@preact/signals';
import { Recognizer } from 'inkling';

export interface Reader {
  readonly recognizer: Recognizer;
  /** What people call it. */
  readonly name: string;
  /** undefined where it is not known. */
  readonly heldOut?: HeldOut | undefined;
}

/** Which images a training set aside for validation: of MNIST's first so many training images, so many by this seed. */
export interface HeldOut {
  readonly images: number;
  readonly validation: number;
  readonly seed: number;
}

/** As pretrained/training-set.mjs sets them aside. */
const heldOutOfShipped: HeldOut = { images: 60_000, validation: 10_000, seed: 1 };

/** undefined until it is loaded. */
export const reader = signal<Reader | undefined>(undefined);

let shipped: Promise<Recognizer> | undefined;

/** The model that ships with Inkling, loaded once. */
export async function readWithShippedModel(): Promise<void> {
  shipped ??= Recognizer.load();
  try {
    reader.value = { recognizer: await shipped, name: 'the model that ships', heldOut: heldOutOfShipped };
  } catch (error) {
    shipped = undefined;
    throw error;
  }
}
