/**
 * A calibration is fitted on the very rows that training set aside, the same on any number of threads, and stays with
 * the model.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calibrate, dense, flatten, negativeLogLikelihood, predictedClasses, Sequential, softmax } from 'inkling';
import { afterAll, expect, test } from 'vitest';
import { select } from '../src/data/dataset.js';
import { loadModel } from '../src/formats/model-file.js';
import { splitRows } from '../src/training/validation-rows.js';
import { asRows } from './as-rows.js';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(600);
const folder = mkdtempSync(join(tmpdir(), 'inkling-calibration-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = Uint8Array.from(labels);
/** The rows that a training with this seed sets aside. */
const rowsOf = (seed: number) => select({ images, labels: bytes }, splitRows(bytes, 60, seed).validation);

async function trained(threads: number) {
  const model = new Sequential([flatten(), dense({ units: 16, activation: 'relu' }), dense({ units: 4 })], { seed: 5 });
  model.compile({ threads, arithmetic: 'plain' });
  const { epochs } = await model.fit(images, labels, { epochs: 2, validationSplit: 60 });
  return { model, valLoss: epochs.at(-1)!.valLoss! };
}

test('the rows found again are those that were validated on', async () => {
  const { model, valLoss } = await trained(2);
  const lossOf = async (seed: number) => {
    const validation = rowsOf(seed);
    const { data } = await model.predictLogits(validation.images);
    return negativeLogLikelihood(asRows(data, 4), validation.labels);
  };
  expect(await lossOf(5)).toBeCloseTo(valLoss, 6);
  expect(Math.abs((await lossOf(6)) - valLoss)).toBeGreaterThan(1e-4);
});

test('is the same on any number of threads, and comes back with the model', async () => {
  const validation = rowsOf(5);
  const calibrations = [];
  for (const threads of [1, 3]) {
    const { model } = await trained(threads);
    const { data: logits } = await model.predictLogits(validation.images);
    calibrations.push(calibrate(asRows(logits, 4), validation.labels));
    await model.save(folder, { calibration: calibrations.at(-1) });
  }
  expect(calibrations[1]).toEqual(calibrations[0]);
  expect((await loadModel(folder)).calibration).toEqual(calibrations[0]);
  expect(calibrations[0]).toMatchObject({ images: 60, temperature: expect.any(Number) });
});

test('probabilities at temperature 1 are those of predict, but for rounding', async () => {
  const { model } = await trained(1);
  const probabilities = (await model.predict(images)).data;
  const own = softmax(await model.predictLogits(images)).data;
  expect(Math.max(...own.map((value, index) => Math.abs(value - probabilities[index])))).toBeLessThan(1e-6);
  expect(predictedClasses(asRows(own, 4))).toEqual(predictedClasses(asRows(probabilities, 4)));
});
