import { expect, test } from 'vitest';
import { nearestRows } from './nearest-rows.js';

test('the nearest rows come first, equally near ones in their order', () => {
  const values = Float32Array.of(0, 0, 3, 4, 1, 0, 0, 1);
  expect(nearestRows(values, 2, 0, 3)).toEqual([2, 3, 1]);
  expect(nearestRows(values, 2, 1, 1)).toEqual([3]);
});
