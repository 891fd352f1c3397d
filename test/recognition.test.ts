/**
 * What the pretrained model makes of real pictures, through the code of `predict`: the promises, with some room for few
 * pictures.
 */

import { beforeAll, describe, expect, it } from 'vitest';
import { loadMnist } from '../dist/data/mnist.js';
import type { Detection } from '../dist/inference/detection.js';
import type { Recognition } from '../dist/inference/recognition.js';
import { Recognizer } from '../dist/inference/recognizer.js';
import type { Picture } from '../dist/pictures/picture.js';
import { blankPictures } from './pictures/blank-pictures.mjs';
import { difficultNumbers } from './pictures/difficult-numbers.mjs';
import { digitRows } from './pictures/digit-rows.mjs';
import { drawnDigits } from './pictures/drawn-digits.mjs';
import { measuredNonDigits } from './pictures/non-digits.mjs';
import { redrawnDigit } from './pictures/redrawn-digits.mjs';
import { sheetsOnTable } from './pictures/sheets-on-table.js';

let recognizer: Recognizer;
beforeAll(async () => {
  recognizer = await Recognizer.load();
});

/** One at a time, so that memory stays flat. */
async function readAll(pictures: readonly Picture[]): Promise<Recognition[]> {
  const recognitions: Recognition[] = [];
  for (const picture of pictures) recognitions.push(await recognizer.recognize(picture));
  return recognitions;
}

/**
 * Of pictures in the order of their digits, so that all digits are among them. `npm run measure` reads far more than is
 * read here.
 */
const aThirdOf = <T>(pictures: readonly T[]) => pictures.filter((_, index) => index % 3 === 0);

/** The share of pictures for which it holds; the others are told where it is too low. */
function expectFraction(least: number, names: readonly string[], holds: (index: number) => boolean): void {
  const others = names.filter((_, index) => !holds(index));
  const fraction = 1 - others.length / names.length;
  expect(fraction, others.join('\n')).toBeGreaterThanOrEqual(least);
}

describe('the pretrained model', () => {
  it('reads at least 95 % of the digits drawn by strokes', async () => {
    const drawn = aThirdOf(drawnDigits(2));
    const answers = await readAll(drawn.map(({ picture }) => picture));
    const names = drawn.map(({ name, digit }, index) => `${digit} as ${answers[index].answer}: ${name}`);
    expectFraction(0.95, names, (index) => answers[index].answer === String(drawn[index].digit));
  });

  it('reads at least 95 % of the digits on clean sheets on a dark table', async () => {
    const sheets = aThirdOf(sheetsOnTable(2));
    expect(sheets).toHaveLength(27);
    const answers = await readAll(sheets.map(({ picture }) => picture));
    const names = sheets.map(({ name, digit }, index) => `${digit} as ${answers[index].answer}: ${name}`);
    expectFraction(0.95, names, (index) => answers[index].answer === String(sheets[index].digit));
  });

  it('answers nothing to pictures without a digit, and says blank', async () => {
    const blanks = blankPictures(1);
    const recognitions = await readAll(blanks.map(({ picture }) => picture));
    for (const [index, recognition] of recognitions.entries()) {
      const { name } = blanks[index];
      expect(recognition.answer, name).toBeNull();
      expect(recognition.state, name).toBe('blank');
      const { answer, probability, runnerUp, probabilities, box, image } = recognition;
      expect([answer, probability, runnerUp, probabilities, box, image], name).toEqual(Array(6).fill(null));
    }
    expect(blanks.map(({ name }) => name)).toContain('a soft shadow');
  });

  it('answers surely to at most 5 % of the pictures that are not digits', async () => {
    const all = measuredNonDigits(2);
    // 100 of all families.
    const others = all.filter(
      (_, index) => Math.floor((index * 100) / all.length) !== Math.floor(((index - 1) * 100) / all.length),
    );
    expect(others).toHaveLength(100);
    const recognitions = await readAll(others.map(({ picture }) => picture));
    const names = others.map(({ kind, name }, index) => `${kind} ${name} as ${recognitions[index].answer}`);
    expectFraction(0.95, names, (index) => recognitions[index].state !== 'digit');
  });

  it('reads at least 97 % of MNIST test digits drawn anew in any size, place and colours', async () => {
    const { images, labels } = (await loadMnist()).test;
    const drawn = Array.from({ length: 300 }, (_, index) =>
      redrawnDigit(images.data.subarray(784 * index, 784 * (index + 1)), index, 2),
    );
    const answers = await readAll(drawn);
    const names = drawn.map((_, index) => `image ${index}: ${labels[index]} as ${answers[index].answer}`);
    expectFraction(0.97, names, (index) => answers[index].answer === String(labels[index]));
    // Nobody is sent to --many for a digit that stands alone.
    expectFraction(0.99, names, (index) => answers[index].sideBySide === 1);
  });
});

