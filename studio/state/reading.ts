/** What the recognizer says of the drawing: read again whenever the drawing or the recognizer changes. */

import { effect, signal } from '@preact/signals';
import type { Detection, Recognition } from 'inkling';
import { messageOf, notify } from '../shell/notices.js';
import { isEmpty, isPenDown, openedPicture, pixelsOfDrawing, strokes } from './drawing.js';
import { type Reader, reader } from './reader.js';

export interface Reading {
  readonly recognition: Recognition;
  /** All digits, where there seem to be several. */
  readonly several: Detection | undefined;
  /** What was read. */
  readonly pixels: ImageData;
  /** Preparing the picture and running the network. */
  readonly milliseconds: number;
}

/** undefined while the pad is empty or nothing has been read. */
export const reading = signal<Reading | undefined>(undefined);

let isReading = false;
let isOutdated = false;

/** One at a time; what has changed meanwhile is read next. */
async function readAgain(): Promise<void> {
  if (isReading) {
    isOutdated = true;
    return;
  }
  isReading = true;
  try {
    do {
      isOutdated = false;
      const current = reader.peek();
      reading.value = current && !isEmpty.peek() ? await read(current) : undefined;
    } while (isOutdated);
  } catch (error) {
    notify(`The drawing could not be read: ${messageOf(error)}`);
  } finally {
    isReading = false;
  }
}

async function read({ recognizer }: Reader): Promise<Reading> {
  const pixels = pixelsOfDrawing();
  const start = performance.now();
  // Other ways to read it, of which there are more the less it is a digit, wait until the stroke is whole.
  const isWhole = !isPenDown.peek();
  const recognition = await recognizer.recognize(pixels, { otherReadings: isWhole });
  const milliseconds = performance.now() - start;
  const readsDigits = recognizer.preprocessing.method === 'digits';
  const several = isWhole && readsDigits && recognition.sideBySide > 1 ? await recognizer.detect(pixels) : undefined;
  return { recognition, several, pixels, milliseconds };
}

/** Begins to read; called once, by the first room that shows it. */
let started = false;
export function startReading(): void {
  if (started) return;
  started = true;
  effect(() => {
    void [strokes.value, openedPicture.value, isPenDown.value, reader.value];
    void readAgain();
  });
}
