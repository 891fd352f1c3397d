import { describe, expect, it } from 'vitest';
import { mcnemarTest } from './mcnemar.js';

/** Answers with so many rows of each kind; the truth is always 1. */
function answers(bothRight: number, onlyFirst: number, onlySecond: number, bothWrong: number) {
  const rows = [...repeat(bothRight, 1, 1), ...repeat(onlyFirst, 1, 0), ...repeat(onlySecond, 2, 1)];
  rows.push(...repeat(bothWrong, 0, 0));
  const [first, second] = [rows.map(([one]) => one), rows.map(([, other]) => other)];
  return [rows.map(() => 1), first, second] as const;
}
const repeat = (count: number, first: number, second: number) =>
  Array.from({ length: count }, () => [first, second] as const);

describe('mcnemarTest', () => {
  it('counts what the two have right together and alone', () => {
    expect(mcnemarTest(...answers(90, 5, 0, 3))).toEqual({
      ...{ bothRight: 90, onlyFirst: 5, onlySecond: 0, bothWrong: 3 },
      ...{ pValue: 0.0625, test: 'exact', statistic: null },
    });
  });

  // 2 * scipy.stats.binom.cdf(min(b, c), b + c, 0.5), 1 at most
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [8, 2, 0.109375],
    [2, 8, 0.109375],
    [12, 12, 1],
    [17, 7, 0.06391465663909912],
    [24, 0, 1.1920928955078125e-7],
  ])('takes the binomial distribution for %i against %i', (b, c, pValue) => {
    const result = mcnemarTest(...answers(3, b, c, 1));
    expect(result.test).toBe('exact');
    expect(Math.abs(result.pValue / pValue - 1)).toBeLessThan(1e-13);
  });

  // statistic and scipy.stats.chi2.sf(statistic, 1)
  it.each([
    [25, 0, 23.04, 1.5866563039511885e-6],
    [13, 12, 0, 1],
    [20, 5, 7.84, 0.005110260660855866],
    [59, 11, 31.557142857142857, 1.9365672363947427e-8],
    [121, 59, 20.67222222222222, 5.450094825427117e-6],
    [59, 121, 20.67222222222222, 5.450094825427117e-6],
    [1000, 100, 734.7281818181818, 8.396341296203609e-162],
  ])('takes chi-square with continuity correction for %i against %i', (b, c, statistic, pValue) => {
    const result = mcnemarTest(...answers(3, b, c, 1));
    expect([result.test, result.statistic]).toEqual(['chi-square', statistic]);
    expect(Math.abs(result.pValue / pValue - 1)).toBeLessThan(1e-12);
  });

  it('wants as many answers as labels', () => {
    expect(() => mcnemarTest([1, 2], [1, 2], [1])).toThrow('each of 2 images. Received: 2 and 1.');
  });
});
