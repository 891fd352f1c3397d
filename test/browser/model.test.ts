/** Models by URL in a page of Chromium, and what pages have no files for. */

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dense, flatten, Sequential } from 'inkling';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyImages } from '../determinism/job.mjs';
import { runInChromium } from './chromium.js';
import type { Caught } from './jobs/caught.js';
import type { LoadedInPage, PlaceOfModel } from './jobs/model.js';

const job = 'test/browser/jobs/model.ts';
const files = mkdtempSync(join(tmpdir(), 'inkling-files-'));
afterAll(() => rmSync(files, { recursive: true }));

const { images, labels } = tinyImages(40);
let expected: LoadedInPage;

beforeAll(async () => {
  const model = new Sequential([flatten(), dense({ units: 9, activation: 'relu' }), dense({ units: 4 })]);
  model.compile({ arithmetic: 'plain', threads: 2 });
  await model.fit(images, labels);
  await model.save(join(files, 'model'));
  mkdirSync(join(files, 'half'));
  cpSync(join(files, 'model/model.json'), join(files, 'half/model.json'));
  const { data } = await model.predict(images);
  await model.fit(images, labels, { epochs: 2, initialEpoch: 1 });
  expected = { probabilities: data, weights: [...model.getWeights().values()] };
});

test('a model of Node predicts the same in a page, and goes on training to the same bytes', async () => {
  const places: PlaceOfModel[] = [
    { path: '/files/model/' },
    { path: 'files/model/' },
    { path: '/files/model/', absolute: true },
    { path: 'files/model/model.json?version=3' },
  ];
  const loaded = await runInChromium<LoadedInPage[]>(job, places, { files });
  expect(loaded).toEqual(places.map(() => expected));
});

test('what is not there and what pages cannot do is said', async () => {
  const failures = await runInChromium<Record<string, Caught>>(job, undefined, { files });
  const kinds = Object.fromEntries(Object.entries(failures).map(([name, { kind }]) => [name, kind]));
  expect(kinds).toEqual({
    missing: 'file',
    withoutSlash: 'file',
    weightsMissing: 'file',
    unreachable: 'file',
    withoutNeighbours: 'file',
    saved: 'environment',
    folder: 'file',
    mnist: 'file',
  });
  expect(failures.missing.message).toMatch(
    /^Cannot read .*\/files\/nothing\/model\.json: the server answers 404 Not Found\./,
  );
  expect(failures.withoutSlash.message).toContain('that of a folder ends in "/"');
  expect(failures.weightsMissing.message).toMatch(/\/files\/half\/model\.safetensors: the server answers 404/);
  expect(failures.unreachable.message).toContain('Check the URL and the connection');
  expect(failures.mnist.message).toContain("loadMnist({ url: '/mnist/' })");
  expect(failures.mnist.message).not.toMatch(/npm install|--data/);
  expect(failures.withoutNeighbours.message).toContain('expected a URL with a path');
  expect(failures.saved.message).toMatch(/^Cannot write .*\/model\/model\.safetensors: pages have no files\./);
});
