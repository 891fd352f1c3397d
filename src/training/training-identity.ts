/** What a checkpoint belongs to: everything that the bytes of a training follow from, but for the number of epochs. */

import { InklingError, shortJson } from '../errors.js';
import type { Model } from '../model/model.js';
import { isTensor, type Targets } from '../model/rows.js';
import { sha256 } from '../numerics/sha256.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Checkpoint, TrainingIdentity } from './checkpoint.js';
import type { Compiled } from './compile-options.js';
import type { CheckedFitOptions } from './fit-options.js';

/** A training before its first step. */
export interface IdentifiedTraining {
  readonly model: Model;
  readonly compiled: Compiled;
  readonly inputs: Tensor;
  readonly targets: Targets;
  readonly options: CheckedFitOptions;
  readonly arithmetic: 'plain' | 'fused';
  /** Inkling's. */
  readonly version: string;
  /** Names of the callbacks that remember something. */
  readonly callbacks: readonly string[];
  /** Known already; default: worked out from inputs and targets. */
  readonly dataSha256?: string | undefined;
}

export async function identifyTraining(training: IdentifiedTraining): Promise<TrainingIdentity> {
  const { model, compiled, inputs, targets, options, arithmetic, version, callbacks } = training;
  const {
    seed,
    splitSeed,
    batchSize,
    initialEpoch,
    validationSplit,
    validationData,
    classWeight,
    sampleWeight,
    augmentation,
  } = options;
  const { inputShape, layers } = model.config;
  const data = training.dataSha256 ?? (await rowsSha256(inputs, targets));
  const fields = {
    version,
    arithmetic,
    data: { rows: inputs.shape[0], sha256: data },
    inputShape,
    layers,
    optimizer: compiled.optimizer,
    loss: compiled.loss,
    seed,
    batchSize,
    initialEpoch,
    validationSplit,
    ...(splitSeed !== seed && { splitSeed }),
    validationData: validationData && (await rowsSha256(validationData.inputs, validationData.targets)),
    classWeight,
    sampleWeight: sampleWeight && (await sha256(bytesOf(sampleWeight))),
    augmentation,
    callbacks,
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value ?? null)]));
}

/**
 * @param source the checkpoint, for messages
 * @throws InklingError (argument) that names what is different
 */
export function requireSameTraining(
  checkpoint: Checkpoint,
  now: TrainingIdentity,
  epochs: number,
  source: string,
): void {
  const { belongsTo: before, lastEpoch } = checkpoint;
  const names = Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]);
  const differences = names.map((name) => `${name} was ${shown(before[name])}, now it is ${shown(now[name])}`);
  if (differences.length > 0) {
    throw new InklingError(
      'argument',
      `fit: ${source} belongs to another training: ${differences.join('; ')}. Go on with what it was begun with, or begin anew in another folder.`,
    );
  }
  if (epochs < lastEpoch) {
    throw new InklingError(
      'argument',
      `fit: ${source} belongs to a training of ${lastEpoch} epochs: epochs may be raised, not lowered. Received: ${epochs}.`,
    );
  }
}

function shown(text: string | undefined): string {
  return text === undefined ? 'not known' : shortJson(JSON.parse(text));
}

async function rowsSha256(inputs: Tensor, targets: Targets): Promise<string> {
  // Class numbers are the same in whatever array they come.
  const values = isTensor(targets) ? targets.data : Int32Array.from(targets);
  const parts = [inputs.data, values].map((data) => sha256(bytesOf(data)));
  return sha256(new TextEncoder().encode((await Promise.all(parts)).join(' ')));
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
