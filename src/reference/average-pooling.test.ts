/** Average pooling by hand. */

import { expect, test } from 'vitest';
import { averagePoolingBackward, averagePoolingForward } from './average-pooling.js';

test('takes the mean over the positions inside the image alone', () => {
  const window = { size: [2, 2], strides: [2, 2], padBefore: [0, 0], padAfter: [1, 1] } as const;
  const operation = { inputShape: [3, 3, 1], outputShape: [2, 2, 1], window };
  const y = averagePoolingForward(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), operation);
  expect([...y]).toEqual([3, 4.5, 7.5, 9]);
  const dx = averagePoolingBackward(Float64Array.of(4, 2, 20, 7), operation);
  expect([...dx]).toEqual([1, 1, 1, 1, 1, 1, 10, 10, 7]);
});
