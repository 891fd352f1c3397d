/** An ensemble's folder in Node and in a page of Chromium: the same members, the same logits to the last bit. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dense, Ensemble, flatten, Sequential } from 'inkling';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runInChromium } from './chromium.js';
import run from './jobs/ensemble.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-ensemble-'));
  const members = [1, 2, 3].map((seed) => {
    const model = new Sequential([flatten(), dense({ units: 3, activation: 'softmax' })], {
      inputShape: [8, 8, 1],
      seed,
    });
    return { model: model.definition, weights: model.getWeights(), metadata: {} };
  });
  using ensemble = new Ensemble({ name: 'three', members });
  await ensemble.save(join(folder, 'three'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a page loads what Node wrote, by its folder and by its description', async () => {
  const images = Uint8Array.from({ length: 5 * 64 }, (_, pixel) => (pixel * 37) % 256);
  const expected = await run({ ensemble: join(folder, 'three'), images });
  expect([expected.members, expected.logits.length]).toEqual([3, 15]);
  for (const ensemble of ['/files/three/', '/files/three/model.json']) {
    expect(await runInChromium('test/browser/jobs/ensemble.ts', { ensemble, images }, { files: folder })).toEqual(
      expected,
    );
  }
});
