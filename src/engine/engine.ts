/**
 * A compiled model: its programs, its memory and its team of threads. It keeps the weights and the optimizer's state, trains
 * steps, evaluates rows and tells where numbers stopped being finite. What to train when is decided in training/.
 */

import { InklingError } from '../errors.js';
import type { Model } from '../model/model.js';
import { checkRows, type Rows } from '../model/rows.js';
import type { Tensor } from '../numerics/tensor.js';
import { Arrangement, evaluationBatch, type TrainingSetup } from './arrangement.js';
import { findNonFinite } from './diagnosis.js';
import { checkThreads, defaultThreads, type EngineOptions } from './engine-options.js';
import { type EvaluatedRows, type Evaluation, evaluateOrder, evaluateRows, type Stage } from './evaluate-rows.js';
import { Executor } from './executor.js';
import { type Arithmetic, chooseArithmetic, kernelModule, type VectorBits } from './kernels.js';
import { checkAugmentable } from './program/augmentation-numbers.js';
import type { Region } from './program/memory-layout.js';
import type { Program } from './program/program.js';
import { readResult, recordBytes, type StepResult, writeRecord } from './program/step-record.js';
import { trainableWeights } from './program/update-rule.js';
import { chooseVectorBits } from './self-check/wide-vectors.js';
import { growMemory, sharedMemory } from './shared-memory.js';
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

export { longestBurst } from './arrangement.js';

/** One step of a burst: rows `first` to `first + rows` of the order. */
export interface StepPlan {
  readonly step: number;
  readonly first: number;
  readonly rows: number;
  readonly learningRate: number;
  /** Adam's bias-corrected learning rate. */
  readonly stepSize: number;
}

/** Multiply-adds that the caller's thread does itself: below a millisecond, and a team's answer alone takes a tenth of one. */
const smallWork = 10_000_000;

/**
 * How far beyond its first size a memory can grow in place. For more, as where each training has some more data than the last one, a
 * new memory is taken, and threads are started over it.
 */
const roomToGrow = 1.5;

/** For whoever calls something of a model that was disposed. */
export function disposedError(model: string): InklingError {
  return new InklingError(
    'argument',
    `model "${model}" was disposed: its weights and threads are gone. Load or define it anew.`,
  );
}

export class Engine {
  readonly model: Model;
  readonly threads: number;
  readonly arithmetic: Arithmetic;
  readonly vectorBits: VectorBits;
  private readonly module: WebAssembly.Module;
  private readonly labelSmoothing: number;
  private arrangement: Arrangement;
  /** Memory and threads: from when there is something to play. */
  private executor: Executor | undefined;
  /** The weights until there is a memory for them; those that are missing are zero. */
  private firstWeights: ReadonlyMap<string, Float32Array> = new Map();
  private disposed = false;
  private readonly turns = new Turns();
  /** Steps and images since `prepareTraining`. */
  private trained = { steps: 0, images: 0 };
  /** Whether the weights lie in the form that evaluation reads. */
  private packed = false;

  /** @param options labelSmoothing: share of each label that the loss spreads over all classes, in training and evaluation; default 0 */
  constructor(model: Model, options: EngineOptions & { readonly labelSmoothing?: number } = {}) {
    this.model = model;
    this.threads = checkThreads(options.threads ?? defaultThreads());
    this.arithmetic = chooseArithmetic(options.arithmetic ?? 'auto');
    this.vectorBits = chooseVectorBits(options.vectorBits ?? 128, this.arithmetic);
    this.module = kernelModule(this.arithmetic, this.vectorBits);
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.arrangement = this.arrange(undefined);
  }

  /**
   * Copies of all weights by path, in Keras's layout, in the order of the model.
   * @throws InklingError (argument) while steps are being played
   */
  weights(): Map<string, Float32Array> {
    this.forbidAfterDispose();
    this.turns.forbidWhileRunning('getWeights');
    if (this.executor) return readWeights(this.executor.memory.buffer, this.arrangement);
    return copyWeights(this.model, this.firstWeights);
  }

  /**
   * @throws InklingError (argument) where a weight is missing or has the wrong number of values, and while steps are being played or
   * wait for their turn
   */
  setWeights(values: ReadonlyMap<string, Float32Array>): void {
    this.forbidAfterDispose();
    this.turns.forbidWhileAsked('setWeights');
    checkWeights(this.model, values);
    this.packed = false;
    if (this.executor) writeWeights(this.executor.memory.buffer, this.arrangement, values);
    else this.firstWeights = copyWeights(this.model, values);
  }

