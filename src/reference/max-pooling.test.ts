/** Max-pooling by hand. */

import { expect, test } from 'vitest';
import { maxPoolingBackward, maxPoolingForward } from './max-pooling.js';

const window = { size: [2, 2], strides: [1, 1], padBefore: [0, 0], padAfter: [0, 0] } as const;

test('of equal values the first in row-major order wins and gets the slope', () => {
  const operation = { inputShape: [2, 3, 1], outputShape: [1, 2, 1], window };
  const x = Float64Array.of(1, 7, 7, 7, 2, 7);
  const { y, argmax } = maxPoolingForward(x, operation);
  expect([...y]).toEqual([7, 7]);
  expect([...maxPoolingBackward(Float64Array.of(10, 1), argmax, 6)]).toEqual([0, 11, 0, 0, 0, 0]);
});

test('padding takes no part, not even where all values are below zero', () => {
  const padding = { padBefore: [1, 1], padAfter: [0, 0] } as const;
  const operation = { inputShape: [2, 2, 1], outputShape: [2, 2, 1], window: { ...window, ...padding } };
  expect([...maxPoolingForward(Float64Array.of(-4, -3, -2, -1), operation).y]).toEqual([-4, -3, -2, -1]);
});
