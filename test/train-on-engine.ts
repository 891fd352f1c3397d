/** Executes training steps of a small problem on the built engine and hands back all that they made. */

import { Engine, type StepPlan } from '../dist/engine/engine.js';
import type { EngineOptions } from '../dist/engine/engine-options.js';
import type { UpdateRule } from '../src/engine/program/update-rule.js';
import type { Model } from '../src/model/model.js';
import { adamStepSize } from '../src/training/optimizers.js';

export interface EngineProblem {
  readonly model: Model;
  readonly weights: ReadonlyMap<string, Float64Array>;
  /** `[N, ...inputShape]` */
  readonly input: Float64Array;
  /** `[N, classes]` */
  readonly targets: Float64Array;
  readonly sampleWeights?: readonly number[];
  readonly labelSmoothing?: number;
}

export interface Steps {
  readonly rule: UpdateRule;
  readonly learningRate: number;
  /** Number of the first step; dropout depends on it. */
  readonly first: number;
  /** Number after that of the last step. */
  readonly end: number;
}

const float32 = (values: ReadonlyMap<string, Float64Array>) => {
  return new Map([...values].map(([path, numbers]) => [path, Float32Array.from(numbers)]));
};

/** The rows of a problem as the engine takes them. */
export function rowsOf({ model, input, targets, sampleWeights }: EngineProblem) {
  const count = targets.length / model.classes;
  return {
    inputs: { data: Float32Array.from(input), shape: [count, ...model.config.inputShape] },
    targets: { data: Float32Array.from(targets), shape: [count, model.classes] },
    sampleWeights: sampleWeights && Float32Array.from(sampleWeights),
  };
}

/** An engine with the problem's weights; who makes it ends its threads. */
export function engineOf(problem: EngineProblem, options: EngineOptions): Engine {
  const engine = new Engine(problem.model, { threads: 2, labelSmoothing: problem.labelSmoothing, ...options });
  engine.setWeights(float32(problem.weights));
  return engine;
}

/** Gives an engine with the problem's weights to `use` and ends its threads afterwards. */
export async function withEngine<Result>(
  problem: EngineProblem,
  options: EngineOptions,
  use: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const engine = engineOf(problem, options);
  try {
    return await use(engine);
  } finally {
    engine.dispose();
  }
}

/** Sets the problem's weights and lays out a training on the whole problem as one batch. */
export function prepare(engine: Engine, problem: EngineProblem, rule: UpdateRule, seed: number): void {
  const rows = rowsOf(problem);
  const count = rows.inputs.shape[0];
  engine.setWeights(float32(problem.weights));
  engine.prepareTraining({ rows, batchSize: count, rule, seed });
  engine.setOrder(Uint32Array.from({ length: count }, (_, row) => row));
}

/** Trains steps `first` to `end`. @returns the loss and the number of right answers before each of them */
export function trainSteps(engine: Engine, problem: EngineProblem, steps: Steps) {
  const { rule, learningRate, first, end } = steps;
  const plans = Array.from({ length: end - first }, (_, index): StepPlan => {
    const step = first + index;
    const adam = rule.type === 'adam' || rule.type === 'adamw';
    const stepSize = adam ? adamStepSize(learningRate, rule.beta1, rule.beta2, step) : learningRate;
    return { step, first: 0, rows: problem.targets.length / problem.model.classes, learningRate, stepSize };
  });
  return engine.train(plans, false);
}

/**
 * The gradients of a step: the momentum that sgd has after its first step is the gradient, negated, where the
 * learning rate is 1.
 */
export async function gradientsOf(engine: Engine, problem: EngineProblem, seed: number, step: number, clip = {}) {
  const rule = { type: 'sgd', momentum: 0.5, nesterov: false, ...clip } as const;
  prepare(engine, problem, rule, seed);
  const [result] = await trainSteps(engine, problem, { rule, learningRate: 1, first: step, end: step + 1 });
  const gradients = new Map(
    [...engine.optimizerState()].map(([name, { data }]) => {
      return [name.replace(/^momentum\//, ''), Float64Array.from(data, (value) => -value)];
    }),
  );
  return { ...result, gradients };
}
