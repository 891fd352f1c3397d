import { describe, expect, it } from 'vitest';
import goldens from '../../test/goldens/classification-report.json' with { type: 'json' };
import { classificationReport, formatClassificationReport } from './classification-report.js';
import { confusionMatrix } from './confusion-matrix.js';

it.each(goldens.cases)('prints what scikit-learn prints: $name', (golden) => {
  const matrix = confusionMatrix(golden.actual, golden.predicted, golden.classNames.length);
  expect(formatClassificationReport(classificationReport(matrix, golden.classNames), golden.digits)).toBe(
    golden.report,
  );
});

it('prints two decimals unless told otherwise', () => {
  const report = classificationReport(
    [
      [2, 1],
      [0, 3],
    ],
    ['a', 'b'],
  );
  expect(formatClassificationReport(report)).toBe(formatClassificationReport(report, 2));
  expect(formatClassificationReport(report)).toContain('b       0.75      1.00      0.86         3\n');
});

describe('classificationReport', () => {
  it('computes the metrics by their definitions', () => {
    const report = classificationReport(
      [
        [6, 2],
        [1, 3],
      ],
      ['cat', 'dog'],
    );
    expect(report.classes[0]).toEqual({ name: 'cat', precision: 6 / 7, recall: 6 / 8, f1: 12 / 15, support: 8 });
    expect(report.classes[1]).toEqual({ name: 'dog', precision: 3 / 5, recall: 3 / 4, f1: 6 / 9, support: 4 });
    expect(report.accuracy).toBe(9 / 12);
    expect(report.macroAverage.precision).toBeCloseTo((6 / 7 + 3 / 5) / 2, 15);
    expect(report.weightedAverage.precision).toBeCloseTo(((6 / 7) * 8 + (3 / 5) * 4) / 12, 15);
    expect(report.weightedAverage.support).toBe(12);
  });

  it('gives 0 for 0 / 0', () => {
    const { classes } = classificationReport(
      [
        [2, 0, 0],
        [1, 0, 0],
        [0, 0, 0],
      ],
      ['a', 'b', 'c'],
    );
    expect(classes[1]).toEqual({ name: 'b', precision: 0, recall: 0, f1: 0, support: 1 });
    expect(classes[2]).toEqual({ name: 'c', precision: 0, recall: 0, f1: 0, support: 0 });
  });

  it.each([
    [[[1, 2]], ['a'], /as many columns as rows/],
    [[[1]], ['a', 'b'], /each of the 1 classes. Received: 2 names/],
    [[[0.5]], ['a'], /needs counts/],
    [[[0]], ['a'], /no examples/],
  ])('refuses %j with names %j', (matrix, names, message) => {
    expect(() => classificationReport(matrix, names)).toThrow(message);
  });
});

it.each([-1, 1.5, 100, Number.NaN])('refuses %s digits', (digits) => {
  expect(() => formatClassificationReport(classificationReport([[1]], ['a']), digits)).toThrow(/"digits" must be/);
});
