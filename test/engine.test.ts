/** The engine's own promises about step batches: where they end, what they report and what they leave alone. */

import { afterAll, expect, test } from 'vitest';
import { Engine, maxStepsPerBatch } from '../dist/engine/engine.js';
import { augmentation } from '../src/data/augmentation.js';
import { dense } from '../src/layers/dense.js';
import { flatten } from '../src/layers/flatten.js';
import { defineModel } from '../src/model/model.js';

const model = defineModel({ name: 'test', inputShape: [2], layers: [dense({ units: 2, l2: 0.01 })] });
const rule = { type: 'sgd', momentum: 0, nesterov: false } as const;
/** Row 3 is not a number. */
const data = Float32Array.of(1, 0, 0, 1, 1, 1, Number.NaN, 0);
const rows = { inputs: { data, shape: [4, 2] }, targets: [0, 1, 0, 1] };
const engines: Engine[] = [];
afterAll(() => engines.forEach((engine) => void engine.dispose()));

function prepared(threads: number): Engine {
  const engine = new Engine(model, { threads });
  engines.push(engine);
  engine.setWeights(
    new Map([
      ['dense/kernel', Float32Array.of(0.1, 0.2, 0.3, 0.4)],
      ['dense/bias', new Float32Array(2)],
    ]),
  );
  engine.prepareTraining({ rows, batchSize: 1, rule, seed: 1 });
  engine.setOrder(Uint32Array.of(0, 1, 2, 3));
  return engine;
}

const step = (first: number) => ({ step: first, first, rows: 1, learningRate: 0.1, stepSize: 0.1 });

test.each([1, 2, 5])(
  'a loss that is not finite ends a step batch before the weights change, on %i threads',
  async (threads) => {
    const [engine, other] = [prepared(threads), prepared(threads)];
    const results = await engine.train([step(0), step(1), step(3), step(2)], true);
    expect(results.map(({ loss }) => Number.isFinite(loss))).toEqual([true, true, false]);
    await other.train([step(0), step(1)], true);
    expect(engine.weights()).toEqual(other.weights());
    expect(engine.diagnose(step(3))).toBe('The input images hold numbers that are not finite.');
    expect(engine.diagnose(step(2))).toMatch(
      /^All weights and outputs of this step are finite; the largest logit is 0\.\d+\.$/,
    );
  },
);

test('without that wish the steps go on', async () => {
  const engine = prepared(2);
  expect((await engine.train([step(3), step(0)], false)).map(({ loss }) => loss)).toEqual([Number.NaN, Number.NaN]);
  expect(engine.diagnose(step(0))).toContain('The weights "dense/kernel" are not finite any more');
});

