/** Where there are no folders: an archive by its URL. */

import { zipSync } from 'fflate';
import { afterEach, expect, test, vi } from 'vitest';
import { writeNpy } from '../numerics/npy.js';
import { loadDataset } from './folder.js';

vi.mock('#platform', () => import('../platform/browser.js'));
afterEach(() => vi.unstubAllGlobals());

const archive = zipSync({
  'x_train.npy': writeNpy({ data: Uint8Array.of(1, 2, 3, 4), shape: [2, 1, 2] }),
  'y_train.npy': writeNpy({ data: Uint8Array.of(0, 1), shape: [2] }),
  'x_test.npy': writeNpy({ data: Uint8Array.of(5, 6), shape: [1, 1, 2] }),
  'y_test.npy': writeNpy({ data: Uint8Array.of(1), shape: [1] }),
});

test('a page loads an .npz file from a URL, and is told where there is none', async () => {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (url: unknown) => {
    asked.push(url);
    return asked.length === 1 ? new Response(archive) : new Response('', { status: 404 });
  });
  const { name, train, test: held } = await loadDataset('https://example.org/data/digits.npz');
  expect([name, [...train.images.data], [...held.labels]]).toStrictEqual(['digits', [1, 2, 3, 4], [1]]);
  await expect(loadDataset('https://example.org/none.npz')).rejects.toMatchObject({ kind: 'file' });
  expect(asked).toStrictEqual(['https://example.org/data/digits.npz', 'https://example.org/none.npz']);
});
