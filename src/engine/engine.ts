/**
 * A compiled model: its programs, its memory and its team of threads. It keeps the weights and the optimizer's state, trains
 * steps, evaluates rows and tells where numbers stopped being finite. What to train when is decided in training/.
 */

import { InklingError } from '../errors.js';
import type { Model } from '../model/model.js';
import type { Tensor } from '../numerics/tensor.js';
import { Arrangement, evaluationBatch, type TrainingSetup } from './arrangement.js';
import { checkAugmentable } from './augmentation-rule.js';
import { checkRows, type Rows, writeRows } from './data.js';
import { findNonFinite } from './diagnosis.js';
import { checkThreads, defaultThreads, type EngineOptions } from './engine-options.js';
import { type EvaluatedRows, type Evaluation, evaluateOrder, evaluateRows, type Stage } from './evaluation.js';
import {
  type Arithmetic,
  chooseArithmetic,
  instantiateKernels,
  kernelModule,
  pagesFor,
  sharedMemory,
  type VectorBits,
} from './kernels.js';
import type { Region } from './memory-layout.js';
import { type Burst, Player } from './player.js';
import type { Program } from './program.js';
import { readResult, recordBytes, type StepResult, writeRecord } from './step-record.js';
import { readOptimizerState, readWeights, writeOptimizerState, writeWeights } from './stored-values.js';
import { Team } from './team.js';
import { type TrainingProfile, trainingProfile } from './training-profile.js';
import { Turns } from './turns.js';
import { trainableWeights } from './update-rule.js';
import { chooseVectorBits } from './wide-vectors.js';

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

/** Threads of engines that nobody holds any more are ended. */
const abandoned = new FinalizationRegistry<Team>((team) => team.end());

export class Engine {
  readonly model: Model;
  readonly threads: number;
  readonly arithmetic: Arithmetic;
  readonly vectorBits: VectorBits;
  private readonly module: WebAssembly.Module;
  private readonly memory: WebAssembly.Memory;
  private readonly labelSmoothing: number;
  private arrangement: Arrangement;
  private team: Team | undefined;
  private readonly turns = new Turns();
  /** Programs that the threads know. They forget one where they learn another of the same number. */
  private readonly taught = new Set<Program>();
  /** Steps and images since `prepareTraining`. */
  private trained = { steps: 0, images: 0 };
  /** Whether the weights lie in the form that evaluation reads. */
  private packed = false;
  /** Who plays on the caller's thread. */
  private soloist: { readonly arrangement: Arrangement; readonly player: Player } | undefined;

  /** @param options labelSmoothing: share of each label that the loss spreads over all classes, in training and evaluation; default 0 */
  constructor(model: Model, options: EngineOptions & { readonly labelSmoothing?: number } = {}) {
    this.model = model;
    this.threads = checkThreads(options.threads ?? defaultThreads());
    this.arithmetic = chooseArithmetic(options.arithmetic ?? 'auto');
    this.vectorBits = chooseVectorBits(options.vectorBits ?? 128, this.arithmetic);
    this.module = kernelModule(this.arithmetic, this.vectorBits);
    this.memory = sharedMemory(65536);
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.arrangement = this.arrange(undefined);
  }

  /**
   * Copies of all weights by path, in Keras's layout, in the order of the model.
   * @throws InklingError (argument) while steps are being played
   */
  weights(): Map<string, Float32Array> {
    this.turns.forbidWhileRunning('getWeights');
    return readWeights(this.memory.buffer, this.arrangement);
  }

  /**
   * @throws InklingError (argument) where a weight is missing or has the wrong number of values, and while steps are being played or
   * wait for their turn
   */
  setWeights(values: ReadonlyMap<string, Float32Array>): void {
    this.turns.forbidWhileAsked('setWeights');
    this.packed = false;
    writeWeights(this.memory.buffer, this.arrangement, values);
  }

  /**
   * Copies of what the optimizer remembers, by `slot/path`; empty before training.
   * @throws InklingError (argument) while steps are being played
   */
  optimizerState(): Map<string, Tensor<Float32Array>> {
    this.turns.forbidWhileRunning('trainingState');
    return readOptimizerState(this.memory.buffer, this.arrangement);
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
    const finished = await this.play({ ...burst, stopAtNonFiniteLoss, stopOnRequest: true });
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
    return trainingProfile({ model, program, threads: await this.startedTeam().profiles(number), ...trained });
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
    this.playHere({ ...burst, stopAtNonFiniteLoss: false, stopOnRequest: false });
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

  /** Ends the threads. Only tests need it: threads that idle do not keep a process alive. */
  end(): void {
    this.team?.end();
    this.team = undefined;
    this.taught.clear();
  }

  /** Works out an arrangement and grows the memory to hold it. */
  private arrange(training: TrainingSetup | undefined): Arrangement {
    const { threads, labelSmoothing } = this;
    const arrangement = new Arrangement(this.model, { threads, labelSmoothing, training });
    const missing = pagesFor(arrangement.bytes) - this.memory.buffer.byteLength / 65536;
    if (missing > 0) this.grow(missing);
    return arrangement;
  }

  private grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new InklingError(
        'environment',
        `could not get ${Math.ceil(pages / 16)} MiB more memory. Use fewer images, a smaller batch or a smaller model.`,
        { cause },
      );
    }
  }

  /** A new arrangement with the weights of the old one; all else starts at zero. */
  private rearrange(training: TrainingSetup): void {
    const weights = this.weights();
    this.arrangement = this.arrange(training);
    this.taught.clear();
    for (const { address, bytes } of this.arrangement.zeroedRegions) {
      new Uint8Array(this.memory.buffer, address, bytes).fill(0);
    }
    this.setWeights(weights);
  }

  /** Where evaluations take place now. */
  private stage(): Stage {
    const { memory, arrangement } = this;
    const work = arrangement.model.layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
    return {
      memory,
      arrangement,
      play: async (burst, rows) => {
        const whole = { ...burst, prologue: !this.packed, stopAtNonFiniteLoss: false, stopOnRequest: false };
        if (rows <= evaluationBatch && rows * work <= smallWork) this.playHere(whole);
        else await this.play(whole);
        this.packed = true;
      },
    };
  }

  /** Plays on the caller's thread, while the team rests. */
  private playHere(burst: Burst): void {
    const { memory, arrangement } = this;
    if (this.soloist?.arrangement !== arrangement) {
      const kernels = instantiateKernels(this.module, memory);
      const player = new Player({ kernels, memory, place: arrangement.place, thread: 0, threads: 1, spins: 0 });
      for (const { number, program } of arrangement.programs.values()) player.learn(number, program);
      this.soloist = { arrangement, player };
    }
    this.soloist.player.play(burst);
  }

  private async play(burst: Burst): Promise<number> {
    Atomics.store(new Int32Array(this.memory.buffer), this.arrangement.place.stopRequest >> 2, 0);
    const team = this.startedTeam();
    const { program, number } = [...this.arrangement.programs.values()].find(({ number }) => number === burst.program)!;
    if (!this.taught.has(program)) {
      const { training } = this.arrangement;
      team.learn(number, program, training?.profile && this.arrangement.programOf('training').program === program);
      this.taught.add(program);
    }
    return team.play(burst);
  }

  private startedTeam(): Team {
    if (!this.team) {
      const { module, memory, threads } = this;
      this.team = new Team({ module, memory, place: this.arrangement.place, threads });
      abandoned.register(this, this.team);
    }
    return this.team;
  }
}