  /**
   * Copies of what the optimizer remembers, by `slot/path`; empty before training.
   * @throws InklingError (argument) while steps are being played
   */
  optimizerState(): Map<string, Tensor<Float32Array>> {
    this.forbidAfterDispose();
    this.turns.forbidWhileRunning('trainingState');
    return this.executor ? readOptimizerState(this.memory.buffer, this.arrangement) : new Map();
  }

  /** @throws InklingError (argument) where a value is missing or has the wrong size */
  setOptimizerState(state: ReadonlyMap<string, Tensor<Float32Array>>): void {
    writeOptimizerState(this.memory.buffer, this.arrangement, state);
  }

  /**
   * Lays memory out for a training and copies the data in. Weights stay, optimizer state starts at zero.
   * @throws InklingError (data) where rows do not fit the model or cannot be augmented, (model) where it has nothing to train
   */
  prepareTraining(setup: TrainingSetup): void {
    checkRows(this.model, setup.rows);
    if (setup.augmentation) checkAugmentable(setup.rows.inputs);
    if (trainableWeights(this.model).length === 0) {
      const { name } = this.model.config;
      throw new InklingError(
        'model',
        `model "${name}" has no weights to train. Add a layer that has some, such as dense.`,
      );
    }
    this.rearrange(setup);
    this.trained = { steps: 0, images: 0 };
    const { arrangement } = this;
    const { source } = arrangement.programOf('training');
    const rows = setup.rows.inputs.shape[0];
    writeRows(this.memory.buffer, arrangement.dataOf(source), this.model, setup.rows, 0, rows);
  }

  /** Sets which rows of the training data the steps and `evaluateRows` use, in which order. */
  setOrder(order: Uint32Array): void {
    const { source } = this.arrangement.programOf('training');
    new Uint32Array(this.memory.buffer, this.arrangement.orderOf(source), order.length).set(order);
  }

  /**
   * Trains some steps, at most `longestBurst`.
   * @returns the results of the steps that were begun; fewer than asked for after `requestStop`, or where the loss of the
   * last of them is not finite and `stopAtNonFiniteLoss` is set: then that step has not changed the weights
   */
  train(steps: readonly StepPlan[], stopAtNonFiniteLoss: boolean): Promise<StepResult[]> {
    return this.turns.take('training', () => this.trainSteps(steps, stopAtNonFiniteLoss));
  }

  private async trainSteps(steps: readonly StepPlan[], stopAtNonFiniteLoss: boolean): Promise<StepResult[]> {
    const { arrangement } = this;
    const { number, source } = arrangement.programOf('training');
    const order = arrangement.orderOf(source);
    const view = new DataView(this.memory.buffer);
    for (const [index, { first, ...plan }] of steps.entries()) {
      const places = { order: order + first * 4, output: 0, logits: 0, results: arrangement.resultAt(index) };
      writeRecord(view, arrangement.records + index * recordBytes, { ...plan, ...places });
    }
    // A step that is not played leaves a result of zero, never that of an earlier burst.
    new Uint8Array(view.buffer, arrangement.resultAt(0), steps.length * arrangement.resultStride).fill(0);
    const burst = { program: number, records: arrangement.records, steps: steps.length, prologue: true };
    this.packed = false;
    const finished = await this.startedExecutor().play(arrangement, {
      ...burst,
      stopAtNonFiniteLoss,
      stopOnRequest: true,
    });
    const penalties = arrangement.penalized.length;
    const results = steps.map((_, index) => readResult(view, arrangement.resultAt(index), penalties));
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
    const { model, arrangement, trained } = this;
    if (!arrangement.training?.profile || trained.steps === 0) return undefined;
    const { number, program } = arrangement.programOf('training');
    return trainingProfile({
      model,
      program,
      threads: await this.startedExecutor().profiles(arrangement, number),
      ...trained,
    });
  }

