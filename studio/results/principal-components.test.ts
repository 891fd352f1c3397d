import { expect, test } from 'vitest';
import { principalComponents } from './principal-components.js';

test('points on a line lie along the first component, which has all variance', () => {
  // Along (3, 4) / 5, at distances -2, -1, 0, 3 from (1, 1).
  const distances = [-2, -1, 0, 3];
  const values = Float32Array.from(distances.flatMap((distance) => [1 + 0.6 * distance, 1 + 0.8 * distance]));
  const { points, shares } = principalComponents(values, 4, 2);
  expect(Array.from(points.filter((_, i) => i % 2 === 0))).toEqual(
    distances.map((distance) => expect.closeTo(distance, 5)),
  );
  expect(shares[0]).toBeCloseTo(1, 6);
  expect(shares[1]).toBeCloseTo(0, 6);
});

test('the corners of a box lie along its sides, by their variances', () => {
  // Sides of 6, 4 and 0 about (10, 20, 30): variances of 9 and 4.
  const corners = [
    [7, 18],
    [13, 18],
    [7, 22],
    [13, 22],
  ];
  const values = Float32Array.from(corners.flatMap(([x, y]) => [30, x, y]));
  const { points, shares } = principalComponents(values, 4, 3);
  expect(Array.from(points)).toEqual([-3, -2, 3, -2, -3, 2, 3, 2].map((value) => expect.closeTo(value, 5)));
  expect(shares).toEqual([expect.closeTo(9 / 13, 6), expect.closeTo(4 / 13, 6)]);
});

test('rows that are all the same lie at one point', () => {
  const { points, shares } = principalComponents(new Float32Array(12).fill(2), 4, 3);
  expect(Array.from(points)).toEqual(new Array(8).fill(0));
  expect(shares).toEqual([0, 0]);
});
