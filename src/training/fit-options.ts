/** What `fit` can be told, in Keras's words, and the checks of it that need no data. */

import { type Augmentation, type AugmentationOptions, chooseAugmentation } from '../data/augmentation.js';
import { InklingError } from '../errors.js';
import type { Targets } from '../model/rows.js';
import type { Tensor } from '../numerics/tensor.js';
import { Options } from '../options.js';
import { BackupAndRestore } from './backup-and-restore.js';
import { type Callback, checkCallbacks } from './callback.js';
import type { ClassWeight } from './sample-weights.js';
import { checkSeed } from './seed.js';

/** Options of `fit`, with Keras's names and defaults. */
export interface FitOptions {
  /** Number of the last epoch; default 1. */
  epochs?: number;
  /** Epochs that count as done; default 0, or what a loaded run had done. */
  initialEpoch?: number;
  /** Default: what a loaded run was trained with, else 32, as in Keras. */
  batchSize?: number;
  /** Inputs and targets to validate on after each epoch. */
  validationData?: readonly [Tensor, Targets];
  /**
   * Rows set aside for validation: a share below 1 or a number of rows; default: what a loaded run was trained with,
   * else none. The split is drawn from `splitSeed`, for class numbers with every class in proportion.
   */
  validationSplit?: number;
  /**
   * Of the split alone: trainings of several seeds that share it set the same rows aside. Default: what a loaded run
   * was trained with, else `seed`.
   */
  splitSeed?: number;
  /** What each class counts in the loss; default: what a loaded run was trained with, else 1 for each. */
  classWeight?: ClassWeight;
  /** What each row counts in the loss, `[N]`. */
  sampleWeight?: Float32Array;
  /**
   * Changes training images by chance, each time that they are seen, as `light` or `strong` say or as given; `none`:
   * not. Default: what a loaded run was trained with, else `none`. Inputs must be uint8 images.
   */
  augmentation?: 'light' | 'strong' | 'none' | AugmentationOptions;
  /** What hears of the training and steers it; a `BackupAndRestore` among them keeps checkpoints of it. */
  callbacks?: readonly (Callback | BackupAndRestore)[];
  /** Of shuffling, dropout, augmentation and, but for `splitSeed`, splitting; default: the model's. */
  seed?: number;
  /** Stops after the running step. */
  signal?: AbortSignal;
  /**
   * Measures where the time of the steps goes and hands it back as `History.profile`; default false. The weights are
   * the same, the steps take a little longer.
   */
  profile?: boolean;
  /**
   * What is printed while it runs, as in Keras. 1, the default: a live bar for each epoch where standard output is a
   * terminal, elsewhere, and in pages by `console.log`, a line when an epoch has ended. 2: those lines everywhere. 0:
   * nothing.
   */
  verbose?: 0 | 1 | 2;
}

/** Options as `fit` goes by them. */
export interface CheckedFitOptions {
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly validationSplit: number;
  readonly splitSeed: number;
  readonly validationData: { readonly inputs: Tensor; readonly targets: Targets } | undefined;
  readonly classWeight: ClassWeight | undefined;
  readonly sampleWeight: Float32Array | undefined;
  readonly augmentation: Augmentation | undefined;
  readonly callbacks: readonly Callback[];
  readonly backup: BackupAndRestore | undefined;
  readonly signal: AbortSignal | undefined;
  readonly profile: boolean;
  readonly verbose: 0 | 1 | 2;
}

const names: Readonly<Record<keyof FitOptions, true>> = {
  epochs: true,
  initialEpoch: true,
  batchSize: true,
  validationData: true,
  validationSplit: true,
  splitSeed: true,
  classWeight: true,
  sampleWeight: true,
  augmentation: true,
  callbacks: true,
  seed: true,
  signal: true,
  profile: true,
  verbose: true,
};

const maxCounted = 2 ** 31;

/** What stands for options that are left out. */
export interface FitDefaults {
  readonly seed: number;
  readonly initialEpoch: number;
  readonly batchSize?: number | undefined;
  readonly validationSplit?: number | undefined;
  readonly splitSeed?: number | undefined;
  readonly classWeight?: ClassWeight | undefined;
  readonly augmentation?: AugmentationOptions | undefined;
}

/**
 * @throws InklingError (argument) for an unknown option or a value out of range
 */
export function checkFitOptions(given: FitOptions, defaults: FitDefaults): CheckedFitOptions {
  const options = new Options('fit', given, Object.keys(names));
  const count = (option: 'epochs' | 'initialEpoch' | 'batchSize', lowest: number, fallback: number): number => {
    const value = options.integer(option, lowest, fallback);
    if (value > maxCounted) options.fail(option, `an integer from ${lowest} to ${maxCounted}`);
    return value;
  };
  const initialEpoch = count('initialEpoch', 0, defaults.initialEpoch);
  const epochs = count('epochs', 1, 1);
  if (initialEpoch >= epochs) {
    throw new InklingError(
      'argument',
      `fit: epochs is the number of the last epoch and must be above the ${initialEpoch} already done. Received: ${epochs}.`,
    );
  }
  const { validationData, classWeight = defaults.classWeight, sampleWeight, signal } = given;
  if (validationData !== undefined && !(Array.isArray(validationData) && validationData.length === 2)) {
    options.fail('validationData', 'a pair [inputs, targets]');
  }
  const validationSplit = options.number('validationSplit', {}, validationData ? 0 : (defaults.validationSplit ?? 0));
  if (validationSplit !== 0 && validationData) {
    throw new InklingError('argument', 'fit: give validationData or validationSplit, not both.');
  }
  if (classWeight !== undefined && (typeof classWeight !== 'object' || classWeight === null)) {
    options.fail('classWeight', 'an object with a number for a class, such as { 3: 2 }');
  }
  if (sampleWeight !== undefined && !(sampleWeight instanceof Float32Array)) {
    options.fail('sampleWeight', 'a Float32Array with a number for each row');
  }
  const seed = checkSeed(given.seed ?? defaults.seed);
  const { verbose = 1 } = given;
  const callbacks = options.list('callbacks');
  const [backup, another] = callbacks.filter((callback) => callback instanceof BackupAndRestore);
  if (another) {
    throw new InklingError('argument', 'fit: callbacks has more than one BackupAndRestore. Give one.');
  }
  if (verbose !== 0 && verbose !== 1 && verbose !== 2) options.fail('verbose', '0, 1 or 2');
  if (signal !== undefined && !isAbortSignal(signal)) options.fail('signal', 'an AbortSignal');
  return {
    epochs,
    initialEpoch,
    batchSize: count('batchSize', 1, defaults.batchSize ?? 32),
    seed,
    validationSplit,
    splitSeed: checkSeed(given.splitSeed ?? defaults.splitSeed ?? seed, 'splitSeed'),
    validationData: validationData && { inputs: validationData[0], targets: validationData[1] },
    classWeight,
    sampleWeight,
    augmentation: chooseAugmentation(given.augmentation ?? defaults.augmentation ?? 'none', 'augmentation'),
    callbacks: checkCallbacks(callbacks, backup),
    backup,
    signal,
    profile: options.boolean('profile', false),
    verbose,
  };
}

/** Also one of another window's or of a library that stands in for it. */
function isAbortSignal(given: unknown): given is AbortSignal {
  return typeof given === 'object' && given !== null && 'aborted' in given && 'addEventListener' in given;
}
