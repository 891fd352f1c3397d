import { expect, test } from 'vitest';
import { shuffledOrder } from './shuffle.js';

const indices = Uint32Array.from({ length: 1000 }, (_, index) => 3 * index);

test('the order has the same indices and leaves the argument alone', () => {
  const order = shuffledOrder(indices, 1, 0);
  expect(order).not.toStrictEqual(indices);
  expect(order.toSorted()).toStrictEqual(indices);
  expect(indices[1]).toBe(3);
});

test('seed and epoch decide over it', () => {
  expect(shuffledOrder(indices, 1, 4)).toStrictEqual(shuffledOrder(indices, 1, 4));
  expect(shuffledOrder(indices, 1, 4)).not.toStrictEqual(shuffledOrder(indices, 1, 5));
  expect(shuffledOrder(indices, 1, 4)).not.toStrictEqual(shuffledOrder(indices, 2, 4));
});

test('it has been this one ever since', () => {
  expect([
    ...shuffledOrder(
      Uint32Array.from({ length: 10 }, (_, index) => index),
      1,
      0,
    ),
  ]).toStrictEqual([5, 2, 9, 3, 0, 8, 7, 1, 4, 6]);
});

test('each index comes to each place about equally often', () => {
  const counts = new Uint32Array(16);
  const four = Uint32Array.of(0, 1, 2, 3);
  for (let epoch = 0; epoch < 4000; epoch++) {
    for (const [place, index] of shuffledOrder(four, 1, epoch).entries()) counts[4 * place + index]++;
  }
  // 1,000 expected, deviation 27; the numbers are the same in every run.
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(110);
});
