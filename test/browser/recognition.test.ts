/**
 * The same picture files in Node and in a page of Chromium: the same pixels, images, probabilities, states, boxes and
 * explanation.
 */

import { fileURLToPath } from 'node:url';
import { encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { expect, test } from 'vitest';
import { blankPictures } from '../pictures/blank-pictures.mjs';
import { difficultNumbers } from '../pictures/difficult-numbers.mjs';
import { digitRows } from '../pictures/digit-rows.mjs';
import { drawnDigits } from '../pictures/drawn-digits.mjs';
import { exifSegment, withExif } from '../pictures/jpeg-file.js';
import { measuredNonDigits } from '../pictures/non-digits.mjs';
import { runInChromium } from './chromium.js';
import run, { type Outcome } from './jobs/recognition.js';

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const png = ({ width, height, data }: Pixels) => new Uint8Array(encodePng({ width, height, data, channels: 4 }));
const jpg = ({ width, height, data }: Pixels, quality: number) =>
  new Uint8Array(jpeg.encode({ width, height, data: Buffer.from(data) }, quality).data);

/** A quarter turn to the left, as a camera stores what it took upright. */
function turned({ width, height, data }: Pixels): Pixels {
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 4 * (y * width + x);
      result.set(data.subarray(from, from + 4), 4 * ((width - 1 - x) * height + y));
    }
  }
  return { width: height, height: width, data: result };
}

const drawn = drawnDigits(1);
const styled = (style: string, digit: number) =>
  drawn.find((one) => one.name === style && one.digit === digit)!.picture;
const five = styled('thick felt pen', 5);

/** One of each kind. */
const difficult = difficultNumbers(1).filter((_, index) => index % 4 === 0);

const files: Record<string, Uint8Array> = {
  'blue.png': png(styled('blue ink on yellow paper', 3)),
  'nothing.png': png(styled('white ink on nothing', 7)),
  'chalk.jpg': jpg(styled('white chalk on a dark board', 2), 80),
  'table.jpg': jpg(styled('photo with a dark table at the border', 4), 90),
  'lines.png': png(styled('on squared paper with lines as dark as the ink', 6)),
  'noise.jpg': jpg(styled('with noise', 9), 95),
  'upright.jpg': jpg(five, 92),
  'turned.jpg': Uint8Array.from(withExif(jpg(turned(five), 92), exifSegment(6))),
  'row.png': png(digitRows(1)[2].picture),
  'blank.jpg': jpg(blankPictures(1).find(({ name }) => name === 'yellow with coarse grain')!.picture, 90),
  ...Object.fromEntries(difficult.map(({ name, picture }) => [`${name}.png`, png(picture)])),
  'photo.png': png(measuredNonDigits(1).find(({ kind }) => kind === 'photo')!.picture),
};

test('a page reads what Node reads, byte for byte', async () => {
  const pretrained = fileURLToPath(new URL('../../pretrained', import.meta.url));
  const task = { files, explained: 'blue.png' };
  const inNode = await run({ ...task, model: pretrained });
  const inPage = await runInChromium<Outcome>(
    'test/browser/jobs/recognition.ts',
    { ...task, model: '/files/' },
    { files: pretrained },
  );
  expect(inPage).toEqual(inNode);

  // And all of it is what such pictures should give.
  const { recognized, explanation } = inPage;
  const answers = Object.fromEntries(Object.entries(recognized).map(([name, { answer }]) => [name, answer]));
  for (const { name } of difficult) delete answers[`${name}.png`];
  const { 'row.png': row, 'photo.png': photo, ...single } = answers;
  expect(single).toEqual({
    'blue.png': '3',
    'nothing.png': '7',
    'chalk.jpg': '2',
    'table.jpg': '4',
    'lines.png': '6',
    'noise.jpg': '9',
    'upright.jpg': '5',
    'turned.jpg': '5',
    'blank.jpg': null,
  });
  expect(recognized['blank.jpg'].state).toBe('blank');
  expect(recognized['turned.jpg']).toMatchObject({ width: five.width, height: five.height });
  expect(recognized['row.png'].number.text).toBe(digitRows(1)[2].digits);
  for (const { name, digits } of difficult) expect(recognized[`${name}.png`].number.text, name).toBe(digits);
  for (const { pixels } of Object.values(recognized)) expect(pixels).toMatch(/^[0-9a-f]{64}$/);
  expect(explanation).toMatchObject({ answer: 3 });
  expect(explanation!.saliency).toHaveLength(784);
  expect(explanation!.saliency.some((value) => value > 0)).toBe(true);
});
