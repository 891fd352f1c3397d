/** Convolution by hand. Its gradients are held by gradients.test.ts. */

import { expect, test } from 'vitest';
import { convolutionBackward, convolutionForward } from './convolution.js';

const kernel = Float64Array.of(1, 10, 100, 1000);
const window = { size: [2, 2], strides: [1, 1], padBefore: [0, 0], padAfter: [0, 0] } as const;

test('multiplies the window with the kernel as it stands, not flipped', () => {
  const operation = { inputShape: [2, 3, 1], outputShape: [1, 2, 1], window };
  const x = Float64Array.of(1, 2, 3, 4, 5, 6);
  expect([...convolutionForward(x, kernel, Float64Array.of(0.5), operation)]).toEqual([5421.5, 6532.5]);
  const { dx, dKernel, dBias } = convolutionBackward(Float64Array.of(1, 0), x, kernel, operation);
  expect([...dx]).toEqual([1, 10, 0, 100, 1000, 0]);
  expect([...dKernel]).toEqual([1, 2, 4, 5]);
  expect([...dBias]).toEqual([1]);
});

test('counts padding as zero', () => {
  const operation = { inputShape: [2, 2, 1], outputShape: [2, 2, 1], window: { ...window, padAfter: [1, 1] as const } };
  const x = Float64Array.of(1, 2, 3, 4);
  expect([...convolutionForward(x, kernel, undefined, operation)]).toEqual([4321, 402, 43, 4]);
});
