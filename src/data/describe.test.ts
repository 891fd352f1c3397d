import { describe, expect, test } from 'vitest';
import { describeDataset, formatDatasetDescription } from './describe.js';

/** Images of 1 x 2: two equal, one blank and black, one blank and white, one seen again in the test part. */
const dataset = {
  name: 'tiny',
  source: 'made by hand',
  sha256: 'ab'.repeat(32),
  classNames: ['zero', 'one', 'never'],
  train: {
    images: { data: Uint8Array.of(0, 255, 0, 255, 0, 0, 255, 255, 51, 102), shape: [5, 1, 2, 1] },
    labels: Uint8Array.of(1, 1, 0, 0, 1),
  },
  test: {
    images: { data: Uint8Array.of(51, 102, 102, 153), shape: [2, 1, 2, 1] },
    labels: Uint8Array.of(0, 1),
  },
};

describe('a description', () => {
  const { train, test: held, ...rest } = describeDataset(dataset);

  test('counts images, classes, duplicates and blanks of each part', () => {
    expect(train).toMatchObject({
      count: 5,
      countPerClass: [2, 3, 0],
      imageShape: [1, 2, 1],
      duplicates: 1,
      blanks: 2,
    });
    expect(held).toMatchObject({ count: 2, countPerClass: [1, 1, 0], imageShape: [1, 2, 1], duplicates: 0, blanks: 0 });
  });

  test('counts test images that were seen in training', () => {
    expect(rest).toStrictEqual({
      name: 'tiny',
      source: 'made by hand',
      sha256: dataset.sha256,
      classNames: ['zero', 'one', 'never'],
      testImagesInTrain: 1,
    });
  });

  test('measures values scaled to 0 to 1', () => {
    expect([train.minimum, train.maximum]).toStrictEqual([0, 1]);
    // 0 1 0 1 0 0 1 1 0.2 0.4: mean 0.46, mean square 0.42.
    expect(train.mean).toBeCloseTo(0.46, 12);
    expect(train.standardDeviation).toBeCloseTo(Math.sqrt(0.42 - 0.46 ** 2), 12);
    expect([held.minimum, held.maximum]).toStrictEqual([0.2, 0.6]);
    expect(held.mean).toBeCloseTo(0.4, 12);
    expect(held.standardDeviation).toBeCloseTo(Math.sqrt(0.02), 12);
  });

  test('refuses labels without a class', () => {
    expect(() => describeDataset({ ...dataset, classNames: ['zero'] })).toThrow('Label 1 at index 0 is out of range');
  });
});

test('a description is printed as an aligned table', () => {
  const description = describeDataset(dataset);
  const large = { ...description, train: { ...description.train, count: 1_234_567 } };
  expect(formatDatasetDescription(large)).toBe(
    [
      'Data set tiny: made by hand',
      `SHA-256 ${'ab'.repeat(32)}; values scaled from 0..255 to 0..1`,
      '',
      '                        train       test',
      'images              1,234,567          2',
      '  class zero                2          1',
      '  class one                 3          1',
      '  class never               0          0',
      'image shape         [1, 2, 1]  [1, 2, 1]',
      'minimum                0.0000     0.2000',
      'maximum                1.0000     0.6000',
      'mean                   0.4600     0.4000',
      'standard deviation     0.4565     0.1414',
      'duplicates                  1          0',
      'also in train                          1',
      'blank images                2          0',
    ].join('\n'),
  );
});
