/** Whether a picture is read in other ways too: where its first reading is in doubt, unless that is not wanted. */

import { expect, it, vi } from 'vitest';
import { pictureOf, sevenAt } from '../../test/pictures/painted.js';
import { prepareOtherReadings } from '../preprocessing/preprocess.js';
import { Recognizer } from './recognizer.js';

vi.mock(import('../preprocessing/preprocess.js'), async (importOriginal) => {
  const original = await importOriginal();
  return { ...original, prepareOtherReadings: vi.fn(original.prepareOtherReadings) };
});

const seven = (width: number, height: number, left: number, top: number) =>
  pictureOf(width, height, (x, y) => 225 - 190 * sevenAt(x, y, left, top, 80, 8));

it('is read in other ways where it is in doubt, and once where that is asked for', async () => {
  const recognizer = await Recognizer.load();
  const cut = seven(60, 88, 0, 4);
  // The bar along the edge is taken for what is around the paper, the rest for a 1.
  expect((await recognizer.recognize(cut, { otherReadings: false })).answer).toBe('1');
  expect(prepareOtherReadings).not.toHaveBeenCalled();
  expect((await recognizer.recognize(cut)).answer).toBe('7');
  expect(prepareOtherReadings).toHaveBeenCalledTimes(1);
  await recognizer.recognize(seven(200, 200, 60, 60));
  expect(prepareOtherReadings).toHaveBeenCalledTimes(1);
});

it('knows no other option', async () => {
  const recognizer = await Recognizer.load();
  await expect(recognizer.recognize(seven(60, 88, 0, 4), { other: true } as object)).rejects.toThrow(
    'unknown option "other"',
  );
});
