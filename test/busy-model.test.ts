/**
 * What reads or writes weights never meets half a step: it waits for its turn or is refused, and predictions are of one
 * set of weights.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Callback, dense, flatten, Sequential, type TrainingControl, type WeightValues } from 'inkling';
import { afterAll, describe, expect, test } from 'vitest';
import { tinyImages } from './determinism/job.mjs';

const { images, labels } = tinyImages(100);
// More rows than are copied into memory at a time, so that an evaluation has several parts.
const copies = 60;
const many = { data: new Uint8Array(images.data.length * copies), shape: [100 * copies, 12, 12, 1] };
const truths = Array.from({ length: 100 * copies }, (_, row) => labels[row % 100]);
for (let copy = 0; copy < copies; copy++) many.data.set(images.data, copy * images.data.length);

const folder = mkdtempSync(join(tmpdir(), 'inkling-busy-'));
afterAll(() => rmSync(folder, { recursive: true }));

function model() {
  const made = new Sequential([flatten(), dense({ units: 200, activation: 'relu' }), dense({ units: 4 })], {
    inputShape: [12, 12, 1],
  });
  made.compile({ threads: 2 });
  return made;
}
const halved = (weights: WeightValues) =>
  new Map([...weights].map(([path, values]) => [path, values.map((value) => value / 2)]));
const nextTimer = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('while a prediction runs', () => {
  test('its weights cannot be changed, before its first row and between its parts; afterwards they can, for all of the next one', async () => {
    const changed = model();
    const before = await changed.predict(many);
    const weights = changed.getWeights();
    let refused = 0;
    let running = true;
    const prediction = changed.predict(many).finally(() => {
      running = false;
    });
    while (running) {
      for (const change of [() => changed.setWeights(halved(weights)), () => changed.compile({ threads: 2 })]) {
        expect(change).toThrow(
          /^(setWeights|compile): the model is predicting or evaluating\. Wait for that to end\.$/,
        );
      }
      refused++;
      await nextTimer();
    }
    expect(refused).toBeGreaterThan(1);
    expect(await prediction).toEqual(before);
    changed.setWeights(halved(weights));
    const other = model();
    other.setWeights(halved(weights));
    expect(await changed.predict(many)).toEqual(await other.predict(many));
  });

  test('save and fit wait for it', async () => {
    const saved = model();
    const path = join(folder, 'saved');
    const weights = saved.getWeights();
    const [, , , history] = await Promise.all([
      saved.predict(many),
      saved.save(path),
      saved.evaluate(many, truths),
      saved.fit(images, labels),
    ]);
    expect(history.epochs).toHaveLength(1);
    expect((await Sequential.load(path)).getWeights()).toEqual(weights);
    expect(saved.getWeights()).not.toEqual(weights);
  });

  test('its weights are not read either', async () => {
    const read = model();
    const prediction = read.predict(many);
    await nextTimer();
    expect(() => read.getWeights()).toThrow('getWeights: the model is predicting or evaluating.');
    await prediction;
    expect(read.getWeights().size).toBe(4);
  });
});

describe('while fit runs', () => {
  test('a timer reads whole steps or nothing, and writes nothing', async () => {
    const trained = model();
    const between: WeightValues[] = [trained.getWeights()];
    let control: TrainingControl | undefined;
    const callback: Callback = {
      onTrainBegin: (given) => {
        control = given;
      },
      onSteps: async () => {
        between.push(trained.getWeights());
        // Timers get a turn between steps too.
        await nextTimer();
      },
    };
    const read: { weights: WeightValues; steps: number }[] = [];
    const refused = new Set<string>();
    const attempt = async (action: () => unknown) => {
      try {
        await action();
      } catch (error) {
        refused.add((error as Error).message);
      }
    };
    let running = true;
    let saves = 0;
    const fit = trained.fit(many, truths, { epochs: 2, batchSize: 20, callbacks: [callback] }).finally(() => {
      running = false;
    });
    while (running) {
      await attempt(() => read.push({ weights: trained.getWeights(), steps: between.length - 1 }));
      await attempt(() => control && read.push({ weights: control.getWeights(), steps: between.length - 1 }));
      await attempt(async () => {
        const steps = between.length - 1;
        const path = join(folder, String(saves++));
        await trained.save(path);
        read.push({ weights: (await Sequential.load(path)).getWeights(), steps });
      });
      await attempt(() => control?.setWeights(between.at(-1)!));
      if (running) expect(() => trained.setWeights(between[0])).toThrow('setWeights: the model is being trained.');
      await nextTimer();
    }
    await fit;
    const training = 'the model is being trained. Wait for fit to end, or do it in a callback, between the steps.';
    for (const action of ['getWeights', 'save', 'setWeights']) expect(refused).toContain(`${action}: ${training}`);
    for (const { weights, steps } of read) expect(weights).toEqual(between[steps]);
  });

  test('control.setWeights writes between steps, and what is trained goes on from there', async () => {
    const given = model();
    const start = halved(given.getWeights());
    const callback: Callback = { onTrainBegin: (control) => control.setWeights(start) };
    await given.fit(images, labels, { callbacks: [callback] });
    const other = model();
    other.setWeights(start);
    await other.fit(images, labels);
    expect(given.getWeights()).toEqual(other.getWeights());
  });
});

test('weights that are refused leave all as they were', () => {
  const kept = model();
  const before = kept.getWeights();
  const wrong = halved(before);
  wrong.delete('dense_1/bias');
  expect(() => kept.setWeights(wrong)).toThrow('Weight "dense_1/bias" must have 4 values. Received: none.');
  expect(kept.getWeights()).toEqual(before);
});
