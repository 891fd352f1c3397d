/**
 * A compiled model: its programs, its memory and its pool of threads. It keeps the weights and the optimizer's state,
 * trains steps, evaluates rows and tells where numbers stopped being finite. What to train when is decided in
 * training/.
 */

import { InklingError } from '../errors.js';
import type { Model } from '../model/model.js';
import type { Rows } from '../model/rows.js';
import type { Tensor } from '../numerics/tensor.js';
import { findNonFinite } from './diagnosis.js';
import { checkThreads, defaultThreads, type EngineOptions } from './engine-options.js';
import {
  type EvaluatedRows,
  type Evaluation,
  type ExecutionContext,
  evaluateOrder,
  evaluateRows,
} from './evaluate-rows.js';
import { type Arithmetic, chooseArithmetic, kernelModule, type VectorBits } from './kernels.js';
import { engineMemory, growMemory } from './memory.js';
import { evaluationBatch, MemoryPlan, type TrainingSetup } from './memory-plan.js';
import { checkAugmentable } from './program/augmentation-numbers.js';
import type { Region } from './program/memory-layout.js';
import type { Program } from './program/program.js';
import { readResult, recordBytes, type StepResult, writeRecord } from './program/step-record.js';
import { trainableWeights } from './program/update-rule.js';
import { Runtime } from './runtime.js';
import { chooseVectorBits } from './self-check/wide-vectors.js';
import {
  checkWeights,
  copyWeights,
  readOptimizerState,
  readWeights,
  writeOptimizerState,
  writeWeights,
} from './stored-values.js';
import { type TrainingProfile, trainingProfile } from './training-profile.js';
import { Turns } from './turns.js';
import { writeRows } from './write-rows.js';

export { maxStepsPerBatch } from './memory-plan.js';

/** One step of a step batch: rows `first` to `first + rows` of the order. */
export interface StepPlan {
  readonly step: number;
  readonly first: number;
  readonly rows: number;
  readonly learningRate: number;
  /** Adam's bias-corrected learning rate. */
  readonly stepSize: number;
}

/**
 * Multiply-adds that the caller's thread does itself: below a millisecond, and a pool's answer alone takes a tenth of
 * one.
 */
const smallWork = 10_000_000;

/**
 * How far beyond its first size a memory can grow in place. For more, as where each training has some more data than
 * the last one, a new memory is taken, and threads are started over it.
 */
const roomToGrow = 1.5;

/** For whoever calls something of a model that was disposed. */
export function disposedError(model: string): InklingError {
  return new InklingError(
    'argument',
    `Model "${model}" was disposed: its weights and threads are gone. Load or define it anew.`,
  );
}

export class Engine {
  readonly model: Model;
  readonly threads: number;
  readonly arithmetic: Arithmetic;
  readonly vectorBits: VectorBits;
  private readonly module: WebAssembly.Module;
  private readonly labelSmoothing: number;
  private plan: MemoryPlan;
  /** Memory and threads: from when there is something to execute. */
  private runtime: Runtime | undefined;
  /** The weights until there is a memory for them; those that are missing are zero. */
  private firstWeights: ReadonlyMap<string, Float32Array> = new Map();
  private disposed = false;
  private readonly turns = new Turns();
  /** Steps and images since `prepareTraining`. */
  private trained = { steps: 0, images: 0 };
  /** Whether the weights lie in the form that evaluation reads. */
  private packed = false;

  /**
   * @param options labelSmoothing: share of each label that the loss spreads over all classes, in training and
   * evaluation; default 0
   */
  constructor(model: Model, options: EngineOptions & { readonly labelSmoothing?: number } = {}) {
    this.model = model;
    this.threads = checkThreads(options.threads ?? defaultThreads().threads);
    this.arithmetic = chooseArithmetic(options.arithmetic ?? 'auto');
    this.vectorBits = chooseVectorBits(options.vectorBits ?? 128, this.arithmetic);
    this.module = kernelModule(this.arithmetic, this.vectorBits);
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.plan = this.arrange(undefined);
  }

  /**
   * Copies of all weights by path, in Keras's layout, in the order of the model.
   * @throws InklingError (argument) while steps are being executed
   */
  weights(): Map<string, Float32Array> {
    this.forbidAfterDispose();
    this.turns.forbidWhileRunning('getWeights');
    if (this.runtime) return readWeights(this.runtime.memory.buffer, this.plan);
    return copyWeights(this.model, this.firstWeights);
  }

  /**
   * @throws InklingError (argument) where a weight is missing or has the wrong number of values, and while steps are
   * being executed or wait for their turn
   */
  setWeights(values: ReadonlyMap<string, Float32Array>): void {
    this.forbidAfterDispose();
    this.turns.forbidWhileAsked('setWeights');
    checkWeights(this.model, values);
    this.packed = false;
    if (this.runtime) writeWeights(this.runtime.memory.buffer, this.plan, values);
    else this.firstWeights = copyWeights(this.model, values);
  }

