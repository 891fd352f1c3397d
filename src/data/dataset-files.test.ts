import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { folder, write } from '../../test/data-folder.js';
import type { Dataset } from './dataset.js';
import { datasetFiles } from './dataset-files.js';
import type { DatasetLayout } from './dataset-layouts.js';
import { combineSha256, sha256OfImages } from './dataset-sha256.js';
import { loadDataset } from './folder.js';

vi.mock('#platform', () => import('../platform/node.js'));

const classNames = ['0', '1', '2'];

/** Each image of bytes of its own; labels in turn, as class folders are read. */
async function datasetOf(channels: 1 | 3): Promise<Dataset> {
  const part = (count: number, first: number) => ({
    images: {
      data: Uint8Array.from({ length: count * 4 * 5 * channels }, (_, index) => (first + index * 7) % 256),
      shape: [count, 4, 5, channels],
    },
    labels: Uint8Array.from({ length: count }, (_, index) => index % 3),
  });
  const [train, held] = [part(36, 0), part(3, 100)];
  const sums = [...(await sha256OfImages(train)), ...(await sha256OfImages(held))];
  return { name: 'small', train, test: held, classNames, sha256: await combineSha256(sums), source: 'a test' };
}

test.each<[DatasetLayout, 1 | 3]>([
  ['folders', 1],
  ['folders', 3],
  ['idx', 1],
  ['idx', 3],
  ['npz', 1],
  ['npz', 3],
])('written as %s in %i channels and read again, a data set is the same', async (as, channels) => {
  const dataset = await datasetOf(channels);
  await write(Object.fromEntries(datasetFiles(dataset, { as })));
  const { train, test: held, classNames: names, sha256 } = await loadDataset(folder);
  expect(train).toStrictEqual(dataset.train);
  expect(held).toStrictEqual(dataset.test);
  expect([names, sha256]).toStrictEqual([classNames, dataset.sha256]);
});

test('class folders keep the order within a class and the names; they are the layout where none is asked for', async () => {
  const { train, ...dataset } = await datasetOf(1);
  const labels = Uint8Array.from(train.labels, (_, index) => (index < 20 ? 2 : index % 2));
  const files = [...datasetFiles({ ...dataset, train: { ...train, labels }, classNames: ['cat', 'dog', 'owl'] })];
  expect(files[0][0]).toBe('train/owl/00.png');
  await write(Object.fromEntries(files));
  const again = await loadDataset(folder);
  expect(again.classNames).toStrictEqual(['cat', 'dog', 'owl']);
  const firstPixels = (images: Uint8Array, of: Uint8Array) =>
    [...of].flatMap((label, at) => (label === 2 ? images[at * 20] : []));
  expect(firstPixels(again.train.images.data, again.train.labels)).toStrictEqual(
    firstPixels(train.images.data, labels),
  );
});

test('the same data gives the same archive, called as the data set is', async () => {
  const [[first, second]] = [
    [...datasetFiles(await datasetOf(1), { as: 'npz' }), ...datasetFiles(await datasetOf(1), { as: 'npz' })],
  ];
  expect(first).toStrictEqual(second);
  await write({ [first[0]]: first[1] });
  expect(await loadDataset(join(folder, 'small.npz'))).toMatchObject({ name: 'small' });
});

test('what could not be read again is refused', async () => {
  const dataset = await datasetOf(1);
  const expectRefusal = (changed: Partial<Dataset>, options: object, message: string) =>
    expect(() => datasetFiles({ ...dataset, ...changed }, options)).toThrow(message);
  expectRefusal({}, { as: 'csv' }, 'datasetFiles: unknown layout "csv". Expected one of: folders, idx, npz.');
  expectRefusal({}, { to: 'npz' }, 'unknown option "to"');
  for (const name of ['a/b', '..', '', '.hidden', 'Thumbs.db']) {
    expectRefusal(
      { classNames: ['a', 'b', name] },
      {},
      `The class ${JSON.stringify(name)} cannot be the name of a folder`,
    );
  }
  const lacking = { ...dataset.test, labels: Uint8Array.of(0, 1, 1) };
  expectRefusal({ test: lacking }, {}, 'The class 2 has no image in the test part');
  expect([...datasetFiles({ ...dataset, test: lacking }, { as: 'idx' })]).toHaveLength(4);
  const images = { data: new Uint8Array(36 * 2), shape: [36, 1, 1, 2] };
  expectRefusal({ train: { ...dataset.train, images } }, {}, 'expected images of 1 or 3 channels');
});
