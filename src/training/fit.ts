/**
 * The training loop: epochs of shuffled batches, many steps at a time, validation, callbacks, history. It decides what
 * is trained when; how a step is computed is the engine's affair.
 */

import { shuffledOrder } from '../data/shuffle.js';
import { type Engine, maxStepsPerBatch, type StepPlan } from '../engine/engine.js';
import { InklingError } from '../errors.js';
import type { Rows } from '../model/rows.js';
import type { Backup, CheckpointOfTraining } from './backup.js';
import {
  type Callback,
  type CallbackState,
  callbackNames,
  type StepLogs,
  type TrainingControl,
  type WeightValues,
} from './callback.js';
import type { Checkpoint } from './checkpoint.js';
import { type EpochLogs, History } from './history.js';
import { learningRateAt, type TrainingLength } from './learning-rate.js';
import { adamStepSize, type Optimizer } from './optimizers.js';
import { TerminateOnNaN } from './terminate-on-nan.js';
import { RunningPosition, type TrainingPosition } from './training-position.js';

/** How long a step batch should take: as often the callbacks hear what happened. */
const burstMilliseconds = 100;

/** A training, ready to run: the engine has been prepared with the rows. */
export interface TrainingJob {
  readonly engine: Engine;
  readonly optimizer: Optimizer;
  /** Rows of the training data to train on, and to validate on; the latter may be none. */
  readonly trainingRows: Uint32Array;
  readonly validationRows: Uint32Array;
  /** Validation data of its own, instead of `validationRows`. */
  readonly validationData?: Rows | undefined;
  /** Ends with epoch number `epochs`; begins after `initialEpoch`. */
  readonly epochs: number;
  readonly initialEpoch: number;
  /** Where it begins: after the steps that the optimizer has done before, and perhaps in the midst of an epoch. */
  readonly position: TrainingPosition;
  readonly batchSize: number;
  readonly seed: number;
  readonly callbacks: readonly Callback[];
  /** Keeps checkpoints. */
  readonly backup?: Backup | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Saves the model as it stands, for `TrainingControl.save`. */
  save(folder: string): Promise<void>;
  /** Hears, before any callback does, how far the training has come. */
  onProgress(progress: TrainingProgress): void;
}

export interface TrainingProgress {
  readonly position: TrainingPosition;
  /** Number of the last finished epoch. */
  readonly epochs: number;
}

/**
 * Runs the job to its end, to a callback's stop or to the signal's abort. What a callback throws ends it.
 * @returns the epochs that were finished
 */
export function runTraining(job: TrainingJob): Promise<History> {
  return new TrainingRun(job).run();
}

class TrainingRun implements TrainingControl {
  private readonly job: TrainingJob;
  private readonly length: TrainingLength;
  private readonly finished: EpochLogs[] = [];
  private position: RunningPosition;
  private stopped = false;
  private burstLength = 1;
  /** The most steps of the next burst, where somebody asked for it. */
  private burstLimit: number | undefined;
  private lastPlan: StepPlan | undefined;
  /** Where the last checkpoint was taken. */
  private keptAt = '';
  /** Callbacks that have taken their state back have heard of an epoch's beginning. */
  private readonly restored = new Set<Callback>();

  constructor(job: TrainingJob) {
    this.job = job;
    this.position = new RunningPosition(job.position);
    const stepsPerEpoch = Math.ceil(job.trainingRows.length / job.batchSize);
    this.length = { stepsPerEpoch, totalSteps: stepsPerEpoch * job.epochs };
  }

  async run(): Promise<History> {
    const { job } = this;
    const { backup } = job;
    const abort = () => job.engine.requestStop();
    job.signal?.addEventListener('abort', abort);
    try {
      await this.tell((callback) => callback.onTrainBegin?.(this));
      if (backup) await this.restore(backup);
      for (let epoch = this.lastFinished; epoch < job.epochs && !this.ended; epoch++) {
        const logs = await this.runEpoch(epoch);
        if (logs === undefined) break;
        this.finished.push(logs);
        this.position.beginEpoch();
        this.reportProgress();
        await this.tell((callback) => callback.onEpochEnd?.(epoch, logs, this));
        if (backup?.isDue('epoch')) await this.keepCheckpoint(backup);
      }
      // Before the callbacks hear of the end: what they do to the weights then, they do again.
      if (backup && this.keptAt !== this.place) await this.keepCheckpoint(backup);
      await backup?.settle();
      await this.tell((callback) => callback.onTrainEnd?.(this.finished.at(-1), this));
      const isDone = this.stopped || this.lastFinished === job.epochs;
      if (isDone) await backup?.end();
    } finally {
      job.signal?.removeEventListener('abort', abort);
      await backup?.settle().catch(() => {});
    }
    return new History(this.finished, await job.engine.profile(), backup?.seconds);
  }