  /**
   * Copies of what the optimizer remembers, by `slot/path`; empty before training.
   * @throws InklingError (argument) while steps are being executed
   */
  optimizerState(): Map<string, Tensor<Float32Array>> {
    this.forbidAfterDispose();
    this.turns.forbidWhileRunning('trainingState');
    return this.runtime ? readOptimizerState(this.memory.buffer, this.plan) : new Map();
  }

  /** @throws InklingError (argument) where a value is missing or has the wrong size */
  setOptimizerState(state: ReadonlyMap<string, Tensor<Float32Array>>): void {
    writeOptimizerState(this.memory.buffer, this.plan, state);
  }

  /**
   * Lays memory out for a training and copies the data in. Weights stay, optimizer state starts at zero.
   * @param setup its rows fit the model: `checkRows` of model/rows.ts
   * @throws InklingError (data) where rows cannot be augmented, (model) where the model has nothing to train
   */
  prepareTraining(setup: TrainingSetup): void {
    if (setup.augmentation) checkAugmentable(setup.rows.inputs);
    if (trainableWeights(this.model).length === 0) {
      const { name } = this.model.config;
      throw new InklingError(
        'model',
        `Model "${name}" has no weights to train. Add a layer that has some, such as dense.`,
      );
    }
    this.rearrange(setup);
    this.trained = { steps: 0, images: 0 };
    const { plan } = this;
    const { source } = plan.programOf('training');
    const rows = setup.rows.inputs.shape[0];
    writeRows(this.memory.buffer, plan.dataOf(source), this.model, setup.rows, 0, rows);
  }

  /** Sets which rows of the training data the steps and `evaluateRows` use, in which order. */
  setOrder(order: Uint32Array): void {
    const { source } = this.plan.programOf('training');
    new Uint32Array(this.memory.buffer, this.plan.orderOf(source), order.length).set(order);
  }

  /**
   * Trains some steps, at most `maxStepsPerBatch`.
   * @returns the results of the steps that were begun; fewer than asked for after `requestStop`, or where the loss of
   * the last of them is not finite and `stopAtNonFiniteLoss` is set: then that step has not changed the weights
   */
  train(steps: readonly StepPlan[], stopAtNonFiniteLoss: boolean): Promise<StepResult[]> {
    return this.turns.take('training', () => this.trainSteps(steps, stopAtNonFiniteLoss));
  }

  private async trainSteps(steps: readonly StepPlan[], stopAtNonFiniteLoss: boolean): Promise<StepResult[]> {
    const { plan } = this;
    const { number, source } = plan.programOf('training');
    const order = plan.orderOf(source);
    const view = new DataView(this.memory.buffer);
    for (const [index, { first, ...step }] of steps.entries()) {
      const places = { order: order + first * 4, output: 0, logits: 0, results: plan.resultAt(index) };
      writeRecord(view, plan.records + index * recordBytes, { ...step, ...places });
    }
    // A step that is not executed leaves a result of zero, never that of an earlier step batch.
    new Uint8Array(view.buffer, plan.resultAt(0), steps.length * plan.resultStride).fill(0);
    const stepBatch = { program: number, records: plan.records, steps: steps.length, prologue: true };
    this.packed = false;
    const finished = await this.startedRuntime().execute(plan, {
      ...stepBatch,
      stopAtNonFiniteLoss,
      stopOnRequest: true,
    });
    const penalties = plan.penalized.length;
    const results = steps.map((_, index) => readResult(view, plan.resultAt(index), penalties));
    const broken = stopAtNonFiniteLoss && finished < steps.length && !Number.isFinite(results[finished].loss);
    const begun = results.slice(0, broken ? finished + 1 : finished);
    this.trained.steps += begun.length;
    for (const { rows } of steps.slice(0, begun.length)) this.trained.images += rows;
    return begun;
  }

  /**
   * Where the time of the steps since `prepareTraining` went.
   * @returns undefined where that was not asked to profile, or where no step was trained
   */
  async profile(): Promise<TrainingProfile | undefined> {
    const { model, plan, trained } = this;
    if (!plan.training?.profile || trained.steps === 0) return undefined;
    const { number, program } = plan.programOf('training');
    return trainingProfile({
      model,
      program,
      threads: await this.startedRuntime().profiles(plan, number),
      ...trained,
    });
  }

