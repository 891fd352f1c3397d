import { expect, it } from 'vitest';
import { stratifiedSplit } from '../data/split.js';
import { splitRows } from './validation-rows.js';

const labels = Uint8Array.from({ length: 40 }, (_, row) => row % 4);

it('keeps every class in proportion, and is the same for the same seed', () => {
  const { train, validation } = splitRows(labels, 8, 3);
  expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...labels.keys()]);
  for (const label of [0, 1, 2, 3]) expect([...validation].filter((row) => labels[row] === label)).toHaveLength(2);
  expect(splitRows([...labels], 8, 3)).toEqual({ train, validation });
  expect(splitRows(labels, 8, 4).validation).not.toEqual(validation);
});

it('draws distributions as one class', () => {
  const oneHot = { data: new Float32Array(160), shape: [40, 4] };
  expect(splitRows(oneHot, 0.25, 3)).toEqual(stratifiedSplit(new Uint8Array(40), 0.25, 3));
});

it('keeps each of three hundred classes in proportion', () => {
  const many = Array.from({ length: 1200 }, (_, row) => row % 300);
  const { validation } = splitRows(many, 0.25, 3);
  expect(Array.from(validation, (row) => many[row]).sort((a, b) => a - b)).toEqual([...new Array(300).keys()]);
});

it('sets nothing aside where nothing is asked', () => {
  expect(splitRows(labels, 0, 3).validation).toHaveLength(0);
});
