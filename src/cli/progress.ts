/** How far a training has come: a callback that adds up the steps and tells listeners, who draw it or log it. */

import type { Callback, StepLogs } from '../training/callback.js';
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

export interface ProgressListener {
  /** About ten times a second. */
  onProgress?(progress: Progress): void;
  onEpoch(logs: EpochLogs): void;
}

export class ProgressReporter implements Callback {
  private readonly epochs: number;
  private readonly imagesPerEpoch: number;
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

  /** @param imagesPerEpoch training images, those for validation not among them */
  constructor(epochs: number, imagesPerEpoch: number, listeners: readonly ProgressListener[]) {
    this.epochs = epochs;
    this.imagesPerEpoch = imagesPerEpoch;
    this.listeners = listeners;
  }

  onEpochBegin(): void {
    this.seconds = this.images = this.loss = this.correct = 0;
    this.epochBegan = performance.now();
  }

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

  onEpochEnd(_: number, logs: EpochLogs): void {
    this.finishedSeconds += logs.seconds;
    this.finishedImages += this.images;
    this.seconds = this.images = 0;
    for (const listener of this.listeners) listener.onEpoch(logs);
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
