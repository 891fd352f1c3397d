/** The engine in a page of Chromium: which thread does what, and what it says where the browser refuses something. */

import { dense, flatten, Sequential } from 'inkling';
import { expect, test } from 'vitest';
import { tinyImages } from '../determinism/job.mjs';
import { runInChromium } from './chromium.js';
import type { Caught } from './jobs/caught.js';
import type { Prediction } from './jobs/engine.js';

const job = 'test/browser/jobs/engine.ts';

async function probabilitiesInNode(): Promise<Float32Array> {
  const model = new Sequential([flatten(), dense({ units: 4, activation: 'softmax' })], { inputShape: [12, 12, 1] });
  model.compile({ arithmetic: 'plain', threads: 2 });
  return (await model.predict(tinyImages(20).images)).data;
}

test('a small prediction runs on the page itself, with the bytes of Node; a training starts its threads', async () => {
  const result = await runInChromium<Prediction>(job, 'predict');
  expect(result.probabilities).toEqual(await probabilitiesInNode());
  expect(result).toMatchObject({ workersOfPrediction: 0, workersOfTraining: 2 });
});

test('the page is free while a step is trained', async () => {
  const { rings, finished } = await runInChromium<{ rings: number; finished: boolean }>(job, 'keepFree');
  expect(rings).toBeGreaterThanOrEqual(3);
  expect(finished).toBe(false);
});

test('a thread that is terminated from outside ends a training', async () => {
  expect(await runInChromium<Caught>(job, 'terminate')).toMatchObject({
    kind: 'environment',
    message: expect.stringMatching(/^A thread of the engine failed: it ended without an error\. /),
  });
});

test('a browser that gives no memory is named as the cause', async () => {
  expect(await runInChromium<Caught>(job, 'withoutMemory')).toEqual({
    kind: 'environment',
    message:
      'The engine got no memory: could not allocate memory. Use fewer images, a smaller batch or a smaller model, or close other pages.',
  });
});

test('vectors of 256 bits are refused', async () => {
  expect(await runInChromium<Caught>(job, 'wideVectors')).toMatchObject({
    kind: 'environment',
    message: expect.stringContaining('browsers cannot be asked for them'),
  });
});