  stopTraining(): void {
    this.stopped = true;
    this.job.engine.requestStop();
  }

  get epochs(): number {
    return this.job.epochs;
  }

  get imagesPerEpoch(): number {
    return this.job.trainingRows.length;
  }

  get learningRate(): number {
    return this.learningRateAt(this.position.step);
  }

  setLearningRate(value: number): void {
    if (!(value >= 0) || !Number.isFinite(value)) {
      throw new InklingError(
        'argument',
        `setLearningRate: expected a finite number of at least 0. Received: ${value}.`,
      );
    }
    this.position.learningRate = value;
    this.reportProgress();
  }

  limitSteps(most: number): void {
    if (!Number.isInteger(most) || most < 1) {
      throw new InklingError('argument', `limitSteps: expected an integer of at least 1. Received: ${most}.`);
    }
    this.burstLimit = most;
  }

  getWeights(): WeightValues {
    return this.job.engine.weights();
  }

  setWeights(values: WeightValues): void {
    this.job.engine.setWeights(values);
  }

  save(folder: string): Promise<void> {
    return this.job.save(folder);
  }

  async diagnose(): Promise<string> {
    return this.lastPlan ? this.job.engine.diagnose(this.lastPlan) : 'No step has been trained yet.';
  }

  private reportProgress(): void {
    this.job.onProgress({ position: this.position.current(), epochs: this.lastFinished });
  }

  /** Number of the last finished epoch. */
  private get lastFinished(): number {
    return this.finished.at(-1)?.epoch ?? this.job.initialEpoch;
  }

  /** Goes on from the newest checkpoint, or writes the first one. */
  private async restore(backup: Backup): Promise<void> {
    const { job } = this;
    const checkpoint = await backup.restore(job.epochs);
    if (!checkpoint) return this.keepCheckpoint(backup);
    job.engine.setWeights(checkpoint.weights);
    if (checkpoint.optimizer.size > 0) job.engine.setOptimizerState(checkpoint.optimizer);
    this.finished.push(...checkpoint.epochs);
    this.stopped = checkpoint.stopped && job.epochs === checkpoint.lastEpoch;
    this.position = new RunningPosition(checkpoint.position);
    this.keptAt = this.place;
    this.reportProgress();
    await this.restoreCallbacks(checkpoint);
  }

  private async restoreCallbacks({ callbacks }: Checkpoint): Promise<void> {
    const names = callbackNames(this.job.callbacks);
    for (const [index, callback] of this.job.callbacks.entries()) {
      const state = callbacks.get(names[index]);
      if (!state || !callback.setState) continue;
      await callback.setState(state);
      this.restored.add(callback);
    }
  }

  /** Another one after each step and after each epoch. */
  private get place(): string {
    return `${this.position.step} ${this.lastFinished}`;
  }

  private keepCheckpoint(backup: Backup): Promise<void> {
    this.keptAt = this.place;
    return backup.keep((): CheckpointOfTraining => {
      const { engine, callbacks, epochs: lastEpoch } = this.job;
      const names = callbackNames(callbacks);
      const states = callbacks.flatMap((callback, index): [string, CallbackState][] =>
        callback.getState ? [[names[index], callback.getState()]] : [],
      );
      return {
        position: this.position.current(),
        epochs: [...this.finished],
        lastEpoch,
        stopped: this.stopped,
        weights: engine.weights(),
        optimizer: engine.optimizerState(),
        callbacks: new Map(states),
      };
    });
  }

  private get ended(): boolean {
    return this.stopped || this.job.signal?.aborted === true;
  }

  /** @returns undefined where the epoch was not finished */
  private async runEpoch(epoch: number): Promise<EpochLogs | undefined> {
    const { job, position } = this;
    await this.tellOfEpoch(epoch);
    job.engine.setOrder(this.orderOf(epoch));
    const images = job.trainingRows.length;
    while (position.stepsIntoEpoch * job.batchSize < images) {
      if (this.ended) return undefined;
      await this.runBurst(epoch, position.stepsIntoEpoch * job.batchSize);
      if (job.backup?.isDue('step')) await this.keepCheckpoint(job.backup);
    }
    const { seconds, loss, correct, lastLearningRate: learningRate = this.learningRate } = position;
    const results = { epoch: epoch + 1, loss: loss / images, accuracy: Math.round(correct) / images };
    const validation = await this.validate();
    return { ...results, ...validation, learningRate, seconds, imagesPerSecond: images / seconds };
  }

