import { expect, test } from 'vitest';
import { pointAfterKey, pointNear } from './map-points.js';

const points = Float32Array.of(0, 0, 10, 1, 20, 0, 0, 10, Number.NaN, Number.NaN);

test('a pointer finds the nearest point within reach', () => {
  expect(pointNear(points, 9, 0, 5)).toBe(1);
  expect(pointNear(points, 5, 5, 2)).toBeUndefined();
});

test('arrow keys find the nearest point in their direction', () => {
  expect(pointAfterKey(points, 0, 'ArrowRight')).toBe(1);
  expect(pointAfterKey(points, 1, 'ArrowRight')).toBe(2);
  expect(pointAfterKey(points, 0, 'ArrowDown')).toBe(3);
  expect(pointAfterKey(points, 0, 'ArrowLeft')).toBeUndefined();
  expect(pointAfterKey(points, 0, 'Enter')).toBeUndefined();
});