  /**
   * Plays a step's way forward on the caller's thread and looks at everything it reads and makes.
   * @returns a sentence that names the first numbers that are not finite: weights, inputs or a layer's output
   * @throws InklingError (argument) while steps are being played
   */
  diagnose(plan: StepPlan): string {
    this.turns.forbidWhileRunning('diagnose');
    const { memory, arrangement } = this;
    const { records } = arrangement;
    const { number, program, source } = arrangement.programOf('inspection');
    const order = arrangement.orderOf(source) + plan.first * 4;
    writeRecord(new DataView(memory.buffer), records, {
      ...plan,
      order,
      output: 0,
      logits: 0,
      results: arrangement.resultAt(0),
    });
    const burst = { program: number, records, steps: 1, prologue: true };
    this.startedExecutor().playHere(arrangement, { ...burst, stopAtNonFiniteLoss: false, stopOnRequest: false });
    return findNonFinite(memory.buffer, program, plan.rows, this.weights());
  }

  /** Asks a running `train` to return after the step that it is at. */
  requestStop(): void {
    Atomics.store(new Int32Array(this.memory.buffer), this.arrangement.place.stopRequest >> 2, 1);
  }

  /** Evaluates rows `first` to `end` of the order of the training data. */
  evaluateOrder(first: number, end: number): Promise<Evaluation> {
    return this.turns.take('evaluation', () => evaluateOrder(this.stage(), first, end));
  }

  /**
   * Evaluates any rows; several calls one after the other, since they share one place in memory.
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

  /** @throws InklingError (argument) that begins with the name of the action, while anything is running or waiting for its turn */
  forbidWhileAtWork(action: string): void {
    this.turns.forbidWhileAsked(action);
  }

  /** The memory map: every region with its address and size. */
  get regions(): readonly Region[] {
    return this.arrangement.regions;
  }

  /** The programs as they stand. */
  get programs(): Program[] {
    return [...this.arrangement.programs.values()].map(({ program }) => program);
  }

  /**
   * Ends the threads and lets the memory go; every later call fails, but another one of this. Engines that nobody holds any more are
   * cleared away without it, when the host gets round to that.
   * @throws InklingError (argument) while steps are being played
   */
  dispose(): void {
    if (this.disposed) return;
    this.turns.forbidWhileAsked('dispose');
    this.executor?.end();
    this.executor = undefined;
    this.firstWeights = new Map();
    this.disposed = true;
  }

  /** @throws InklingError (argument) */
  forbidAfterDispose(): void {
    if (this.disposed) throw disposedError(this.model.config.name);
  }

  private get memory(): WebAssembly.Memory {
    return this.startedExecutor().memory;
  }

  private startedExecutor(): Executor {
    this.forbidAfterDispose();
    if (!this.executor) {
      this.executor = this.executorFor(this.arrangement);
      writeWeights(this.executor.memory.buffer, this.arrangement, copyWeights(this.model, this.firstWeights));
      this.firstWeights = new Map();
    }
    return this.executor;
  }

  private executorFor({ bytes }: Arrangement): Executor {
    const { module, threads } = this;
    return new Executor({ module, threads, memory: sharedMemory(bytes, bytes * roomToGrow) });
  }

  private arrange(training: TrainingSetup | undefined): Arrangement {
    const { threads, labelSmoothing } = this;
    return new Arrangement(this.model, { threads, labelSmoothing, training });
  }

  /** A new arrangement with the weights of the old one; all else starts at zero. Where there is no room for it, all stays as it was. */
  private rearrange(training: TrainingSetup): void {
    const weights = this.weights();
    const arrangement = this.arrange(training);
    if (!this.executor || !growMemory(this.executor.memory, arrangement.bytes)) {
      const executor = this.executorFor(arrangement);
      this.executor?.end();
      this.executor = executor;
      this.firstWeights = new Map();
    }
    this.arrangement = arrangement;
    for (const { address, bytes } of arrangement.zeroedRegions) {
      new Uint8Array(this.memory.buffer, address, bytes).fill(0);
    }
    this.setWeights(weights);
  }

  /** Where evaluations take place now. */
  private stage(): Stage {
    const { arrangement } = this;
    const executor = this.startedExecutor();
    const work = arrangement.model.layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
    return {
      memory: executor.memory,
      arrangement,
      play: async (burst, rows) => {
        const whole = { ...burst, prologue: !this.packed, stopAtNonFiniteLoss: false, stopOnRequest: false };
        if (rows <= evaluationBatch && rows * work <= smallWork) executor.playHere(arrangement, whole);
        else await executor.play(arrangement, whole);
        this.packed = true;
      },
    };
  }
}
