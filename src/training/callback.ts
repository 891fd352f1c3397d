/**
 * What can listen to a training and steer it, in the shape of Keras's callbacks. Hooks may be asynchronous: the
 * training waits for them. As in Keras, hooks count epochs and batches from 0; the logs count epochs from 1, as people
 * read them.
 */

import { InklingError } from '../errors.js';
import { describeValue, nearestName } from '../known-names.js';
import type { EpochLogs } from './history.js';

/** Weights by path, such as `conv2d/kernel`, in Keras's layout; those of the moving averages too. */
export type WeightValues = ReadonlyMap<string, Float32Array>;

/** The results of one step. */
export interface StepLogs {
  /** Counted from 0 over the whole training. */
  readonly step: number;
  /** Counted from 1. */
  readonly epoch: number;
  /** The mean over the step's images. */
  readonly loss: number;
  /** From 0 to 1, of the step's images. */
  readonly accuracy: number;
  /** The last batch of an epoch may have fewer than the others. */
  readonly images: number;
  readonly learningRate: number;
}

/** What is known before an epoch or a batch. */
export interface BeginLogs {
  /** That of the next step. */
  readonly learningRate: number;
}

/** The running training, as callbacks may steer it. */
export interface TrainingControl {
  /** Number of the last epoch, as `fit` was asked for it. */
  readonly epochs: number;
  /** Those that are trained on; images set aside for validation are not among them. */
  readonly imagesPerEpoch: number;
  /** Ends the training after the running step. */
  stopTraining(): void;
  /** The learning rate of the next step. */
  readonly learningRate: number;
  /**
   * Sets the learning rate from the next step on; a schedule is replaced by it.
   * @throws InklingError (argument) for anything but a finite number of at least 0
   */
  setLearningRate(value: number): void;
  /**
   * Lets `onSteps` be called after this many steps at the most, once: with 1, a training that waits in `onSteps` goes on
   * step by step. What is trained stays the same.
   * @throws InklingError (argument) for anything but an integer of at least 1
   */
  limitSteps(most: number): void;
  /** A copy of all weights. */
  getWeights(): WeightValues;
  /** @throws InklingError (argument) where a weight is missing or has the wrong number of values */
  setWeights(values: WeightValues): void;
  /** Saves the model, and what is needed to go on training, into a folder. */
  save(folder: string): Promise<void>;
  /** Where the first number that is not finite turned up: a sentence that names layer and step. */
  diagnose(): Promise<string>;
}

/** What a callback must know to go on in another process. */
export interface CallbackState {
  /** Plain data, as JSON has it; numbers may also be NaN or infinite. */
  readonly values: Readonly<Record<string, unknown>>;
  /** All weights of the model, such as those of the best epoch. */
  readonly weights?: WeightValues | undefined;
}

/** Every hook is optional. What a hook throws ends the training. */
export interface Callback {
  onTrainBegin?(control: TrainingControl): void | Promise<void>;
  /** @param logs those of the last epoch, undefined where none was finished */
  onTrainEnd?(logs: EpochLogs | undefined, control: TrainingControl): void | Promise<void>;
  onEpochBegin?(epoch: number, logs: BeginLogs, control: TrainingControl): void | Promise<void>;
  onEpochEnd?(epoch: number, logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  /** This hook and `onTrainBatchEnd` make the training halt at each step; `onSteps` does not. */
  onTrainBatchBegin?(batch: number, logs: BeginLogs, control: TrainingControl): void | Promise<void>;
  onTrainBatchEnd?(batch: number, logs: StepLogs, control: TrainingControl): void | Promise<void>;
  /**
   * Called about ten times a second, and before an epoch's end, with every step since the last call: what progress bars
   * and metric files need.
   */
  onSteps?(steps: readonly StepLogs[], control: TrainingControl): void | Promise<void>;
  /**
   * What it remembers of the training so far, for `BackupAndRestore` to keep: called between steps and after epochs,
   * when every hook has been. A callback that goes by nothing it has seen needs none.
   */
  getState?(): CallbackState;
  /**
   * Takes back what `getState` gave in a training that was broken off. Called after `onTrainBegin`, instead of the
   * `onEpochBegin` of an epoch that had begun. @throws where it makes no sense
   */
  setState?(state: CallbackState): void | Promise<void>;
}

type Hook = Exclude<keyof Callback, 'getState' | 'setState'>;

const hooks: Readonly<Record<Hook, true>> = {
  onTrainBegin: true,
  onTrainEnd: true,
  onEpochBegin: true,
  onEpochEnd: true,
  onTrainBatchBegin: true,
  onTrainBatchEnd: true,
  onSteps: true,
};
const hookNames = Object.keys(hooks) as Hook[];

/**
 * @param other what may be among them and is none
 * @throws InklingError (argument) for what can hear nothing: no object, a class instead of what `new` makes of it, no
 * hook in it
 */
export function checkCallbacks(given: readonly unknown[], other?: unknown): readonly Callback[] {
  for (const [index, callback] of given.entries()) {
    if (other !== undefined && callback === other) continue;
    const fail = (problem: string): never => {
      throw new InklingError('argument', `fit: callbacks[${index}]${problem}`);
    };
    if (typeof callback === 'function')
      fail(` is ${describeValue(callback)}: make an object of it, by new or by a call.`);
    if (typeof callback !== 'object' || callback === null) {
      return fail(` must be an object with hooks such as onEpochEnd. Received: ${describeValue(callback)}.`);
    }
    const given = callback as Callback;
    const heard = hookNames.filter((name) => given[name] !== undefined);
    const wrong = heard.find((name) => typeof given[name] !== 'function');
    if (wrong !== undefined) fail(`.${wrong} must be a function. Received: ${describeValue(given[wrong])}.`);
    if ((typeof given.getState === 'function') !== (typeof given.setState === 'function')) {
      fail(' has one of getState and setState: what one of them gives, the other takes back. Give it both or neither.');
    }
    if (heard.length > 0) continue;
    const meant = Object.keys(given).map((name) => ({ name, hook: nearestName(name, hookNames) }));
    const near = meant.find(({ hook }) => hook !== undefined);
    const hint = near ? ` Did you mean "${near.hook}" by "${near.name}"?` : '';
    fail(` has none of the hooks ${hookNames.join(', ')}.${hint}`);
  }
  return given.filter((callback) => callback !== other) as readonly Callback[];
}

/**
 * What callbacks are called in a checkpoint: by their class, and numbered where there are several of one.
 * @returns names in the order of the callbacks
 */
export function callbackNames(callbacks: readonly Callback[]): string[] {
  const classes = callbacks.map((callback) => callback.constructor?.name || 'Object');
  return classes.map((name, index) => `${name} ${classes.slice(0, index + 1).filter((one) => one === name).length}`);
}
