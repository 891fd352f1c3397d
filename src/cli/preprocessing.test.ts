import { expect, test } from 'vitest';
import { preprocessingLikeMnist } from '../formats/preprocessing.js';
import { preprocessingOf } from './preprocessing.js';

function datasetOf(value: number, count = 4) {
  const part = {
    images: { data: new Uint8Array(count * 6).fill(value), shape: [count, 2, 3, 1] },
    labels: new Uint8Array(count),
  };
  return { ...{ name: 'x', source: 'x', sha256: 'x', classNames: ['a', 'b'] }, train: part, test: part };
}

test('paper is what covers more', () => {
  expect(preprocessingOf(datasetOf(33))).toStrictEqual(preprocessingLikeMnist([2, 3], 'light on dark'));
  expect(preprocessingOf(datasetOf(200))).toMatchObject({ polarity: 'dark on light' });
  expect(preprocessingOf(datasetOf(200, 5000))).toMatchObject({ polarity: 'dark on light' });
});
