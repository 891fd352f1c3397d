/**
 * Reads network-*.json and optimizer-*.json: problems with the answers of PyTorch and Keras in float64. Weights and
 * input are computed, not stored, by the formula of network_values.py; all are float32 numbers, so that an engine of
 * either precision gets the same problem.
 */

import { readFileSync } from 'node:fs';
import type { UpdateRule } from '../../src/engine/program/update-rule.js';
import { defineModel, type Model, modelFromData, weightsOf } from '../../src/model/model.js';
import { RandomStream } from '../../src/numerics/random.js';
import { type Shape, sizeOf } from '../../src/numerics/tensor.js';

/** The golden networks: between them every layer, every activation, both paddings and both ends. */
export const networkGoldens = [
  'cnn',
  'lenet5',
  'mlp',
  'batch-normalization',
  'same-padding',
  'hidden-softmax',
] as const;

/** Who made the golden optimizer steps. Only Keras's have rmsprop. */
export const optimizerGoldens = ['pytorch', 'keras'] as const;

/** Uniform in `center` +- `scale`, from stream `stream` of the golden's seed. */
interface SeededTensor {
  readonly stream: number;
  readonly center: number;
  readonly scale: number;
}

/** `count` fixed pseudo-random numbers, uniform in `center` +- `scale`, each rounded to float32. */
export function seededValues(seed: number, count: number, { stream, center, scale }: SeededTensor): Float64Array {
  const random = new RandomStream(seed, 'initialization', 0, stream);
  return new Float64Array(count).map((_, index) => Math.fround(center + (2 * random.uniform(index) - 1) * scale));
}

/** What a large tensor is compared by. `values` are those at `samplePositions(size)`. */
export interface TensorSample {
  readonly size: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  readonly values: readonly number[];
}

/** All positions of a tensor of up to 200 values, else 200 scattered ones. */
function samplePositions(size: number): number[] {
  const count = Math.min(size, 200);
  return Array.from({ length: count }, (_, k) => (size <= 200 ? k : ((k * 2654435761) % 2 ** 32) % size));
}

/**
 * How far a tensor lies from its sample: the largest difference of a value relative to the root mean square of all, or
 * the difference of the sums relative to what they could be at most. NaN where there is a NaN or the sizes differ.
 */
export function deviation(actual: ArrayLike<number>, expected: TensorSample): number {
  if (actual.length !== expected.size) return Number.NaN;
  let sum = 0;
  let sumOfSquares = 0;
  for (let index = 0; index < actual.length; index++) {
    sum += actual[index];
    sumOfSquares += actual[index] ** 2;
  }
  const rootMeanSquare = Math.sqrt(expected.sumOfSquares / expected.size);
  const differences = samplePositions(expected.size).map((position, k) => actual[position] - expected.values[k]);
  return Math.max(
    ...differences.map((difference) => Math.abs(difference) / rootMeanSquare),
    Math.abs(sum - expected.sum) / (rootMeanSquare * expected.size),
    Math.abs(sumOfSquares - expected.sumOfSquares) / expected.sumOfSquares,
  );
}

/** A model with weights and one batch. */
export interface Problem {
  readonly model: Model;
  /** All weights by path, as Keras lays them out. */
  readonly weights: Map<string, Float64Array>;
  /** `[N, ...inputShape]` */
  readonly input: Float64Array;
  /** The class of each sample. */
  readonly labels: readonly number[];
  /** The labels one-hot: `[N, classes]`. */
  readonly targets: Float64Array;
}

/** One forward and backward pass in training. */
export interface NetworkGolden extends Problem {
  /** Who computed `expected`. */
  readonly source: string;
  /** What dropout draws from. */
  readonly seed: number;
  readonly step: number;
  readonly labelSmoothing: number;
  /** `[N]` */
  readonly sampleWeights: readonly number[];
  readonly expected: {
    /** The weighted mean over N, plus the L2 penalties. */
    readonly loss: number;
    readonly correct: number;
    /** In training, `[N, classes]`. */
    readonly logits: readonly number[];
    /** Not in training: no dropout, moving statistics. */
    readonly inferenceLogits: readonly number[];
    /** After the step, by weight path. */
    readonly movingStatistics: Readonly<Record<string, readonly number[]>>;
    /** By weight path. */
    readonly gradients: Readonly<Record<string, TensorSample>>;
    readonly inputGradient: TensorSample;
  };
}

/** Ten steps of an optimizer on the same batch. */
export interface OptimizerCase {
  readonly name: string;
  readonly rule: UpdateRule;
  readonly learningRate: number;
  /** Before each step. */
  readonly losses: readonly number[];
  /** After the first and the last step, by path. */
  readonly firstWeights: Readonly<Record<string, readonly number[]>>;
  readonly lastWeights: Readonly<Record<string, readonly number[]>>;
}

export interface OptimizerGolden extends Problem {
  readonly source: string;
  readonly cases: readonly OptimizerCase[];
}

/** Each call makes new arrays, which may be changed. */
export function loadNetworkGolden(name: (typeof networkGoldens)[number]): NetworkGolden {
  const stored = read<NetworkGolden>(`network-${name}.json`);
  return { ...stored, ...problemOf(stored) };
}

/** Each call makes new arrays, which may be changed. */
export function loadOptimizerGolden(name: (typeof optimizerGoldens)[number]): OptimizerGolden {
  const stored = read<OptimizerGolden>(`optimizer-${name}.json`);
  return { ...stored, ...problemOf(stored) };
}

/** How a problem is stored. */
interface StoredProblem {
  readonly model: { readonly inputShape: Shape };
  readonly seed: number;
  readonly labels: readonly number[];
  readonly weights: Readonly<Record<string, SeededTensor>>;
  readonly input: SeededTensor;
}

function read<Golden extends Problem>(file: string): Omit<Golden, keyof Problem> & StoredProblem {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}

function problemOf({ model: config, seed, labels, weights, input }: StoredProblem): Problem {
  const model = defineModel(modelFromData(config, 'golden'));
  const inputs = labels.length * sizeOf(config.inputShape);
  const targets = new Float64Array(labels.length * model.classes);
  for (const [n, label] of labels.entries()) targets[n * model.classes + label] = 1;
  return {
    model,
    weights: new Map(
      weightsOf(model).map(({ path, shape }) => [path, seededValues(seed, sizeOf(shape), weights[path])]),
    ),
    input: seededValues(seed, inputs, input),
    labels,
    targets,
  };
}
