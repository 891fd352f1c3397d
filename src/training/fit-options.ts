/** What `fit` can be told, in Keras's words. */

import type { AugmentationOptions } from '../data/augmentation.js';
import type { Targets } from '../engine/data.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Callback } from './callback.js';
import type { ClassWeight } from './sample-weights.js';

export interface FitOptions {
  /** Number of the last epoch; default 1. */
  epochs?: number;
  /** Epochs that count as done; default 0, or what a loaded run had done. */
  initialEpoch?: number;
  /** Default 32, as Keras. */
  batchSize?: number;
  /** Inputs and targets to validate on after each epoch. */
  validationData?: readonly [Tensor, Targets];
  /**
   * Rows set aside for validation: a share below 1 or a number of rows; default none. The split is drawn from the seed, for
   * class numbers with every class in proportion.
   */
  validationSplit?: number;
  /** What each class counts in the loss. */
  classWeight?: ClassWeight;
  /** What each row counts in the loss, `[N]`. */
  sampleWeight?: Float32Array;
  /**
   * Changes training images by chance, each time that they are seen, as `light` or `strong` say or as given; `none`: not. Default: what
   * a loaded run was trained with, else `none`. Inputs must be uint8 images.
   */
  augmentation?: 'light' | 'strong' | 'none' | AugmentationOptions;
  callbacks?: readonly Callback[];
  /** Of shuffling, splitting, dropout and augmentation; default: the model's. */
  seed?: number;
  /** Stops after the running step. */
  signal?: AbortSignal;
  /**
   * Measures where the time of the steps goes and hands it back as `History.profile`; default false. The weights are the same,
   * the steps take a little longer.
   */
  profile?: boolean;
}
