/** Small trainings on the caller's thread that touch every kernel: what a build of the kernels is tried on. */

import type { Augmentation } from '../../data/augmentation.js';
import { averagePooling2d } from '../../layers/average-pooling2d.js';
import { batchNormalization } from '../../layers/batch-normalization.js';
import { conv2d } from '../../layers/conv2d.js';
import { dense } from '../../layers/dense.js';
import { dropout } from '../../layers/dropout.js';
import { flatten } from '../../layers/flatten.js';
import { maxPooling2d } from '../../layers/max-pooling2d.js';
import { initialWeights } from '../../model/initial-weights.js';
import { defineModel, type ModelConfig } from '../../model/model.js';
import type { Rows } from '../../model/rows.js';
import { instantiateKernels } from '../kernels.js';
import { engineMemory } from '../memory.js';
import { MemoryPlan } from '../memory-plan.js';
import { recordBytes, writeRecord } from '../program/step-record.js';
import type { UpdateRule } from '../program/update-rule.js';
import { readOptimizerState, readWeights, writeWeights } from '../stored-values.js';
import { Executor } from '../threads/executor.js';
import { writeRows } from '../write-rows.js';

const classes = 10;
const side = 14;
const inputShape = [side, side, 1];
const images = 136;

/** Sizes are such that register tiles of every size are filled, with a rest. */
const trainings: readonly { model: ModelConfig; rule: UpdateRule; augmentation?: Augmentation }[] = [
  {
    model: {
      name: 'fused blocks',
      inputShape,
      layers: [
        conv2d({ filters: 20, kernelSize: 3, activation: 'relu' }),
        maxPooling2d(),
        conv2d({ filters: 21, kernelSize: 3, activation: 'relu' }),
        maxPooling2d(),
        flatten(),
        dense({ units: 60, activation: 'relu' }),
        dropout({ rate: 0.5 }),
        dense({ units: classes, activation: 'softmax' }),
      ],
    },
    rule: { type: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.01, globalClipNorm: 1 },
  },
  {
    model: {
      name: 'separate blocks',
      inputShape,
      layers: [
        conv2d({ filters: 17, kernelSize: 5, padding: 'same', activation: 'tanh' }),
        batchNormalization(),
        conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
        averagePooling2d({ poolSize: 2 }),
        flatten(),
        dense({ units: 13, activation: 'sigmoid' }),
        dense({ units: classes, activation: 'softmax', l2: 0.001 }),
      ],
    },
    rule: { type: 'sgd', momentum: 0.9, nesterov: true },
    augmentation: {
      unchanged: 0.1,
      probability: 0.7,
      shift: 3,
      rotation: 30,
      scale: [0.6, 1.5],
      shear: 0.3,
      elastic: { strength: 2, smoothness: 5 },
      stroke: { thinning: 0.7, thickening: 0.7 },
      noise: 0.2,
    },
  },
];

/** Rings of different sizes on a blank ground, with some noise from integer arithmetic. */
function smallImages(): Rows {
  const data = new Uint8Array(images * side * side).map((_, index) => {
    const image = Math.floor(index / (side * side));
    const row = Math.floor(index / side) % side;
    const distance = Math.max(Math.abs(row - 6), Math.abs((index % side) - 7));
    return distance === image % 6 ? 128 + ((index * 7919) % 127) : 0;
  });
  const targets = Uint8Array.from({ length: images }, (_, image) => image % classes);
  return { inputs: { data, shape: [images, ...inputShape] }, targets };
}

/** @returns all bytes of the weights and of the optimizer's state after two steps of each training */
export function trainSmallModels(module: WebAssembly.Module): Uint8Array {
  return joined(trainings.flatMap((training) => trainSmallModel(module, training)));
}

function trainSmallModel(
  module: WebAssembly.Module,
  { model: config, rule, augmentation }: (typeof trainings)[number],
): Float32Array[] {
  const model = defineModel(config);
  const rows = smallImages();
  const setup = { rows, batchSize: images, rule, seed: 1, augmentation };
  const plan = new MemoryPlan(model, { threads: 1, labelSmoothing: 0, training: setup });
  const memory = engineMemory(plan.bytes);
  const { buffer } = memory;
  writeWeights(buffer, plan, initialWeights(model, 1));
  const { number, program, source } = plan.programOf('training');
  writeRows(buffer, plan.dataOf(source), model, rows, 0, images);
  const order = plan.orderOf(source);
  new Uint32Array(buffer, order, images).set(Array.from({ length: images }, (_, row) => row));
  const { place, records } = plan;
  const steps = 2;
  for (let step = 0; step < steps; step++) {
    const places = { order, output: 0, logits: 0, results: plan.resultAt(step) };
    const numbers = { step, rows: images, learningRate: 0.01, stepSize: 0.01 };
    writeRecord(new DataView(buffer), records + step * recordBytes, { ...numbers, ...places });
  }
  const kernels = instantiateKernels(module, memory);
  const executor = new Executor({ kernels, memory, place, thread: 0, threads: 1, spins: 0 });
  executor.load(number, program);
  executor.execute({
    program: number,
    records,
    steps,
    prologue: true,
    stopAtNonFiniteLoss: false,
    stopOnRequest: false,
  });
  const state = [...readOptimizerState(buffer, plan).values()].map(({ data }) => data);
  return [...readWeights(buffer, plan).values(), ...state];
}

function joined(parts: readonly Float32Array[]): Uint8Array {
  const bytes = parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const all = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
