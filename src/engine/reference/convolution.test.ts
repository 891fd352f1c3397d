/** Convolution against a hand-worked example and central differences. */

import { describe, expect, test } from 'vitest';
import { seededValues } from '../../../test/goldens/goldens.js';
import { sizeOf } from '../../numerics/tensor.js';
import { centralDifferences, relativeError } from './central-differences.js';
import { convolutionBackward, convolutionForward } from './convolution.js';
import { windowOperation } from './window-operation.testing.js';

test('multiplies the window with the kernel as it stands, not flipped', () => {
  const operation = windowOperation({ inputShape: [2, 3, 1], channels: 1, size: [2, 2], strides: [1, 1], padding: 'valid' });
  const y = convolutionForward(
    Float64Array.of(1, 2, 3, 4, 5, 6),
    Float64Array.of(1, 10, 100, 1000),
    Float64Array.of(0.5),
    operation,
  );
  expect([...y]).toEqual([1 + 20 + 400 + 5000 + 0.5, 2 + 30 + 500 + 6000 + 0.5]);
});

test('counts padding as zero, and pads unevenly at the end', () => {
  const operation = windowOperation({ inputShape: [2, 2, 1], channels: 1, size: [2, 2], strides: [1, 1], padding: 'same' });
  const y = convolutionForward(Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 10, 100, 1000), undefined, operation);
  expect([...y]).toEqual([4321, 402, 43, 4]);
});

describe.each([
  { inputShape: [5, 4, 2], channels: 3, size: [3, 3], strides: [1, 1], padding: 'valid' },
  { inputShape: [4, 6, 1], channels: 2, size: [1, 4], strides: [1, 2], padding: 'valid' },
  { inputShape: [5, 7, 2], channels: 2, size: [4, 2], strides: [2, 3], padding: 'same' },
  { inputShape: [3, 3, 3], channels: 1, size: [2, 5], strides: [1, 1], padding: 'same' },
  { inputShape: [6, 5, 1], channels: 2, size: [1, 1], strides: [3, 2], padding: 'same' },
] as const)('gradients of $size over $inputShape, strides $strides, $padding', (given) => {
  const operation = windowOperation(given);
  const batch = 2;
  const values = (count: number, stream: number) => seededValues(1, count, { stream, center: 0, scale: 1 });
  const x = values(batch * sizeOf(given.inputShape), 0);
  const kernel = values(sizeOf(given.size) * given.inputShape[2] * given.channels, 1);
  const bias = values(given.channels, 2);
  const dy = values(batch * sizeOf(operation.outputShape), 3);
  const play = () => convolutionForward(x, kernel, bias, operation);
  const { dx, dKernel, dBias } = convolutionBackward(dy, x, kernel, operation);

  test('dx', () => expect(relativeError(dx, centralDifferences(play, dy, x))).toBeLessThan(1e-8));
  test('dKernel', () => expect(relativeError(dKernel, centralDifferences(play, dy, kernel))).toBeLessThan(1e-8));
  test('dBias', () => expect(relativeError(dBias, centralDifferences(play, dy, bias))).toBeLessThan(1e-8));
});
