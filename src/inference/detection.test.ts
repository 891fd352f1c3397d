/** The number of a page: its digits in order, and when it is sure. */

import { describe, expect, it } from 'vitest';
import type { DropReason } from '../preprocessing/dropped-marks.js';
import type { PreparedPage } from '../preprocessing/prepare-page.js';
import type { PreparedDigit } from '../preprocessing/preprocess.js';
import { readPage } from './detection.js';
import { blank, type Recognition } from './recognition.js';

const box = { left: 0, top: 0, right: 20, bottom: 40 };
const words = { sure: 'digit', none: 'not a digit' } as const;
const prepared: PreparedDigit = { image: new Uint8Array(1), box, sideBySide: 1, isCertain: true, dropped: [] };
const digit = (answer: string, probability: number): Recognition => ({
  ...blank,
  state: probability >= 0.9 ? 'digit' : probability >= 0.5 ? 'not sure' : 'not a digit',
  answer: probability >= 0.5 ? answer : null,
  probability,
  probabilities: [probability, 1 - probability],
  box,
});

/** Lines of digits that nothing is in doubt about. */
function detect(lines: readonly (readonly Recognition[])[], reasons: readonly DropReason[] = [], names = ['0', '1']) {
  const page: PreparedPage = {
    lines: lines.map((line) => ({
      digits: line.map(() => prepared),
      divide: () => ({
        bounds: line.length + 1,
        candidates: line.map((_, index) => ({
          ...{ from: index, to: index + 1, cost: 0, isCut: false },
          index,
          digit: undefined,
        })),
      }),
    })),
    dropped: reasons.map((reason) => ({ reason, box })),
  };
  const all = lines.flat();
  return readPage(page, words, names, async (digits) => all.splice(0, digits.length));
}
const number = async (...of: Parameters<typeof detect>) => (await detect(...of)).number;

describe('readPage', () => {
  it('has the digits line by line, and the number of all', async () => {
    const { digits, number } = await detect([[digit('1', 0.999), digit('2', 0.999)], [digit('3', 0.999)]]);
    expect(digits.map(({ answer, line }) => [answer, line])).toEqual([
      ['1', 0],
      ['2', 0],
      ['3', 1],
    ]);
    expect(number).toEqual({ text: '123', state: 'digit' });
  });

  it('is sure of a number from a product of 0.99 on, where each of its digits is sure', async () => {
    const alike = (probability: number) => [Array.from({ length: 4 }, () => digit('1', probability))];
    expect(await number(alike(0.9976))).toEqual({ text: '1111', state: 'digit' });
    expect(await number(alike(0.9973))).toEqual({ text: '1111', state: 'not sure' });
    expect(await number([[digit('1', 0.999), digit('7', 0.4)]])).toEqual({ text: '1', state: 'not sure' });
    expect(await number([[digit('7', 0.4)]])).toEqual({ text: null, state: 'not a digit' });
    expect(await number([])).toEqual({ text: null, state: 'blank' });
  });

  it.each<[DropReason, string]>([
    ['edge', 'not sure'],
    ['minus', 'not sure'],
    ['rule', 'digit'],
    ['surroundings', 'digit'],
  ])('beside a mark that was left out as %s it is %s', async (reason, state) => {
    expect(await number([[digit('1', 0.999)]], [reason])).toEqual({ text: '1', state });
  });

  it('writes longer names of classes with spaces between them', async () => {
    const named = [[digit('one', 0.999), digit('two', 0.999)]];
    expect((await number(named, [], ['one', 'two'])).text).toBe('one two');
  });
});