test('a request ends a step batch after its running step, whose results are no leftovers of an earlier step batch', async () => {
  const engine = prepared(2);
  expect(await engine.train([step(0), step(3), step(1)], true)).toHaveLength(2);
  // As long as a step batch can be, so that the request comes before its end on a busy machine too.
  const steps = Array.from({ length: maxStepsPerBatch }, (_, index) => step(index % 3));
  const stepBatch = engine.train(steps, true);
  engine.requestStop();
  const results = await stepBatch;
  expect(results.length).toBeGreaterThan(0);
  expect(results.length).toBeLessThan(steps.length);
  expect(results.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  // All of these steps were done whole, and no other one was begun.
  const other = prepared(2);
  await other.train([step(0), step(3), step(1)], true);
  await other.train(steps.slice(0, results.length), true);
  expect(engine.weights()).toEqual(other.weights());
  // The request was for that step batch alone.
  expect(await engine.train([step(0), step(1), step(2)], true)).toHaveLength(3);
});

test.each(['labels', 'distributions'] as const)(
  'the loss of evaluation smooths %s as that of training',
  async (kind) => {
    const labelSmoothing = 0.2;
    const classes = [0, 1, 1, 0];
    const fractions = { data: Float32Array.from(classes.flatMap((label) => [1 - label, label])), shape: [4, 2] };
    const inputs = { data: Float32Array.of(1, 0, 0, 1, 1, 1, 0.5, -1), shape: [4, 2] };
    const smoothed = { inputs, targets: kind === 'labels' ? classes : fractions };
    const engine = new Engine(defineModel({ name: 'smooth', inputShape: [2], layers: [dense({ units: 2 })] }), {
      threads: 2,
      labelSmoothing,
    });
    engines.push(engine);
    const weights = [Float32Array.of(0.1, 2, 0.3, -1), Float32Array.of(0.5, 0)];
    engine.setWeights(new Map([['dense/kernel', weights[0]] as const, ['dense/bias', weights[1]] as const]));
    const { loss, logits } = await engine.evaluate(smoothed);
    const expected = classes.map((label, row) => {
      const [first, second] = logits.data.subarray(row * 2, row * 2 + 2);
      const logSum = Math.log(Math.exp(first) + Math.exp(second));
      const fractionOfSecond = labelSmoothing / 2 + (label === 1 ? 1 - labelSmoothing : 0);
      return (1 - fractionOfSecond) * (logSum - first) + fractionOfSecond * (logSum - second);
    });
    const mean = expected.reduce((sum, value) => sum + value, 0) / 4;
    expect(loss).toBeCloseTo(mean, 6);
    engine.prepareTraining({ rows: smoothed, batchSize: 4, rule, seed: 1 });
    engine.setOrder(Uint32Array.of(0, 1, 2, 3));
    expect((await engine.evaluateOrder(0, 4)).loss).toBeCloseTo(mean, 6);
    const [trained] = await engine.train([{ ...step(0), rows: 4 }], false);
    expect(trained.loss).toBeCloseTo(mean, 6);
  },
);

test('a request during an evaluation changes nothing', async () => {
  const engine = prepared(2);
  const calm = await engine.evaluateOrder(0, 3);
  const evaluation = engine.evaluateOrder(0, 3);
  engine.requestStop();
  expect(await evaluation).toEqual(calm);
});

test('a new training starts with weights as they are and a state of zero', async () => {
  const engine = prepared(2);
  const momentum = { type: 'sgd', momentum: 0.9, nesterov: false } as const;
  const setup = { rows, batchSize: 1, rule: momentum, seed: 1 };
  engine.prepareTraining(setup);
  engine.setOrder(Uint32Array.of(0, 1, 2, 3));
  await engine.train([step(0)], false);
  const weights = engine.weights();
  const state = engine.optimizerState();
  expect([...state.keys()]).toEqual(['momentum/dense/kernel', 'momentum/dense/bias']);
  expect(state.get('momentum/dense/bias')!.data).not.toEqual(new Float32Array(2));
  engine.prepareTraining(setup);
  expect(engine.weights()).toEqual(weights);
  expect(engine.optimizerState().get('momentum/dense/bias')!.data).toEqual(new Float32Array(2));
  engine.setOptimizerState(state);
  expect(engine.optimizerState()).toEqual(state);
  expect(() => engine.setOptimizerState(new Map())).toThrow(
    'Optimizer state "momentum/dense/kernel" must have 4 values. Received: none.',
  );
  expect(() => engine.setWeights(new Map())).toThrow('Weight "dense/kernel" must have 4 values. Received: none.');
});

test('training and its inspection augment alike, evaluation does not', () => {
  const images = defineModel({
    name: 'images',
    inputShape: [2, 3, 1],
    layers: [flatten(), dense({ units: 2, activation: 'softmax' })],
  });
  const engine = new Engine(images, { threads: 1 });
  const data = Uint8Array.from({ length: 12 }, (_, index) => index * 20);
  const setup = { batchSize: 2, rule: { type: 'sgd', momentum: 0, nesterov: false } as const, seed: 1 };
  const bytes = { inputs: { data, shape: [2, 2, 3, 1] }, targets: [0, 1] };
  engine.prepareTraining({ ...setup, rows: bytes, augmentation: augmentation('strong') });
  const readers = engine.programs.map(({ name, phases }) => {
    const reader = phases.flat().find(({ block, kernel }) => block === 'input' && kernel.startsWith('gather'));
    return [name, reader?.kernel, reader?.operands.filter((operand) => typeof operand === 'number')] as const;
  });
  const of = (wanted: string) => readers.find(([name]) => name === wanted)!.slice(1);
  expect(of('training step')).toEqual(['gatherAugmentedImages', expect.any(Array)]);
  expect(of('inspection')).toEqual(of('training step'));
  const evaluations = readers.filter(([name]) => name.startsWith('evaluation')).map(([, kernel]) => kernel);
  expect(new Set(evaluations)).toEqual(new Set(['gatherImages', 'gatherRows']));
  expect(() => {
    const floats = { data: new Float32Array(12), shape: [2, 2, 3, 1] };
    engine.prepareTraining({ ...setup, rows: { ...bytes, inputs: floats }, augmentation: augmentation('light') });
  }).toThrow(
    'Augmentation needs uint8 images of shape [N, height, width, channels]. Received: float32 inputs of shape [2, 2, 3, 1].',
  );
});

test('training needs to be prepared', async () => {
  const engine = new Engine(model, { threads: 1 });
  engines.push(engine);
  await expect(engine.train([step(0)], false)).rejects.toThrow(
    'There is no program "training" yet: call prepareTraining first.',
  );
  expect(engine.optimizerState()).toEqual(new Map());
});
