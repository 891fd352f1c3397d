/**
 * What is looked at: the image that the network saw of the drawing, and what each layer made of it. Worked out again
 * whenever the drawing or the network changes; one image at a time, the latest next.
 */

import { computed, effect, signal } from '@preact/signals';
import type { Explanation, Recognition, RecognitionState, Tensor } from 'inkling';
import { ask } from '../conductor/client.js';
import type { LookedAt } from '../conductor/topics/inside.js';
import { padSide, paintAll } from '../draw/strokes.js';
import { messageOf, notify } from '../shell/notices.js';
import { isEmpty } from '../state/drawing.js';
import { type Reader, reader } from '../state/reader.js';
import { reading } from '../state/reading.js';
import { exampleStrokes } from './example-drawing.js';
import { type Stage, stagesOf } from './stages.js';

export interface Look {
  readonly network: LookedAt;
  readonly temperature: number;
  readonly classNames: readonly string[];
  readonly explanation: Explanation;
  readonly stages: readonly Stage[];
  /** How far to trust what was read of the drawing; undefined where it is the example, nothing being there to read. */
  readonly state: RecognitionState | undefined;
}

/** undefined until the first image has been looked at. */
export const look = signal<Look | undefined>(undefined);

/** Which network of an ensemble. */
export const chosenMember = signal(0);
/** Which digit, where several are drawn. */
export const chosenDigit = signal(0);

/** All digits that were read, the one there is where there are not several. */
export const digits = computed<readonly Recognition[]>(() => {
  const current = reading.value;
  if (!current) return [];
  return current.several && current.several.digits.length > 1 ? current.several.digits : [current.recognition];
});

let example: { readonly by: Reader; readonly recognition: Promise<Recognition> } | undefined;

function recognizeExample(by: Reader): Promise<Recognition> {
  if (example?.by !== by) example = { by, recognition: by.recognizer.recognize(pixelsOfExample()) };
  return example.recognition;
}

function pixelsOfExample(): ImageData {
  const element = document.createElement('canvas');
  element.width = element.height = padSide;
  const canvas = element.getContext('2d')!;
  paintAll(canvas, exampleStrokes);
  return canvas.getImageData(0, 0, padSide, padSide);
}

let sent: LookedAt | undefined;
let isLooking = false;
let isOutdated = false;

async function lookAgain(): Promise<void> {
  if (isLooking) {
    isOutdated = true;
    return;
  }
  isLooking = true;
  try {
    do {
      isOutdated = false;
      await lookOnce();
    } while (isOutdated);
  } catch (error) {
    sent = undefined;
    notify(`The network could not be looked into: ${messageOf(error)}`);
  } finally {
    isLooking = false;
  }
}

async function lookOnce(): Promise<void> {
  const current = reader.peek();
  if (!current) return;
  const { members, calibration, classNames } = current.recognizer;
  const { model, weights } = members[Math.min(chosenMember.peek(), members.length - 1)];
  const all = digits.peek();
  const read = all[Math.min(chosenDigit.peek(), all.length - 1)];
  const drawn = read?.image;
  // What is drawn may not have been read yet: what was looked at before stays until then.
  if (!drawn && !isEmpty.peek() && !reading.peek() && look.peek()) return;
  const image: Tensor<Uint8Array> | null = drawn ?? (await recognizeExample(current)).image;
  if (!image) return;
  const temperature = calibration?.temperature ?? 1;
  if (sent?.weights !== weights) {
    sent = { model, weights };
    await ask('inside', 'lookAt', sent);
  }
  const explanation = await ask('inside', 'explain', { image, temperature });
  look.value = {
    network: sent,
    temperature,
    classNames,
    explanation,
    stages: stagesOf(model, explanation),
    state: drawn ? read.state : undefined,
  };
}

/** @returns ends it */
export function keepLooking(): () => void {
  return effect(() => {
    void [digits.value, reader.value, chosenMember.value, chosenDigit.value, isEmpty.value];
    void lookAgain();
  });
}
