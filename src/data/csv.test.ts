import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { expectRefusal, folder, write } from '../../test/data-folder.js';
import { loadDataset } from './folder.js';

vi.mock('#platform', () => import('../platform/node.js'));

const names = 'label,pixel0,pixel1,pixel2,pixel3';
const text = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'));
const good = { 'train.csv': text(names, '1,0,9,255,7', '0,1,2,3,4', ''), 'test.csv': text(names, '2,5,6,7,8') };

test('train.csv and test.csv are loaded, with names or without, whatever ends their lines', async () => {
  await write(good);
  const dataset = await loadDataset(folder);
  expect(dataset).toMatchObject({
    train: {
      images: { data: Uint8Array.of(0, 9, 255, 7, 1, 2, 3, 4), shape: [2, 2, 2, 1] },
      labels: Uint8Array.of(1, 0),
    },
    test: { images: { data: Uint8Array.of(5, 6, 7, 8), shape: [1, 2, 2, 1] }, labels: Uint8Array.of(2) },
    classNames: ['0', '1', '2'],
    source: `the tables train.csv and test.csv in ${folder}`,
  });
  await write({
    'more/mnist_train.csv': text('1,0,9,255,7\r', '0,1,2,3,4\r', '\r', ''),
    'more/mnist_test.csv': text('\ufefflabel,1x1,1x2,2x1,2x2', '2,5,6,7,8', '', ''),
  });
  expect((await loadDataset(join(folder, 'more'))).sha256).toBe(dataset.sha256);
});

test.each([
  ["Kaggle's test.csv", text('pixel0,pixel1,pixel2,pixel3', '1,2,3,4'), 'has no labels: its 4 columns are the pixels'],
  ['a test.csv of bare pixels', text('1,2,3,4'), 'Move some of the labelled rows'],
  ['a row too short', text(names, '1,2,3,4,5', '1,2,3'), 'test.csv, line 3, has 3 columns: expected 5'],
  ['a row too long', text(names, '1,2,3,4,5,6'), 'test.csv, line 2, has 6 columns'],
  [
    'a value too large',
    text(names, '1,2,3,256,5'),
    'line 2, column 4: expected a whole number from 0 to 255. Received: "256"',
  ],
  ['a fraction', text(names, '1,2,3,0.5,5'), 'Received: "0.5"'],
  ['a gap', text(names, '1,2,,4,5'), 'line 2, column 3: expected a whole number from 0 to 255. Received: ""'],
  ['a comma at the end', text(names, '1,2,3,4,'), 'line 2, column 5'],
  [
    'a label that is a word',
    text(names, 'cat,2,3,4,5'),
    'line 2, column 1: expected a whole number from 0 to 255. Received: "cat"',
  ],
  ['an image that is no square', text('1,2,3,4'.concat(',5,6,7')), 'has 7 columns, of which the first is "1"'],
  ['labels at the end', text('pixel0,pixel1,pixel2,pixel3,label', '1,2,3,4,5'), 'of which the first is "pixel0"'],
  ['names alone', text(names), 'holds no images'],
  ['nothing', text(''), 'is empty: expected rows'],
  ['images of another size', text('1,2'), 'of 1 x 1 x 1'],
  [
    'rows that are far too short for the first',
    text([1, ...Array(1_000_000).fill(1)].join(), ...Array(99_999).fill('1')),
    'line 2, has 1 columns',
  ],
])('%s is refused', async (_, content, message) => {
  await write({ ...good, 'test.csv': content });
  await expectRefusal('data', message, join(folder, 'test.csv'));
});

test('one file alone is refused, and so are two that could be meant', async () => {
  await write({ 'train.csv': good['train.csv'] });
  await expectRefusal(
    'file',
    'lacks test.csv: expected train.csv and test.csv, both with labels. Received: train.csv.',
  );
  await expect(loadDataset(join(folder, 'train.csv'))).rejects.toThrow('One table is not enough');
  await write({ ...good, 'my_train.csv': good['train.csv'] });
  await expectRefusal('file', 'holds my_train.csv and train.csv: which one is meant?');
});

test('tables beside class folders are about their images', async () => {
  await write({ ...good, 'a/b/c': Uint8Array.of(1) });
  await expectRefusal('data', 'has 1 class folder');
});
