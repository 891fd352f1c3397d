/** Of several ways to divide a line the likeliest, and where another one is nearly as likely. */

import { describe, expect, it } from 'vitest';
import { type JudgedCandidate, likeliestDigits } from './likeliest-digits.js';
import { blank, type Recognition } from './recognition.js';

/** A digit of two that has this probability; sure from 0.9 on. */
function judged(from: number, to: number, answer: string, probability: number, more = {}): JudgedCandidate {
  const recognition: Recognition = {
    ...blank,
    state: probability >= 0.9 ? 'digit' : 'not sure',
    answer,
    probability,
    probabilities: [probability, 1 - probability],
  };
  return { from, to, cost: 0, isCut: false, recognition, ...more };
}
const read = (bounds: number, ...candidates: JudgedCandidate[]) =>
  likeliestDigits(bounds, candidates, 'digit').map(({ answer, state }) => `${answer} ${state}`);

describe('likeliestDigits', () => {
  it('takes each digit as it is where there is no other way', () => {
    expect(read(3, judged(0, 1, '4', 0.99), judged(1, 2, '7', 0.6))).toEqual(['4 digit', '7 not sure']);
    expect(read(1)).toEqual([]);
  });

  it('takes the way whose probabilities have the largest product, less their costs', () => {
    const halves = [judged(0, 1, '6', 0.95), judged(1, 2, '1', 0.6)];
    expect(read(3, ...halves, judged(0, 2, '4', 0.99))).toEqual(['4 digit']);
    expect(read(3, ...halves, judged(0, 2, '4', 0.55))).toEqual(['6 not sure', '1 not sure']);
    expect(read(3, ...halves, judged(0, 2, '4', 0.99, { cost: 3 }))).toEqual(['6 digit', '1 not sure']);
  });

  it('is not sure of digits that another way, nearly as likely, has not', () => {
    const first = judged(0, 1, '8', 0.99);
    const halves = [judged(1, 2, '6', 0.95), judged(2, 3, '1', 0.95)];
    // The product of both is 0.9025: half of a logarithm below it is 0.547.
    expect(read(4, first, ...halves, judged(1, 3, '4', 0.54))).toEqual(['8 digit', '6 digit', '1 digit']);
    expect(read(4, first, ...halves, judged(1, 3, '4', 0.56))).toEqual(['8 digit', '6 not sure', '1 not sure']);
  });

  it('is sure of what was cut out of others from 0.9999 on', () => {
    const cut = { isCut: true };
    expect(read(3, judged(0, 1, '6', 0.9998, cut), judged(1, 2, '1', 0.99995, cut))).toEqual(['6 not sure', '1 digit']);
  });

  it('finds a way past what leads nowhere', () => {
    expect(read(4, judged(0, 1, '2', 0.99), judged(1, 2, '3', 1), judged(0, 3, '5', 0.4))).toEqual(['5 not sure']);
  });
});
