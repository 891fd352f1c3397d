/** Keeps what is on the pad with its right label. */

import { announce } from '../shell/announcer.js';
import type { OwnDigit } from '../state/database.js';
import type { Reading } from '../state/reading.js';
import { imagePixels, keepDigits } from './own-digits.js';
import { pngOfPixels } from './png-file.js';

/** @throws Error where the network saw something else than such an image */
export async function keepDrawing({ recognition, pixels }: Reading, label: number): Promise<OwnDigit> {
  const image = recognition.image?.data;
  if (image?.length !== imagePixels) throw new Error('Expected an image of 28 by 28 grey pixels: draw one digit.');
  const digit: OwnDigit = {
    id: crypto.randomUUID(),
    label,
    answer: recognition.answer,
    time: Date.now(),
    picture: await pngOfPixels(pixels),
    image: Uint8Array.from(image),
  };
  await keepDigits([digit]);
  announce(`Kept as a ${label}`);
  return digit;
}
