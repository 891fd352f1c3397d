/** How the times of threads become a table: what belongs where, and that all of it adds up. */

import { describe, expect, test } from 'vitest';
import { batchNormalization } from '../layers/batch-normalization.js';
import { conv2d } from '../layers/conv2d.js';
import { dense } from '../layers/dense.js';
import { flatten } from '../layers/flatten.js';
import type { Layer } from '../layers/layers.js';
import { maxPooling2d } from '../layers/max-pooling2d.js';
import { defineModel } from '../model/model.js';
import { callsOf, type Program } from './program/program.js';
import { type ProgramBuilder, SharedBuffers } from './program/program-builder.js';
import { trainingProgram } from './program/programs.js';
import type { UpdateRule } from './program/update-rule.js';
import type { ThreadProfile } from './threads/profiling-executor.js';
import { trainingProfile } from './training-profile.js';

const source = { name: 'training', rows: 64, inputType: 'uint8', targetType: 'labels' } as const;
const adam: UpdateRule = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** Profiles a step of which each call takes as many milliseconds as `milliseconds` says, on each thread. */
function profiled(
  layers: readonly Layer[],
  options: { threads?: number; rule?: UpdateRule; milliseconds?: (index: number, thread: number) => number } = {},
) {
  const { threads = 1, rule = adam, milliseconds = () => 1 } = options;
  const { model, program } = stepOf(layers, rule);
  const measured = Array.from({ length: threads }, (_, thread): ThreadProfile => {
    const calls = callsOf(program).map((_, index) => ({ milliseconds: milliseconds(index, thread), count: 16 }));
    const called = calls.reduce((sum, call) => sum + call.milliseconds, 0);
    return { calls, waiting: 7, total: called + 7 + 3 };
  });
  const profile = trainingProfile({ model, program, threads: measured, steps: 2, images: 100 });
  return { model, calls: callsOf(program), profile };
}

function stepOf(layers: readonly Layer[], rule: UpdateRule) {
  const model = defineModel({ name: 'test', inputShape: [8, 8, 1], layers });
  const builder = trainingProgram(model, new SharedBuffers(), { source, rule, labelSmoothing: 0, seed: 1 });
  return { model, program: withoutOperands(builder) };
}

/** A program is the same for the profile, whatever the addresses. */
function withoutOperands(builder: ProgramBuilder): Program {
  const phases = builder.phases.map((phase) => phase.map((call) => ({ ...call, operands: [] })));
  return { name: builder.name, prologue: [], phases, phasesToLoss: 0 };
}

const small = [
  conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
  maxPooling2d({ poolSize: 2 }),
  flatten(),
  dense({ units: 8, activation: 'relu' }),
  dense({ units: 3, activation: 'softmax' }),
];

describe('parts', () => {
  test('are the blocks in their order, forward and backward, and then what is no block', () => {
    const { profile } = profiled(small);
    const names = profile.parts.map(({ kind, name, direction }) => [kind, name, direction]);
    const both = (name: string) => ['forward', 'backward'].map((direction) => ['block', name, direction]);
    expect(names).toEqual([
      ...both('conv2d + relu + maxPooling2d'),
      ...both('dense + relu'),
      ...both('dense_1'),
      ['input', 'reading the batch', 'forward'],
      ['loss', 'loss', 'forward'],
      ['gradientSums', 'gradient sums', 'backward'],
      ['optimizer', 'optimizer (adam)', 'backward'],
      ['waiting', 'waiting at barriers', undefined],
      ['rest', 'between the calls', undefined],
    ]);
  });

  test('name each kernel of the program once, with its block', () => {
    const { profile, calls } = profiled(small);
    const kernels = profile.parts.flatMap((part) => part.kernels.map(({ block, kernel }) => [block, kernel]));
    const expected = new Set(calls.map(({ block, kernel }) => JSON.stringify([block, kernel])));
    expect(new Set(kernels.map((pair) => JSON.stringify(pair)))).toEqual(expected);
    const count = profile.parts.flatMap((part) => part.kernels).reduce((sum, kernel) => sum + kernel.calls, 0);
    expect(count).toBe(calls.length * 16);
    const sums = profile.parts.find(({ kind }) => kind === 'gradientSums')!;
    expect(sums.kernels.map(({ kernel }) => kernel)).toEqual(['sumShardsTransposed', 'sumShards']);
  });

  test('know the optimizer, the penalties and normalisation by what they are', () => {
    const layers = [
      batchNormalization(),
      conv2d({ filters: 4, kernelSize: 3, l2: 0.1 }),
      flatten(),
      dense({ units: 3 }),
    ];
    const rule: UpdateRule = { type: 'sgd', momentum: 0, nesterov: false, globalClipNorm: 1 };
    const { profile } = profiled(layers, { rule });
    const optimizer = profile.parts.find(({ kind }) => kind === 'optimizer')!;
    expect(optimizer.name).toBe('optimizer (sgd)');
    const kernels = optimizer.kernels.map(({ kernel }) => kernel);
    expect(kernels).toEqual(['addL2Gradient', 'sumOfSquares', 'clipGradients', 'sgdUpdate']);
    const penalties = profile.parts.find(({ kind }) => kind === 'penalties')!;
    expect(penalties.kernels.map(({ kernel }) => kernel)).toEqual(['storeL2Penalty']);
    const normalisation = profile.parts.filter(({ name }) => name === 'batchNormalization');
    expect(normalisation.map(({ direction }) => direction)).toEqual(['forward', 'backward']);
  });
});