  /** In the midst of an epoch only those hear of its beginning who do not remember it. */
  private async tellOfEpoch(epoch: number): Promise<void> {
    const { learningRate, restored, position } = this;
    const kept = position.learningRate;
    const isBegun = position.stepsIntoEpoch > 0;
    for (const callback of this.job.callbacks) {
      if (!isBegun || !restored.has(callback)) await callback.onEpochBegin?.(epoch, { learningRate }, this);
    }
    if (isBegun) position.learningRate = kept;
    else position.startClock();
  }

  /** The epoch's shuffled training rows, with the validation rows behind them. */
  private orderOf(epoch: number): Uint32Array {
    const { trainingRows, validationRows, seed } = this.job;
    const order = new Uint32Array(trainingRows.length + validationRows.length);
    order.set(shuffledOrder(trainingRows, seed, epoch));
    order.set(validationRows, trainingRows.length);
    return order;
  }

  private async validate(): Promise<{ valLoss?: number; valAccuracy?: number }> {
    const { engine, trainingRows, validationRows, validationData } = this.job;
    if (validationRows.length === 0 && !validationData) return {};
    const first = trainingRows.length;
    const { loss, correct, rows } = validationData
      ? await engine.evaluate(validationData)
      : await engine.evaluateOrder(first, first + validationRows.length);
    return { valLoss: loss, valAccuracy: correct / rows };
  }

  /** Trains from row `first` of the epoch's order. */
  private async runBurst(epoch: number, first: number): Promise<void> {
    const { job } = this;
    const halts = job.callbacks.some((callback) => callback.onTrainBatchBegin || callback.onTrainBatchEnd);
    const batch = first / job.batchSize;
    if (halts) {
      await this.tell((callback) => callback.onTrainBatchBegin?.(batch, { learningRate: this.learningRate }, this));
    }
    const most = halts ? 1 : Math.min(this.burstLength, this.burstLimit ?? maxStepsPerBatch);
    this.burstLimit = undefined;
    const plans = this.plan(first, most);
    const started = performance.now();
    const stopAtNonFiniteLoss = job.callbacks.some((callback) => callback instanceof TerminateOnNaN);
    const results = await job.engine.train(plans, stopAtNonFiniteLoss);
    const milliseconds = (performance.now() - started) / Math.max(results.length, 1);
    this.burstLength = Math.min(Math.max(Math.round(burstMilliseconds / milliseconds), 1), maxStepsPerBatch);
    this.lastPlan = plans[Math.max(results.length - 1, 0)];
    const steps = results.map(({ loss, correct }, index): StepLogs => {
      const { step, rows, learningRate } = plans[index];
      return { step, epoch: epoch + 1, loss, accuracy: correct / rows, images: rows, learningRate };
    });
    this.position.add(steps);
    this.reportProgress();
    if (steps.length > 0) await this.tell((callback) => callback.onSteps?.(steps, this));
    if (halts && steps.length > 0) await this.tell((callback) => callback.onTrainBatchEnd?.(batch, steps[0], this));
  }

  private plan(first: number, steps: number): StepPlan[] {
    const { trainingRows, batchSize, optimizer } = this.job;
    const plans: StepPlan[] = [];
    for (let row = first; row < trainingRows.length && plans.length < steps; row += batchSize) {
      const step = this.position.step + plans.length;
      const learningRate = this.learningRateAt(step);
      const adam = optimizer.type === 'adam' || optimizer.type === 'adamw';
      const stepSize = adam ? adamStepSize(learningRate, optimizer.beta1, optimizer.beta2, step) : learningRate;
      const rows = Math.min(batchSize, trainingRows.length - row);
      plans.push({ step, first: row, rows, learningRate, stepSize });
    }
    return plans;
  }

  private learningRateAt(step: number): number {
    const { learningRate } = this.job.optimizer;
    if (this.position.learningRate !== undefined) return this.position.learningRate;
    return typeof learningRate === 'number' ? learningRate : learningRateAt(learningRate, step, this.length);
  }

  private async tell(hook: (callback: Callback) => void | Promise<void>): Promise<void> {
    for (const callback of this.job.callbacks) await hook(callback);
  }
}
