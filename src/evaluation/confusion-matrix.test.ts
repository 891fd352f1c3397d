import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import goldens from '../../test/goldens/classification-report.json' with { type: 'json' };
import {
  confusionMatrix,
  formatConfusionMatrix,
  type Normalization,
  normalizeConfusionMatrix,
} from './confusion-matrix.js';

const normalizations: Normalization[] = ['true', 'predicted', 'all'];

describe.each(goldens.cases)('against scikit-learn and numpy: $name', (golden) => {
  const matrix = confusionMatrix(golden.actual, golden.predicted, golden.classNames.length);

  it('counts', () => expect(matrix).toEqual(golden.matrix));
  it('prints counts', () => expect(formatConfusionMatrix(matrix)).toBe(golden.matrixText));
  it.each(normalizations)('prints shares over %s', (over) => {
    const fractions = normalizeConfusionMatrix(matrix, over);
    expect(formatConfusionMatrix(fractions, 2)).toBe(golden.normalizedText[over]['2']);
    expect(formatConfusionMatrix(fractions, 3)).toBe(golden.normalizedText[over]['3']);
  });
});

describe('confusionMatrix', () => {
  it('has the actual class in the row and the answer in the column', () => {
    expect(confusionMatrix([0, 0, 1], [0, 1, 1], 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
  });

  it('counts every example once', () => {
    const label = fc.nat({ max: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label)), (pairs) => {
        const actual = pairs.map(([a]) => a);
        const predicted = pairs.map(([, p]) => p);
        const matrix = confusionMatrix(actual, predicted, 5);
        expect(matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(pairs.length);
        const transposed = confusionMatrix(predicted, actual, 5);
        expect(transposed).toEqual(matrix.map((_, i) => matrix.map((row) => row[i])));
      }),
    );
  });

  it.each([
    [[0, 1], [0], 2, /Expected 2 predicted classes.*Received: 1/],
    [[0, 2], [0, 1], 2, /actual classes must be whole numbers from 0 to 1. Received: 2 for example 1/],
    [[0, 1], [0, -1], 2, /predicted classes.*Received: -1/],
    [[0, 0.5], [0, 1], 2, /Received: 0.5/],
    [[0, Number.NaN], [0, 1], 2, /Received: NaN/],
  ])('refuses %j, %j', (actual, predicted, classes, message) => {
    expect(() => confusionMatrix(actual, predicted, classes)).toThrow(message);
  });
});

describe('normalizeConfusionMatrix', () => {
  const matrix = [
    [3, 1],
    [0, 0],
  ];

  it('gives zeros for a class without examples', () => {
    expect(normalizeConfusionMatrix(matrix, 'true')).toEqual([
      [0.75, 0.25],
      [0, 0],
    ]);
  });

  it('refuses what is not square or no count', () => {
    expect(() => normalizeConfusionMatrix([[1, 2]], 'true')).toThrow(/as many columns as rows/);
    expect(() => normalizeConfusionMatrix([], 'true')).toThrow(/as many columns as rows/);
    expect(() => normalizeConfusionMatrix([[Number.NaN]], 'all')).toThrow(/from 0 on. Received: NaN/);
    expect(() => normalizeConfusionMatrix([[-1]], 'all')).toThrow(/Received: -1/);
  });

  it('refuses an unknown direction', () => {
    expect(() => normalizeConfusionMatrix(matrix, 'pred' as Normalization)).toThrow(/'predicted'.*Received: 'pred'/);
  });
});

describe('formatConfusionMatrix', () => {
  it('aligns counts of different lengths', () => {
    expect(
      formatConfusionMatrix([
        [973, 0],
        [12, 1120],
      ]),
    ).toBe('[[ 973    0]\n [  12 1120]]');
  });

  it('asks for decimals where there are shares', () => {
    expect(() => formatConfusionMatrix([[0.5]])).toThrow(/needs decimals/);
  });
});