describe('times', () => {
  test.each([1, 2, 5])('of %i threads add up to all of the time', (threads) => {
    const milliseconds = (index: number, thread: number) => ((index * 7 + thread * 3) % 11) / 4;
    const { profile } = profiled(small, { threads, milliseconds });
    const sum = (value: 'seconds' | 'fraction' | 'microsecondsPerImage') =>
      profile.parts.reduce((total, part) => total + part[value], 0);
    expect(profile.threads).toBe(threads);
    expect(sum('fraction')).toBeCloseTo(1, 12);
    expect(sum('seconds')).toBeCloseTo(profile.seconds, 12);
    expect(sum('microsecondsPerImage')).toBeCloseTo((profile.seconds * 1e6) / 100, 9);
    expect(profile.parts.at(-2)).toMatchObject({ kind: 'waiting', seconds: expect.closeTo(0.007, 12) });
    expect(profile.parts.at(-1)).toMatchObject({ kind: 'rest', seconds: expect.closeTo(0.003, 12) });
  });

  test('are the mean over the threads', () => {
    const { profile } = profiled(small, { threads: 2, milliseconds: (_, thread) => (thread === 0 ? 10 : 0) });
    const input = profile.parts.find(({ kind }) => kind === 'input')!;
    expect(input.seconds).toBeCloseTo(0.005, 12);
    expect(input.microsecondsPerImage).toBeCloseTo(50, 9);
    expect(input.kernels).toEqual([
      { kernel: 'gatherImages', block: 'input', calls: 32, seconds: expect.closeTo(0.005, 12) },
    ]);
  });
});

test('a clock that never moves gives zeros, and no GFLOP/s', () => {
  const { model, program } = stepOf(small, adam);
  const still = { calls: callsOf(program).map(() => ({ milliseconds: 0, count: 1 })), waiting: 0, total: 0 };
  const { parts } = trainingProfile({ model, program, threads: [still], steps: 1, images: 1 });
  for (const part of parts) expect(part).toMatchObject({ seconds: 0, microsecondsPerImage: 0, fraction: 0 });
  expect(parts.some((part) => 'gigaflops' in part)).toBe(false);
});

describe('dense work', () => {
  const workOf = (layers: readonly Layer[]) => {
    const { model, profile } = profiled(layers);
    const work = Object.fromEntries(model.layers.map(({ name, multiplyAdds }) => [name, multiplyAdds]));
    const of = (name: string) => profile.parts.filter((part) => part.name === name).map((part) => part.multiplyAdds);
    return { work, of, profile };
  };

  test('counts each gradient, but no input gradient of the first block', () => {
    const { work, of, profile } = workOf(small);
    expect(of('conv2d + relu + maxPooling2d')).toEqual([work.conv2d, work.conv2d]);
    expect(of('dense + relu')).toEqual([work.dense, 2 * work.dense]);
    expect(of('dense_1')).toEqual([24, 48]);
    const [, , { gigaflops, seconds }] = profile.parts;
    expect(gigaflops).toBeCloseTo((2 * work.dense * 100) / seconds / 1e9, 12);
  });

  test('counts no input gradient behind blocks that have no weights', () => {
    const layers = [maxPooling2d(), conv2d({ filters: 4, kernelSize: 3 }), flatten(), dense({ units: 3 })];
    const { work, of } = workOf(layers);
    expect(of('conv2d')).toEqual([work.conv2d, work.conv2d]);
    expect(of('dense')).toEqual([work.dense, 2 * work.dense]);
    expect(of('maxPooling2d')).toEqual([undefined]);
  });

  test('counts the input gradient of a first convolution behind weights that are trained', () => {
    const layers = [batchNormalization(), conv2d({ filters: 4, kernelSize: 3 }), flatten(), dense({ units: 3 })];
    const { work, of } = workOf(layers);
    expect(of('conv2d')).toEqual([work.conv2d, 2 * work.conv2d]);
    expect(of('batchNormalization')).toEqual([undefined, undefined]);
  });

  test('is none of an activation that is a block of its own', () => {
    const layers = [conv2d({ filters: 4, kernelSize: 3, activation: 'tanh' }), flatten(), dense({ units: 3 })];
    const { work, of } = workOf(layers);
    expect(of('conv2d')).toEqual([work.conv2d, work.conv2d]);
    expect(of('conv2d (tanh)')).toEqual([undefined, undefined]);
  });

  test('finds the layers of a block that says how it is computed', () => {
    const layers = [
      conv2d({ filters: 4, kernelSize: 3, name: 'first' }),
      conv2d({ filters: 4, kernelSize: 3, activation: 'relu', name: 'second' }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 3 }),
    ];
    const { work, of } = workOf(layers);
    expect(of('second + relu + maxPooling2d (Winograd)')).toEqual([work.second, 2 * work.second]);
  });
});
