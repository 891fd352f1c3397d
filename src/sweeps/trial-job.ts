/**
 * One training of a sweep, complete and as plain data: no path, no code, nothing that means something else on another
 * machine. Whoever runs it gets the same bytes of weights, or refuses it.
 */

import { type Augmentation, augmentationFromData } from '../data/augmentation.js';
import { InklingError } from '../errors.js';
import { defineModel, type ModelConfig, modelFromData } from '../model/model.js';
import { Options } from '../options.js';
import { type Optimizer, optimizerFromData } from '../training/optimizers.js';
import { fingerprint } from './canonical-json.js';

export interface TrialJob {
  /** Of the package that planned it: another version may train to other bytes. */
  readonly version: string;
  readonly arithmetic: 'plain' | 'fused';
  /** Of the whole data set, as it was read. */
  readonly dataSha256: string;
  readonly model: ModelConfig;
  readonly epochs: number;
  readonly batchSize: number;
  /** With nothing left open; its learning rate is a schedule. */
  readonly optimizer: Optimizer;
  readonly labelSmoothing: number;
  /** null where training images are not changed. */
  readonly augmentation: Augmentation | null;
  /** Only the first so many training images; null for all. */
  readonly limit: number | null;
  /** Images set aside for validation; null with folds. */
  readonly validation: number | null;
  /** From which these are drawn, for all seeds the same; null with folds. */
  readonly splitSeed: number | null;
  readonly seed: number;
  /** Which part of the training images validates, where each does in turn; drawn from a seed of the sweep. */
  readonly fold: { readonly index: number; readonly of: number; readonly seed: number } | null;
}

const fields: Readonly<Record<keyof TrialJob, true>> = {
  version: true,
  arithmetic: true,
  dataSha256: true,
  model: true,
  epochs: true,
  batchSize: true,
  optimizer: true,
  labelSmoothing: true,
  augmentation: true,
  limit: true,
  validation: true,
  splitSeed: true,
  seed: true,
  fold: true,
};

const largestSeed = 2 ** 32 - 1;
const mostImages = 2 ** 31 - 1;
const most = { epochs: 1_000_000, batchSize: 65_536, folds: 1000 };

/**
 * A job from data that may be anything, such as a queue's.
 * @throws InklingError (argument, model) that names the field
 */
export function trialJobFromData(data: unknown): TrialJob {
  const options = new Options('trial', data, Object.keys(fields));
  const count = (field: 'epochs' | 'batchSize') => {
    const value = options.integer(field, 1);
    if (value > most[field]) options.fail(field, `an integer from 1 to ${most[field]}`);
    return value;
  };
  const images = (field: 'limit' | 'validation') => {
    const value = options.value(field) === null ? null : options.integer(field, 1);
    if (value !== null && value > mostImages) options.fail(field, `an integer from 1 to ${mostImages}`);
    return value;
  };
  const hash = options.text('dataSha256');
  if (!/^[0-9a-f]{64}$/.test(hash)) options.fail('dataSha256', '64 hexadecimal digits');
  const version = options.text('version');
  if (!/^[\w.+-]{1,60}$/.test(version)) options.fail('version', 'a version such as 0.1.0');
  const model = modelFromData(options.value('model'), 'trial: model');
  defineModel(model);
  const augmentation = options.value('augmentation');
  const job: TrialJob = {
    version,
    arithmetic: options.choice('arithmetic', ['plain', 'fused'] as const),
    dataSha256: hash,
    model,
    epochs: count('epochs'),
    batchSize: count('batchSize'),
    optimizer: optimizerFromData(options.value('optimizer')),
    labelSmoothing: options.number('labelSmoothing', { below: 1 }),
    augmentation: augmentation === null ? null : augmentationFromData(augmentation, 'trial: augmentation'),
    limit: images('limit'),
    validation: images('validation'),
    splitSeed: options.value('splitSeed') === null ? null : seedOf(options, 'splitSeed'),
    seed: seedOf(options),
    fold: foldOf(options),
  };
  const isSplit = job.validation !== null;
  if (isSplit !== (job.splitSeed !== null) || isSplit !== (job.fold === null)) {
    throw new InklingError('argument', 'trial: expected either validation and splitSeed, or fold, and the other null.');
  }
  return job;
}

/** The name of a job: equal jobs have the same. */
export function jobId(job: TrialJob): Promise<string> {
  return fingerprint(job);
}

/** What is the same for all seeds and folds of a configuration. */
export function configurationHash({ seed: _, fold: __, ...configuration }: TrialJob): Promise<string> {
  return fingerprint(configuration);
}

function seedOf(options: Options, name = 'seed'): number {
  const seed = options.integer(name, 0);
  if (seed > largestSeed) options.fail(name, `an integer from 0 to ${largestSeed}`);
  return seed;
}

function foldOf(options: Options): TrialJob['fold'] {
  if (options.value('fold') === null) return null;
  const fold = options.nested('fold', ['index', 'of', 'seed']);
  const of = fold.integer('of', 2);
  if (of > most.folds) fold.fail('of', `an integer from 2 to ${most.folds}`);
  const index = fold.integer('index', 0);
  if (index >= of) fold.fail('index', `an integer below ${of}`);
  return { index, of, seed: seedOf(fold) };
}