  /**
   * Executes a step's way forward on the caller's thread and looks at everything it reads and makes.
   * @returns a sentence that names the first numbers that are not finite: weights, inputs or a layer's output
   * @throws InklingError (argument) while steps are being executed
   */
  diagnose(step: StepPlan): string {
    this.turns.forbidWhileRunning('diagnose');
    const { memory, plan } = this;
    const { records } = plan;
    const { number, program, source } = plan.programOf('inspection');
    const order = plan.orderOf(source) + step.first * 4;
    writeRecord(new DataView(memory.buffer), records, {
      ...step,
      order,
      output: 0,
      logits: 0,
      results: plan.resultAt(0),
    });
    const stepBatch = { program: number, records, steps: 1, prologue: true };
    this.startedRuntime().executeInline(plan, { ...stepBatch, stopAtNonFiniteLoss: false, stopOnRequest: false });
    return findNonFinite(memory.buffer, program, step.rows, this.weights());
  }

  /** Asks a running `train` to return after the step that it is at. */
  requestStop(): void {
    this.runtime?.requestStop();
  }

  /** Evaluates rows `first` to `end` of the order of the training data. */
  evaluateOrder(first: number, end: number): Promise<Evaluation> {
    return this.turns.take('evaluation', () => evaluateOrder(this.stage(), first, end));
  }

  /**
   * Evaluates rows that fit the model (`checkRows`); several calls one after the other, since they share one place in
   * memory.
   * @returns also probabilities and logits `[N, classes]`; loss and correct mean nothing where there are no targets
   */
  evaluate(rows: Rows): Promise<EvaluatedRows> {
    return this.turns.take('evaluation', () => evaluateRows(this.stage(), rows));
  }

  /** Does something short, such as copying weights, after the evaluations that were asked for before. */
  between<Result>(action: () => Result): Promise<Result> {
    return this.turns.between(action);
  }

  /** Resolves when no evaluation that was asked for so far is running or waiting any more. */
  idle(): Promise<void> {
    return this.turns.ended();
  }

  /**
   * @throws InklingError (argument) that begins with the name of the action, while anything is running or waiting for
   * its turn
   */
  forbidWhileAtWork(action: string): void {
    this.turns.forbidWhileAsked(action);
  }

  /** The memory map: every region with its address and size. */
  get regions(): readonly Region[] {
    return this.plan.regions;
  }

  /** The programs as they stand. */
  get programs(): Program[] {
    return [...this.plan.programs.values()].map(({ program }) => program);
  }

  /**
   * Ends the threads and lets the memory go; every later call fails, but another one of this. Engines that nobody holds
   * any more are cleared away without it, when the host gets round to that.
   * @throws InklingError (argument) while steps are being executed
   */
  dispose(): void {
    if (this.disposed) return;
    this.turns.forbidWhileAsked('dispose');
    this.runtime?.end();
    this.runtime = undefined;
    this.firstWeights = new Map();
    this.disposed = true;
  }

  /** @throws InklingError (argument) */
  forbidAfterDispose(): void {
    if (this.disposed) throw disposedError(this.model.config.name);
  }

  private get memory(): WebAssembly.Memory {
    return this.startedRuntime().memory;
  }

  private startedRuntime(): Runtime {
    this.forbidAfterDispose();
    if (!this.runtime) {
      this.runtime = this.runtimeFor(this.plan);
      writeWeights(this.runtime.memory.buffer, this.plan, copyWeights(this.model, this.firstWeights));
      this.firstWeights = new Map();
    }
    return this.runtime;
  }

  private runtimeFor({ bytes }: MemoryPlan): Runtime {
    const { module, threads } = this;
    return new Runtime({ module, threads, memory: engineMemory(bytes, bytes * roomToGrow) });
  }

  private arrange(training: TrainingSetup | undefined): MemoryPlan {
    const { threads, labelSmoothing } = this;
    return new MemoryPlan(this.model, { threads, labelSmoothing, training });
  }

  /**
   * A new plan with the weights of the old one; all else starts at zero. Where there is no room for it, all stays as it
   * was.
   */
  private rearrange(training: TrainingSetup): void {
    const weights = this.weights();
    const plan = this.arrange(training);
    if (!this.runtime || !growMemory(this.runtime.memory, plan.bytes)) {
      const runtime = this.runtimeFor(plan);
      this.runtime?.end();
      this.runtime = runtime;
      this.firstWeights = new Map();
    }
    this.plan = plan;
    for (const { address, bytes } of plan.zeroedRegions) {
      new Uint8Array(this.memory.buffer, address, bytes).fill(0);
    }
    this.setWeights(weights);
  }

  /** Where evaluations take place now. */
  private stage(): ExecutionContext {
    const { plan } = this;
    const runtime = this.startedRuntime();
    const work = plan.model.layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
    return {
      memory: runtime.memory,
      plan,
      execute: async (stepBatch, rows) => {
        const whole = { ...stepBatch, prologue: !this.packed, stopAtNonFiniteLoss: false, stopOnRequest: false };
        if (rows <= evaluationBatch && rows * work <= smallWork) runtime.executeInline(plan, whole);
        else await runtime.execute(plan, whole);
        this.packed = true;
      },
    };
  }
}
