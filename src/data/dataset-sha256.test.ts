import { expect, test } from 'vitest';
import { sha256 } from '../numerics/sha256.js';
import { combineSha256, sha256OfImages } from './dataset-sha256.js';
import { writeIdx } from './idx.js';

test('sums are combined as sha256sum over lines does', async () => {
  expect(await combineSha256(['a', 'b'])).toBe(await sha256(new TextEncoder().encode('a\nb\n')));
});

test('images have the sum of the IDX file that holds them', async () => {
  const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const labels = Uint8Array.of(1, 0);
  const labelSum = await sha256(writeIdx({ data: labels, shape: [2] }));
  expect(await sha256OfImages({ images: { data, shape: [2, 1, 3, 1] }, labels })).toStrictEqual([
    await sha256(writeIdx({ data, shape: [2, 1, 3] })),
    labelSum,
  ]);
  expect(await sha256OfImages({ images: { data, shape: [2, 1, 1, 3] }, labels })).toStrictEqual([
    await sha256(writeIdx({ data, shape: [2, 1, 1, 3] })),
    labelSum,
  ]);
});
