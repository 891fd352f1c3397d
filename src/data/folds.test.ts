import { expect, test } from 'vitest';
import { stratifiedFold } from './folds.js';

const labels = Uint8Array.from({ length: 103 }, (_, index) => (index % 10 < 7 ? index % 3 : 3));
const folds = 4;
const all = Array.from({ length: folds }, (_, fold) => stratifiedFold(labels, { fold, folds, seed: 5 }));

test('every image validates once, and trains otherwise', () => {
  expect(all.flatMap(({ validation }) => [...validation]).toSorted((a, b) => a - b)).toEqual([...labels.keys()]);
  for (const { train, validation } of all) {
    expect([...train, ...validation].toSorted((a, b) => a - b)).toEqual([...labels.keys()]);
  }
});

test('parts differ by one image at most, and so do the shares of each class', () => {
  const spread = (counts: number[]) => Math.max(...counts) - Math.min(...counts);
  expect(spread(all.map(({ validation }) => validation.length))).toBeLessThanOrEqual(1);
  for (const label of [0, 1, 2, 3]) {
    const counts = all.map(({ validation }) => validation.filter((index) => labels[index] === label).length);
    expect(spread(counts)).toBeLessThanOrEqual(1);
  }
});

test('the parts follow from the seed', () => {
  expect(stratifiedFold(labels, { fold: 1, folds, seed: 5 })).toEqual(all[1]);
  expect(stratifiedFold(labels, { fold: 1, folds, seed: 6 })).not.toEqual(all[1]);
});

test.each([
  [{ fold: 0, folds: 1, seed: 1 }, 'Folds: expected a whole number from 2 to 103'],
  [{ fold: 0, folds: 104, seed: 1 }, 'Folds: expected a whole number from 2 to 103'],
  [{ fold: 4, folds: 4, seed: 1 }, 'Fold: expected a whole number from 0 to 3. Received: 4.'],
])('%o is refused', (options, message) => {
  expect(() => stratifiedFold(labels, options)).toThrow(message);
});
