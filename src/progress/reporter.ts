/** How far a training has come: a callback that adds up the steps and tells listeners, who draw it or log it. */

import type { Callback, CallbackState, StepLogs, TrainingControl } from '../training/callback.js';
import { readCallbackState } from '../training/callback-state.js';
import type { EpochLogs } from '../training/history.js';

/** The running epoch as it stands. */
export interface Progress {
  /** From 1. */
  readonly epoch: number;
  /** How many were asked for. */
  readonly epochs: number;
  /** Done in this epoch, and all that it has. */
  readonly images: number;
  readonly imagesPerEpoch: number;
  /** Of this epoch so far; `secondsLeft` are those it still needs at this rate, validation excluded. */
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
  /** Means over the epoch's images so far. */
  readonly loss: number;
  readonly accuracy: number;
}

/** What hears of a training's progress. */
export interface ProgressListener {
  /** About ten times a second, or after each step where another callback has batch hooks. */
  onProgress?(progress: Progress): void;
  /** @param epochs how many were asked for */
  onEpoch?(logs: EpochLogs, epochs: number): void;
}

/**
 * A callback that adds up a training's steps and tells listeners how far it is, for programs that show it themselves.
 * @example
 * ```ts
 * const progress = new ProgressReporter({
 *   onProgress: ({ epoch, epochs, secondsLeft }) => console.log(`epoch ${epoch} of ${epochs}: ${secondsLeft} s left`),
 * });
 * await model.fit(train.images, train.labels, { epochs: 5, callbacks: [progress], verbose: 0 });
 * ```
 */
export class ProgressReporter implements Callback {
  private epochs = 0;
  private imagesPerEpoch = 0;
  private readonly listeners: readonly ProgressListener[];
  private epochBegan = 0;
  /** Of the running epoch. */
  private seconds = 0;
  private images = 0;
  private loss = 0;
  private correct = 0;
  /** Of all epochs that were finished. */
  private finishedSeconds = 0;
  private finishedImages = 0;

  constructor(...listeners: readonly ProgressListener[]) {
    this.listeners = listeners;
  }

  /** Begins to count anew, so that one reporter serves several trainings. */
  onTrainBegin({ epochs, imagesPerEpoch }: TrainingControl): void {
    this.epochs = epochs;
    this.imagesPerEpoch = imagesPerEpoch;
    this.finishedSeconds = this.finishedImages = 0;
  }

  /** Begins an epoch. */
  onEpochBegin(): void {
    this.seconds = this.images = this.loss = this.correct = 0;
    this.epochBegan = performance.now();
  }

  /** What it has added up. */
  getState(): CallbackState {
    const { seconds, images, loss, correct, finishedSeconds, finishedImages } = this;
    return { values: { seconds, images, loss, correct, finishedSeconds, finishedImages } };
  }

  /** Takes back what `getState` gave, and goes on adding. */
  setState({ values }: CallbackState): void {
    const names = ['seconds', 'images', 'loss', 'correct', 'finishedSeconds', 'finishedImages'] as const;
    const state = readCallbackState('ProgressReporter', values, names);
    for (const name of names) this[name] = state[name] ?? 0;
    this.epochBegan = performance.now() - this.seconds * 1000;
  }

  /** Adds steps up, and tells the listeners. */
  onSteps(steps: readonly StepLogs[]): void {
    this.seconds = (performance.now() - this.epochBegan) / 1000;
    for (const { images, loss, accuracy } of steps) {
      this.images += images;
      this.loss += loss * images;
      this.correct += accuracy * images;
    }
    const { epochs, imagesPerEpoch, images } = this;
    const imagesPerSecond = images / this.seconds;
    const progress: Progress = {
      epoch: steps[steps.length - 1].epoch,
      epochs,
      images,
      imagesPerEpoch,
      imagesPerSecond,
      secondsLeft: (imagesPerEpoch - images) / imagesPerSecond,
      loss: this.loss / images,
      accuracy: this.correct / images,
    };
    for (const listener of this.listeners) listener.onProgress?.(progress);
  }

  /** Tells the listeners what an epoch gave. */
  onEpochEnd(_: number, logs: EpochLogs): void {
    this.finishedSeconds += logs.seconds;
    this.finishedImages += this.images;
    this.seconds = this.images = 0;
    for (const listener of this.listeners) listener.onEpoch?.(logs, this.epochs);
  }

  /** Wall time of training, validation excluded; an epoch that was not finished counts up to its last step. */
  get trainSeconds(): number {
    return this.finishedSeconds + this.seconds;
  }

  /** Training images over `trainSeconds`; 0 before the first step. */
  get imagesPerSecond(): number {
    return this.trainSeconds === 0 ? 0 : (this.finishedImages + this.images) / this.trainSeconds;
  }
}
