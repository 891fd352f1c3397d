/** The loss: its values by hand, its gradient by central differences, and its behaviour at extreme logits. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededValues } from '../../test/goldens/goldens.js';
import { softmax } from './activation.js';
import { centralDifferences, relativeError } from './central-differences.js';
import { softmaxCrossEntropy } from './softmax-cross-entropy.js';

test('is log K where all logits are equal', () => {
  const { loss, dLogits } = softmaxCrossEntropy(new Float64Array(4), Float64Array.of(0, 1, 0, 0), 4);
  expect(loss).toBeCloseTo(Math.log(4), 14);
  expect([...dLogits]).toEqual([0.25, -0.75, 0.25, 0.25]);
});

test('divides by the number of samples, not by the sum of their weights', () => {
  const targets = Float64Array.of(1, 0, 0, 1);
  const { loss } = softmaxCrossEntropy(new Float64Array(4), targets, 2, { sampleWeights: [3, 0] });
  expect(loss).toBeCloseTo(1.5 * Math.LN2, 14);
});

test('smooths the labels evenly over all classes', () => {
  const { dLogits } = softmaxCrossEntropy(new Float64Array(4), Float64Array.of(0, 1, 0, 0), 4, { labelSmoothing: 0.2 });
  expect([...dLogits]).toEqual([0.2, -0.6, 0.2, 0.2].map((slope) => expect.closeTo(slope, 14)));
});

test('stays exact at logits of +-1e4', () => {
  const logits = Float64Array.of(1e4, -1e4, 0, 1e4, -1e4, 0);
  const right = softmaxCrossEntropy(logits.slice(0, 3), Float64Array.of(1, 0, 0), 3);
  expect(right.loss).toBe(0);
  const wrong = softmaxCrossEntropy(logits.slice(3), Float64Array.of(0, 1, 0), 3);
  expect(wrong.loss).toBe(2e4);
  expect([...wrong.dLogits]).toEqual([1, -1, 0]);
});

test('moving all logits of a sample changes nothing', () => {
  const value = fc.double({ min: -20, max: 20, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 3, maxLength: 3 }),
      fc.double({ min: -100, max: 100, noNaN: true }),
      (row, by) => {
        const targets = Float64Array.of(0.2, 0.5, 0.3);
        const here = softmaxCrossEntropy(Float64Array.from(row), targets, 3);
        const there = softmaxCrossEntropy(
          Float64Array.from(row, (logit) => logit + by),
          targets,
          3,
        );
        expect(Math.abs(there.loss - here.loss)).toBeLessThan(1e-12);
      },
    ),
  );
});

describe('gradient', () => {
  const classes = 5;
  const logits = seededValues(1, 4 * classes, { stream: 0, center: 0, scale: 3 });
  const oneHot = new Float64Array(4 * classes);
  for (const [n, label] of [2, 0, 4, 2].entries()) oneHot[n * classes + label] = 1;
  const soft = softmax(seededValues(1, 4 * classes, { stream: 1, center: 0, scale: 2 }), classes);
  const sampleWeights = [1, 0.25, 0, 3];

  test.each([
    ['one-hot targets', oneHot, {}],
    ['soft targets', soft, {}],
    ['label smoothing', oneHot, { labelSmoothing: 0.1 }],
    ['sample weights', oneHot, { sampleWeights }],
    ['all together', soft, { labelSmoothing: 0.3, sampleWeights }],
  ])('with %s', (_, targets, options) => {
    const execute = () => Float64Array.of(softmaxCrossEntropy(logits, targets, classes, options).loss);
    const { dLogits } = softmaxCrossEntropy(logits, targets, classes, options);
    expect(relativeError(dLogits, centralDifferences(execute, Float64Array.of(1), logits))).toBeLessThan(1e-8);
  });
});
