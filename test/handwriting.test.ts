/**
 * Handwriting by kind, a few pictures of each row of `npm run long:handwriting`: the bounds hold with the margin of
 * chance, and what judges them finds planted errors. Digits are not MNIST's test images.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Recognizer } from '../dist/inference/recognizer.js';
import { boundsOf, missedBounds, openRows } from '../pretrained/handwriting/bounds.mjs';
import { digitsInCommon, type Figures, judge, readingOf, sumOf } from '../pretrained/handwriting/judge.mjs';
import { measureRow } from '../pretrained/handwriting/measure-row.mjs';
import { optdigits } from '../pretrained/handwriting/optdigits.mjs';
import { handwritingRows, type Row } from '../pretrained/handwriting/rows.mjs';

const picturesOf = ({ habit }: Row) => (habit === undefined ? 60 : 12);

const heldRows = handwritingRows.filter(({ name }) => !openRows.includes(name));

test.each(heldRows)('$name', async (row) => {
  using recognizer = await Recognizer.load();
  const options = { rows: 'validation', seed: 2, count: picturesOf(row) } as const;
  const { figures, failures } = await measureRow(recognizer, row, options);
  const missed = missedBounds(row, figures, { withMargin: true });
  // Where a bound is missed, what was read wrongly is of interest.
  expect(missed.length > 0 ? { missed, failures } : {}).toEqual({});
});

const sure = (answer: string) => ({ state: 'digit', answer });

describe('a number', () => {
  test('is flagged by a digit that is not sure, by none, by a mark that was left out, by its own state', () => {
    const digits = [sure('2'), sure('7')];
    expect(readingOf(digits)).toMatchObject({ text: '27', flagged: false, marks: 0 });
    expect(readingOf([sure('2'), { state: 'not sure', answer: '7' }])).toMatchObject({ text: '27', flagged: true });
    expect(readingOf([sure('2'), { state: 'not a digit', answer: null }])).toMatchObject({ text: '2', flagged: true });
    expect(readingOf([])).toMatchObject({ text: '', flagged: true });
    expect(readingOf({ digits, dropped: [] })).toMatchObject({ text: '27', flagged: false, marks: 0 });
    expect(readingOf({ digits, dropped: [{ reason: 'edge' }] })).toMatchObject({ flagged: true, marks: 1 });
    expect(readingOf(Object.assign([...digits], { dropped: [{}] }))).toMatchObject({ flagged: true, marks: 1 });
    expect(readingOf({ digits, number: { state: 'not sure' } })).toMatchObject({ flagged: true });
  });

  test('is not flagged by a rule of the paper, which is told wherever there is one', () => {
    expect(readingOf({ digits: [sure('2')], dropped: [{ reason: 'rule' }] })).toMatchObject({
      flagged: false,
      marks: 0,
    });
  });

  test('has right digits where a longest common subsequence has them', () => {
    expect(digitsInCommon('12345', '1245')).toBe(4);
    expect(digitsInCommon('9137', '137')).toBe(3);
    expect(digitsInCommon('', '137')).toBe(0);
    expect(digitsInCommon('731', '137')).toBe(1);
  });

  test('that is wrong costs its digits and, where nothing flags it, is surely wrong', () => {
    const { isRight, figures } = judge('number', { digits: '137', signs: 1 }, [sure('1'), sure('3')]);
    expect(isRight).toBe(false);
    expect(figures).toMatchObject({
      right: { count: 0, of: 1 },
      digitsRight: { count: 2, of: 3 },
      flaggedOfWrong: { count: 0, of: 1 },
      surelyWrong: { count: 1, of: 1 },
      signsTold: { count: 0, of: 1 },
    });
  });
});

test('one digit is right by its answer, whatever its state; without a digit nothing may be sure', () => {
  const written = { digits: '3', signs: 0 };
  const right = judge('digit', written, { state: 'not sure', answer: '3' });
  expect(right.isRight).toBe(true);
  expect(right.figures).toMatchObject({ sureAndRight: { count: 0, of: 1 }, surelyWrong: { count: 0, of: 1 } });
  expect(judge('digit', written, sure('5')).figures).toMatchObject({ surelyWrong: { count: 1, of: 1 } });
  expect(judge('digit', written, { state: 'blank', answer: null }).isRight).toBe(false);
  expect(judge('no digit', { digits: '', signs: 0 }, sure('1')).figures).toMatchObject({ sure: { count: 1, of: 1 } });
});

describe('bounds', () => {
  const row = handwritingRows.find(({ name }) => name === 'in a frame')!;
  const read = (right: number, surelyWrong: number, of: number): Figures => ({
    right: { count: right, of },
    sureAndRight: { count: right, of },
    surelyWrong: { count: surelyWrong, of },
  });

  test('are exact in the long form', () => {
    expect(boundsOf(row)).toMatchObject({ right: 0.975, surelyWrong: 0.003 });
    expect(missedBounds(row, read(975, 3, 1000))).toEqual([]);
    expect(missedBounds(row, read(974, 3, 1000))).toEqual(['right: 974 of 1000, at least 97.5 % expected']);
    expect(missedBounds(row, read(975, 4, 1000))).toEqual(['surelyWrong: 4 of 1000, at most 0.3 % expected']);
  });

  test('have the margin of one in a thousand in the short form', () => {
    // Of 40 trials with a chance of 2.5 %, more than 4 have one of 0.0031, more than 5 one of 0.0005; with one of 0.3 %,
    // more than 1 have one of 0.0065, more than 2 one of 0.0003.
    const missed = (right: number, surelyWrong: number) =>
      missedBounds(row, read(right, surelyWrong, 40), { withMargin: true }).map((text) => text.split(':')[0]);
    expect(missed(35, 2)).toEqual([]);
    expect(missed(34, 2)).toEqual(['right']);
    expect(missed(35, 3)).toEqual(['surelyWrong']);
  });

  test('add up over pictures', () => {
    expect(sumOf([read(1, 0, 1), read(0, 1, 1)])).toEqual(read(1, 1, 2));
  });
});

test('optdigits are read packed or not, and a line that is none is told', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'optdigits-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const written = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const bar = `${Array.from({ length: 64 }, (_, i) => (i % 8 === 3 ? 16 : 0)).join()},1`;
  const [plain] = await optdigits(await written('plain.csv', `${bar}\n`));
  expect(await optdigits(await written('packed.csv.gz', gzipSync(`${bar}\n`)))).toEqual([plain]);
  expect(plain.digits).toBe('1');
  const { width, data } = plain.picture;
  // The bar's column runs from 3 to 4 eighths of the 80 pixels in the middle.
  expect(data[4 * (56 * width + 16 + 35)]).toBeLessThan(60);
  expect(data[4 * (56 * width + 16 + 60)]).toBe(245);
  await expect(optdigits(await written('bad.csv', `${bar}\n1,2,3\n`))).rejects.toThrow(
    /line 2: expected 64 greys from 0 to 16 and a digit, separated by commas\. Received: 1,2,3\.$/,
  );
});
