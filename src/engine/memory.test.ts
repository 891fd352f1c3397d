import { expect, test } from 'vitest';
import { InklingError } from '../errors.js';
import { engineMemory, pagesFor } from './memory.js';

test('memory comes in whole pages of 64 KiB, at most 4 GiB of them', () => {
  expect([1, 65536, 65537, 2 ** 32].map(pagesFor)).toEqual([1, 1, 2, 65536]);
  expect(() => pagesFor(2 ** 32 + 1)).toThrow(InklingError);
  expect(() => pagesFor(2 ** 33)).toThrow('need 8192 MiB; WebAssembly gives 4096 MiB at most');
});

test('a memory grows as far as it was asked for, and no further', () => {
  const memory = engineMemory(100_000, 200_000);
  expect(memory.buffer.byteLength).toBe(2 * 65536);
  expect(memory.grow(2)).toBe(2);
  expect(() => memory.grow(1)).toThrow(RangeError);
  expect(() => engineMemory(65536).grow(1)).toThrow(RangeError);
});
