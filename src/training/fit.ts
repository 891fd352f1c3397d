/**
 * The training loop: epochs of shuffled batches, many steps at a time, validation, callbacks, history. It decides what
 * is trained when; how a step is computed is the engine's affair.
 */

import { shuffledOrder } from '../data/shuffle.js';
import { type Engine, maxStepsPerBatch, type StepPlan } from '../engine/engine.js';
import { InklingError } from '../errors.js';
import type { Rows } from '../model/rows.js';
import type { Callback, StepLogs, TrainingControl, WeightValues } from './callback.js';
import { type EpochLogs, History } from './history.js';
import { learningRateAt, type TrainingLength } from './learning-rate.js';
import { adamStepSize, type Optimizer } from './optimizers.js';
import { TerminateOnNaN } from './terminate-on-nan.js';

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
  /** Steps that the optimizer has done before. */
  readonly iterations: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly callbacks: readonly Callback[];
  readonly signal?: AbortSignal | undefined;
  /** Saves the model as it stands, for `TrainingControl.save`. */
  save(folder: string): Promise<void>;
  /** Hears, before any callback does, how far the training has come. */
  onProgress(progress: TrainingProgress): void;
}

export interface TrainingProgress {
  /** Steps that the optimizer has done. */
  readonly iterations: number;
  /** Steps since the last finished epoch: above 0 in the midst of the next. */
  readonly stepsIntoEpoch: number;
  /** Number of the last finished epoch. */
  readonly epochs: number;
  /** What a callback has set, for good: it takes the place of the optimizer's own. */
  readonly learningRate: number | undefined;
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
  private step: number;
  /** The first step of the running epoch. */
  private epochStart: number;
  private stopped = false;
  private learningRateOverride: number | undefined;
  private burstLength = 1;
  private lastPlan: StepPlan | undefined;

  constructor(job: TrainingJob) {
    this.job = job;
    this.step = job.iterations;
    this.epochStart = job.iterations;
    const stepsPerEpoch = Math.ceil(job.trainingRows.length / job.batchSize);
    this.length = { stepsPerEpoch, totalSteps: stepsPerEpoch * job.epochs };
  }

  async run(): Promise<History> {
    const { job } = this;
    const abort = () => job.engine.requestStop();
    job.signal?.addEventListener('abort', abort);
    try {
      await this.tell((callback) => callback.onTrainBegin?.(this));
      for (let epoch = job.initialEpoch; epoch < job.epochs && !this.ended; epoch++) {
        const logs = await this.runEpoch(epoch);
        if (logs === undefined) break;
        this.finished.push(logs);
        this.epochStart = this.step;
        this.reportProgress();
        await this.tell((callback) => callback.onEpochEnd?.(epoch, logs, this));
      }
      await this.tell((callback) => callback.onTrainEnd?.(this.finished.at(-1), this));
    } finally {
      job.signal?.removeEventListener('abort', abort);
    }
    return new History(this.finished, await job.engine.profile());
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
    return this.learningRateAt(this.step);
  }

  setLearningRate(value: number): void {
    if (!(value >= 0) || !Number.isFinite(value)) {
      throw new InklingError(
        'argument',
        `setLearningRate: expected a finite number of at least 0. Received: ${value}.`,
      );
    }
    this.learningRateOverride = value;
    this.reportProgress();
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
    const epochs = this.finished.at(-1)?.epoch ?? this.job.initialEpoch;
    const stepsIntoEpoch = this.step - this.epochStart;
    this.job.onProgress({ iterations: this.step, stepsIntoEpoch, epochs, learningRate: this.learningRateOverride });
  }

  private get ended(): boolean {
    return this.stopped || this.job.signal?.aborted === true;
  }

  /** @returns undefined where the epoch was not finished */
  private async runEpoch(epoch: number): Promise<EpochLogs | undefined> {
    const { job } = this;
    await this.tell((callback) => callback.onEpochBegin?.(epoch, { learningRate: this.learningRate }, this));
    const start = performance.now();
    this.job.engine.setOrder(this.orderOf(epoch));
    const images = job.trainingRows.length;
    let loss = 0;
    let correct = 0;
    for (let first = 0; first < images; ) {
      if (this.ended) return undefined;
      const { steps, next } = await this.runBurst(epoch, first);
      for (const log of steps) {
        loss += log.loss * log.images;
        correct += log.accuracy * log.images;
      }
      first = next;
    }
    const seconds = (performance.now() - start) / 1000;
    const learningRate = this.lastPlan?.learningRate ?? this.learningRate;
    const results = { epoch: epoch + 1, loss: loss / images, accuracy: Math.round(correct) / images };
    const validation = await this.validate();
    return { ...results, ...validation, learningRate, seconds, imagesPerSecond: images / seconds };
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

  /** Trains from row `first` of the epoch's order. `next` is the row after the last one trained. */
  private async runBurst(epoch: number, first: number): Promise<{ steps: StepLogs[]; next: number }> {
    const { job } = this;
    const halts = job.callbacks.some((callback) => callback.onTrainBatchBegin || callback.onTrainBatchEnd);
    const batch = first / job.batchSize;
    if (halts) {
      await this.tell((callback) => callback.onTrainBatchBegin?.(batch, { learningRate: this.learningRate }, this));
    }
    const plans = this.plan(first, halts ? 1 : this.burstLength);
    const started = performance.now();
    const stopAtNonFiniteLoss = job.callbacks.some((callback) => callback instanceof TerminateOnNaN);
    const results = await job.engine.train(plans, stopAtNonFiniteLoss);
    const milliseconds = (performance.now() - started) / Math.max(results.length, 1);
    this.burstLength = Math.min(Math.max(Math.round(burstMilliseconds / milliseconds), 1), maxStepsPerBatch);
    this.step += results.length;
    this.reportProgress();
    this.lastPlan = plans[Math.max(results.length - 1, 0)];
    const steps = results.map(({ loss, correct }, index): StepLogs => {
      const { step, rows, learningRate } = plans[index];
      return { step, epoch: epoch + 1, loss, accuracy: correct / rows, images: rows, learningRate };
    });
    if (steps.length > 0) await this.tell((callback) => callback.onSteps?.(steps, this));
    if (halts && steps.length > 0) await this.tell((callback) => callback.onTrainBatchEnd?.(batch, steps[0], this));
    const trained = results.reduce((sum, _, index) => sum + plans[index].rows, 0);
    return { steps, next: first + trained };
  }

  private plan(first: number, steps: number): StepPlan[] {
    const { trainingRows, batchSize, optimizer } = this.job;
    const plans: StepPlan[] = [];
    for (let row = first; row < trainingRows.length && plans.length < steps; row += batchSize) {
      const step = this.step + plans.length;
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
    if (this.learningRateOverride !== undefined) return this.learningRateOverride;
    return typeof learningRate === 'number' ? learningRate : learningRateAt(learningRate, step, this.length);
  }

  private async tell(hook: (callback: Callback) => void | Promise<void>): Promise<void> {
    for (const callback of this.job.callbacks) await hook(callback);
  }
}
