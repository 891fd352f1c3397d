/** Few images, none left, and labels that nobody meant are told before a training. */

import { expect, test, vi } from 'vitest';
import type { Dataset } from '../data/dataset.js';
import { noticeClassCounts, type Split } from './class-counts.js';
import { Output } from './output.js';

/** @param train how many images of each class to train on */
function datasetOf(
  train: readonly number[],
  test: readonly number[] = train.map((count) => Math.min(count, 2)),
): Dataset {
  const part = (counts: readonly number[]) => {
    const labels = Uint8Array.from(counts.flatMap((count, label) => Array(count).fill(label)));
    return { images: { data: new Uint8Array(labels.length), shape: [labels.length, 1, 1, 1] }, labels };
  };
  const classNames = train.map((_, label) => String(label));
  return { name: 'x', source: 'x', sha256: 'x', classNames, train: part(train), test: part(test) };
}

function noticesOf(dataset: Dataset, split?: Split): string[] {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    noticeClassCounts(dataset, split, new Output({ quiet: true }));
    return written.mock.calls.map(([text]) => String(text).trim());
  } finally {
    written.mockRestore();
  }
}

test('of enough images there is nothing to say', () => {
  expect(noticesOf(datasetOf([30, 40]), { validation: 5, seed: 1 })).toEqual([]);
});

test('few images of a class are told, those for validation taken off', () => {
  expect(noticesOf(datasetOf([30, 10, 9]))).toEqual([
    'Notice: there are fewer than 10 images to train on of "2" (9): such classes are hardly learnt, and their results say little.',
  ]);
  const [notice] = noticesOf(datasetOf([60, 12, 12]), { validation: 21, seed: 1 });
  expect(notice).toMatch(/of "1" \(9\), "2" \(9\):/);
  expect(noticesOf(datasetOf([40, 1, 2, 3, 4, 5, 6, 7]))[0]).toMatch(/"1" \(1\), .*, "5" \(5\) and 2 more:/);
});

test('a class of which none is left is refused', () => {
  expect(() => noticesOf(datasetOf([2, 1, 1]), { validation: 3, seed: 1 })).toThrow(
    expect.objectContaining({
      kind: 'data',
      message: expect.stringContaining('none is left to train on: 1 set aside'),
    }),
  );
});

test('a class that is only tested is told', () => {
  expect(noticesOf(datasetOf([30, 0, 30], [5, 1, 5]))).toEqual([
    'Notice: there are images to test with and none to train on of "1": all of them will be wrong.',
  ]);
});

test('a stray label is told by the classes that it makes', () => {
  const counts: number[] = Array.from({ length: 256 }, (_, label) => (label < 10 ? 50 : 0));
  counts[255] = 1;
  expect(noticesOf(datasetOf(counts)).at(-1)).toBe(
    'Notice: 245 of 256 classes have no images: "10", "11", "12", "13", "14" and 240 more. Labels count from 0 to the highest that there is, ' +
      '255, which 2 images have. Check the labels where that is not meant.',
  );
  expect(noticesOf(datasetOf([0, 30, 30]))[0]).toMatch(/^Notice: 1 of 3 classes has no images: "0"\. /);
});
