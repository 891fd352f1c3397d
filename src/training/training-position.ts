/** Where a training stands: the steps that it has done, and what those of the running epoch add up to. */

import type { StepLogs } from './callback.js';

/** As checkpoints and saved models have it. */
export interface TrainingPosition {
  /** Steps that the optimizer has done. */
  readonly iterations: number;
  /** Steps since the last finished epoch. */
  readonly stepsIntoEpoch: number;
  /** Of these steps: sums over their images. */
  readonly loss: number;
  readonly correct: number;
  /** Of these steps: wall time. */
  readonly seconds: number;
  /** Of the last step; undefined before the first. */
  readonly lastLearningRate?: number | undefined;
  /** What a callback has set for good. */
  readonly learningRate?: number | undefined;
}

/** That of a training that is running. */
export class RunningPosition {
  /** Steps that the optimizer has done. */
  step: number;
  /** What a callback has set for good. */
  learningRate: number | undefined;
  /** Of the last step; undefined before the first. */
  lastLearningRate: number | undefined;
  /** The running epoch so far: its first step, sums over its images, and when it would have begun had it not stopped. */
  private epochStart: number;
  loss: number;
  correct: number;
  private epochBegan: number;

  constructor(begin: TrainingPosition) {
    this.step = begin.iterations;
    this.learningRate = begin.learningRate;
    this.lastLearningRate = begin.lastLearningRate;
    this.epochStart = begin.iterations - begin.stepsIntoEpoch;
    this.loss = begin.loss;
    this.correct = begin.correct;
    this.epochBegan = performance.now() - begin.seconds * 1000;
  }

  get stepsIntoEpoch(): number {
    return this.step - this.epochStart;
  }

  /** Wall time of the running epoch. */
  get seconds(): number {
    return this.stepsIntoEpoch === 0 ? 0 : (performance.now() - this.epochBegan) / 1000;
  }

  /** The next step will be the first of an epoch. */
  beginEpoch(): void {
    this.epochStart = this.step;
    this.loss = 0;
    this.correct = 0;
  }

  /** The epoch's first step begins now. */
  startClock(): void {
    this.epochBegan = performance.now();
  }

  add(steps: readonly StepLogs[]): void {
    for (const { loss, accuracy, images, learningRate } of steps) {
      this.step++;
      this.loss += loss * images;
      this.correct += accuracy * images;
      this.lastLearningRate = learningRate;
    }
  }

  /** As it stands now. */
  current(): TrainingPosition {
    const { step: iterations, stepsIntoEpoch, loss, correct, seconds, lastLearningRate, learningRate } = this;
    return { iterations, stepsIntoEpoch, loss, correct, seconds, lastLearningRate, learningRate };
  }
}