describe('rows of digits', () => {
  const rows = digitRows(2);
  const read: (readonly Recognition[])[] = [];
  beforeAll(async () => {
    for (const { picture } of rows) read.push((await recognizer.detect(picture)).digits);
  });
  const textOf = (recognitions: readonly Recognition[]) => recognitions.map(({ answer }) => answer ?? '?').join('');

  it('are read wholly and in order for at least 90 %', () => {
    const names = rows.map(({ name, digits }, index) => `${digits} as ${textOf(read[index])}: ${name}`);
    expectFraction(0.9, names, (index) => textOf(read[index]) === rows[index].digits);
  });

  it('are told to be several where one digit is asked for, for at least 90 %', async () => {
    const answers = await readAll(rows.map(({ picture }) => picture));
    expectFraction(
      0.9,
      rows.map(({ name, digits }) => `${digits}: ${name}`),
      (index) => answers[index].sideBySide > 1,
    );
  });

  it('have boxes that overlap the true ones by more than half, for at least 95 % of the digits where all are found', () => {
    const found = rows.map((row, index) => ({ ...row, recognitions: read[index] }));
    const complete = found.filter(({ digits, recognitions }) => recognitions.length === digits.length);
    expect(complete.length / rows.length).toBeGreaterThanOrEqual(0.9);
    const overlaps = complete.flatMap(({ name, digits, boxes, recognitions }) =>
      boxes.map(({ left, top, width, height }, index) => {
        const box = recognitions[index].box!;
        const across = Math.min(box.right, left + width) - Math.max(box.left, left);
        const down = Math.min(box.bottom, top + height) - Math.max(box.top, top);
        const shared = Math.max(0, across) * Math.max(0, down);
        const union = width * height + (box.right - box.left) * (box.bottom - box.top) - shared;
        return { name: `${digits}, number ${index}: ${name}`, overlap: shared / union };
      }),
    );
    // Where lines of squared paper are as dark as the ink, a stroke may be taken for one of them.
    expectFraction(
      0.95,
      overlaps.map(({ name, overlap }) => `${name}: ${overlap}`),
      (index) => overlaps[index].overlap > 0.5,
    );
  });
});

describe('numbers whose ink is hard to divide', () => {
  const numbers = difficultNumbers(2);
  const read: Detection[] = [];
  beforeAll(async () => {
    for (const { picture } of numbers) read.push(await recognizer.detect(picture));
  });
  const names = numbers.map(({ name, digits }) => `${digits}: ${name}`);
  const named = (name: string) => numbers.flatMap((number, index) => (number.name === name ? index : []));

  it.each([
    ['a grid', 1],
    ['an open 4', 1],
    ['a minus sign and a point', 1],
    ['two digits that touch', 0.5],
  ])('%s: at least %d of them are read wholly', (name, least) => {
    const indices = named(name);
    const isRight = (index: number) => read[indices[index]].number.text === numbers[indices[index]].digits;
    expectFraction(
      least,
      indices.map((index) => `${names[index]} as ${read[index].number.text}`),
      isRight,
    );
  });

  it('are never surely wrong', () => {
    const sure = read.flatMap(({ number }, index) => (number.state === 'digit' ? index : []));
    expect(sure.length).toBeGreaterThanOrEqual(4);
    for (const index of sure) expect(read[index].number.text, names[index]).toBe(numbers[index].digits);
  });

  it('have lines, and marks for their signs', () => {
    for (const index of named('a grid')) expect(read[index].digits.map(({ line }) => line)).toEqual([0, 0, 0, 1, 1, 1]);
    for (const index of named('a minus sign and a point')) {
      expect(read[index].dropped.map(({ reason }) => reason).sort()).toEqual(['minus', 'point']);
      expect(read[index].number.state).toBe('not sure');
    }
  });
});
