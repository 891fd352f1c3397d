import { expect, test } from 'vitest';
import { ImageSet } from './duplicates.js';

function images(...rows: number[][]) {
  return { data: Uint8Array.from(rows.flat()), shape: [rows.length, 1, rows[0].length, 1] };
}

test('images added before are known', () => {
  const set = new ImageSet();
  expect(set.add(images([1, 2], [2, 1], [1, 2], [1, 2]))).toBe(2);
  expect(set.add(images([2, 1], [3, 3]))).toBe(1);
  expect(set.count(images([3, 3], [3, 4], [1, 2], [1, 2]))).toBe(3);
});

test('images of one hash are told apart', () => {
  // A known pair of words with the same 32-bit FNV-1a sum.
  const [a, b] = ['declinate', 'macallums'].map((word) => [...new TextEncoder().encode(word)]);
  const set = new ImageSet();
  expect(set.add(images(a, b, a))).toBe(1);
  expect(set.count(images(b))).toBe(1);
});
