import { describe, expect, test } from 'vitest';
import { checkLabels, countLabels, evenlySpaced, imageShape, select, take } from './dataset.js';

const labelled = {
  images: { data: Uint8Array.of(0, 1, 10, 11, 20, 21), shape: [3, 1, 2, 1] },
  labels: Uint8Array.of(5, 6, 7),
};

test('the shape of one image', () => {
  expect(imageShape(labelled.images)).toStrictEqual([1, 2, 1]);
});

describe('take', () => {
  test('gives the first images and does not copy them', () => {
    const taken = take(labelled, 2);
    expect(taken).toStrictEqual({
      images: { data: Uint8Array.of(0, 1, 10, 11), shape: [2, 1, 2, 1] },
      labels: Uint8Array.of(5, 6),
    });
    expect(taken.images.data.buffer).toBe(labelled.images.data.buffer);
    expect(take(labelled, 3)).toStrictEqual(labelled);
  });

  test.each([0, -1, 1.5, 4, Number.NaN])('refuses %d of 3', (count) => {
    expect(() => take(labelled, count)).toThrow(`Cannot take ${count} images: expected an integer from 1 to 3.`);
  });
});

describe('select', () => {
  test('copies images in the order asked for', () => {
    expect(select(labelled, [2, 0, 2])).toStrictEqual({
      images: { data: Uint8Array.of(20, 21, 0, 1, 20, 21), shape: [3, 1, 2, 1] },
      labels: Uint8Array.of(7, 5, 7),
    });
    expect(select(labelled, []).images.shape).toStrictEqual([0, 1, 2, 1]);
  });

  test.each([3, -1, 0.5, Number.NaN])('refuses the index %d', (index) => {
    expect(() => select(labelled, [0, index])).toThrow(
      `Cannot select image ${index} (position 1): expected an index from 0 to 2.`,
    );
  });
});

describe('labels', () => {
  test('are counted by class', () => {
    expect(countLabels([2, 0, 2], 4)).toStrictEqual([1, 0, 2, 0]);
  });

  test.each([10, -1, 0.5, Number.NaN])('%d is not a label of ten classes', (label) => {
    expect(() => checkLabels([0, 9, label], 10)).toThrow(
      expect.objectContaining({
        kind: 'data',
        message: expect.stringContaining(`Label ${label} at index 2 is out of range: expected 0 to 9`),
      }),
    );
    expect(() => countLabels([label], 10)).toThrow('out of range');
  });
});

test('evenly spaced images are of the whole, all where there are no more', () => {
  expect([...evenlySpaced(10, 4)]).toStrictEqual([0, 2, 5, 7]);
  expect([...evenlySpaced(3, 1000)]).toStrictEqual([0, 1, 2]);
  expect(new Set(evenlySpaced(10_000, 9_999)).size).toBe(9_999);
});
