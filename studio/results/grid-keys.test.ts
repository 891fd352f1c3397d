import { expect, test } from 'vitest';
import { placeAfterKey } from './grid-keys.js';

test('arrow keys stay in the row, and in the grid', () => {
  // 0 1 2
  // 3 4
  const after = (key: string, place: number) => placeAfterKey(key, place, 3, 5);
  expect(after('ArrowRight', 0)).toBe(1);
  expect(after('ArrowRight', 2)).toBeUndefined();
  expect(after('ArrowRight', 4)).toBeUndefined();
  expect(after('ArrowLeft', 3)).toBeUndefined();
  expect(after('ArrowDown', 1)).toBe(4);
  expect(after('ArrowDown', 2)).toBeUndefined();
  expect(after('ArrowUp', 4)).toBe(1);
  expect(after('Home', 4)).toBe(3);
  expect(after('End', 3)).toBe(4);
  expect(after('End', 0)).toBe(2);
  expect(after('a', 0)).toBeUndefined();
});
