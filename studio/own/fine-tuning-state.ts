/** Training the network that reads the pad on with the own digits: what it is at, and what came of it. */

import { batch, signal } from '@preact/signals';
import { Recognizer } from 'inkling';
import { ask, listen } from '../conductor/client.js';
import type { FineTuningResult } from '../conductor/topics/fine-tuning.js';
import { announce } from '../shell/announcer.js';
import { messageOf } from '../shell/notices.js';
import type { OwnDigit } from '../state/database.js';
import { trainingThreads } from '../state/engine-status.js';
import { type Reader, reader } from '../state/reader.js';
import { imagePixels, imageSide } from './own-digits.js';

export interface FineTuned extends FineTuningResult {
  /** The network that it began with. */
  readonly from: Reader;
  /** What it was trained with, in their order. */
  readonly digits: readonly OwnDigit[];
}

/** undefined while nothing is being trained. */
export const phase = signal<string | undefined>(undefined);
/** Why it broke off. */
export const problem = signal<string | undefined>(undefined);
export const tuned = signal<FineTuned | undefined>(undefined);

const seed = 1;

listen('fineTuning.phase', (name) => {
  phase.value = name;
});

export async function fineTune(digits: readonly OwnDigit[]): Promise<void> {
  const from = reader.peek();
  if (!from || phase.peek() !== undefined) return;
  batch(() => {
    phase.value = 'Starting';
    problem.value = undefined;
    tuned.value = undefined;
  });
  announce('Training on your digits has begun');
  try {
    const result = await ask('fineTuning', 'run', {
      config: from.recognizer.model.config,
      weights: new Map(from.recognizer.weights),
      own: labelledImagesOf(digits),
      heldOut: from.heldOut,
      threads: trainingThreads,
      seed,
    });
    tuned.value = { ...result, from, digits };
    announce(`Trained: ${result.after.ownRight} of ${digits.length} of your digits are read rightly now`);
  } catch (error) {
    problem.value = messageOf(error);
  } finally {
    phase.value = undefined;
  }
}

export function discard(): void {
  tuned.value = undefined;
}

/** Lets the fine-tuned network read the pad. */
export function drawWithTuned({ from, weights, calibration, heldOut, digits }: FineTuned): void {
  const { model, preprocessing, classNames } = from.recognizer;
  reader.value = {
    recognizer: new Recognizer({ model, weights, metadata: {}, classNames, preprocessing, calibration }),
    name: `${from.name.replace(/, and on \d+ of your digits$/, '')}, and on ${digits.length} of your digits`,
    heldOut,
  };
}

function labelledImagesOf(digits: readonly OwnDigit[]) {
  const data = new Uint8Array(digits.length * imagePixels);
  for (const [index, { image }] of digits.entries()) data.set(image, index * imagePixels);
  return {
    images: { data, shape: [digits.length, imageSide, imageSide, 1] },
    labels: Uint8Array.from(digits, ({ label }) => label),
  };
}
