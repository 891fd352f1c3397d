import { expect, test } from 'vitest';
import { splitRows } from '../training/validation-rows.js';
import { unseenRows } from './unseen-rows.js';

const labels = Uint8Array.from({ length: 300 }, (_, row) => row % 3);
const runOf = (splitSeed: number, limit: number, validationImages: number) => ({
  rows: (all: Uint8Array) => splitRows(all.subarray(0, limit), validationImages, splitSeed).train,
});

test('of one seed the validation images are unseen, and those behind the limit', () => {
  const own = splitRows(labels.subarray(0, 240), 24, 5).validation;
  const behind = Array.from({ length: 60 }, (_, row) => 240 + row);
  expect([...unseenRows(labels, [runOf(5, 240, 24), runOf(5, 240, 24)])]).toEqual([...own, ...behind]);
});

test('of several seeds only what all have left over, up to the largest limit', () => {
  const [a, b] = [splitRows(labels.subarray(0, 200), 100, 1), splitRows(labels.subarray(0, 250), 100, 2)];
  const trained = new Set([...a.train, ...b.train]);
  const rows = [...unseenRows(labels, [runOf(1, 200, 100), runOf(2, 250, 100)])];
  expect(rows.filter((row) => trained.has(row))).toEqual([]);
  expect(rows.length + trained.size).toBe(300);
  expect([...unseenRows(labels, [runOf(1, 300, 0)])]).toEqual([]);
});
