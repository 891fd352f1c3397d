/**
 * All that a training must know to go on, in another process, as if it had never stopped: as an object, and as the
 * tensors and texts of a file. Whatever follows from seed, epoch and step alone, such as the order of an epoch, dropout
 * and augmentation, is not in it.
 */

import { InklingError } from '../errors.js';
import { type Model, weightsOf } from '../model/model.js';
import type { Tensor } from '../numerics/tensor.js';
import type { CallbackState, WeightValues } from './callback.js';
import { type EpochLogs, historyFromData } from './history.js';
import type { TrainingPosition } from './training-position.js';

export interface Checkpoint {
  /** What it can be gone on with alone, by names that people know: a text in JSON for each. */
  readonly belongsTo: TrainingIdentity;
  readonly position: TrainingPosition;
  /** Those that were finished, oldest first. */
  readonly epochs: readonly EpochLogs[];
  /** Number of the last epoch, as `fit` was asked for it. */
  readonly lastEpoch: number;
  /** Whether a callback has stopped the training. */
  readonly stopped: boolean;
  /** How long the training has waited for its checkpoints. */
  readonly checkpointSeconds: number;
  readonly weights: WeightValues;
  readonly optimizer: ReadonlyMap<string, Tensor<Float32Array>>;
  /** By the callback's name and its number among those of the same name. */
  readonly callbacks: ReadonlyMap<string, CallbackState>;
  /** What the caller of `fit` wants to find again. */
  readonly notes: unknown;
}

/** What a checkpoint belongs to. */
export type TrainingIdentity = Readonly<Record<string, string>>;

/** As files of safetensors hold it. */
export interface CheckpointContent {
  readonly tensors: Map<string, Tensor<Float32Array>>;
  readonly metadata: Record<string, string>;
}

export function writeCheckpoint(model: Model, checkpoint: Checkpoint): CheckpointContent {
  const { belongsTo, position, epochs, lastEpoch, stopped, checkpointSeconds, weights, optimizer, callbacks, notes } =
    checkpoint;
  const tensors = new Map<string, Tensor<Float32Array>>();
  const shapes = new Map(weightsOf(model).map(({ path, shape }) => [path, shape]));
  const add = (prefix: string, values: WeightValues) => {
    for (const [path, data] of values) {
      tensors.set(`${prefix}/${path}`, { data, shape: shapes.get(path) ?? [data.length] });
    }
  };
  add('weights', weights);
  for (const [name, tensor] of optimizer) tensors.set(`optimizer/${name}`, tensor);
  for (const [name, state] of callbacks) if (state.weights) add(`callbacks/${name}`, state.weights);
  const values = Object.fromEntries([...callbacks].map(([name, state]) => [name, state.values]));
  const fields = {
    belongsTo,
    position,
    epochs,
    lastEpoch,
    stopped,
    checkpointSeconds,
    callbacks: values,
    notes: notes ?? null,
  };
  const metadata = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toText(value)]));
  return { tensors, metadata };
}

/**
 * @param source the file, for messages
 * @throws InklingError (file) where something is missing or makes no sense
 */
export function readCheckpoint({ tensors, metadata }: CheckpointContent, source: string): Checkpoint {
  const fail = (problem: string): never => {
    throw new InklingError('file', `${source}: ${problem}`);
  };
  const field = (name: string): unknown => {
    try {
      return fromText(metadata[name]);
    } catch {
      return fail(`"${name}" is missing or no JSON.`);
    }
  };
  const object = (name: string): Record<string, unknown> => {
    const value = field(name);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : fail(`"${name}" must be an object.`);
  };
  const position = object('position');
  for (const name of ['iterations', 'stepsIntoEpoch', 'loss', 'correct', 'seconds']) {
    if (typeof position[name] !== 'number') fail(`"position" must have a number "${name}".`);
  }
  const lastEpoch = field('lastEpoch');
  const checkpointSeconds = field('checkpointSeconds');
  if (typeof lastEpoch !== 'number' || typeof checkpointSeconds !== 'number') {
    return fail('"lastEpoch" and "checkpointSeconds" must be numbers.');
  }
  const named = (prefix: string) =>
    new Map(
      [...tensors].flatMap(([name, tensor]) =>
        name.startsWith(`${prefix}/`) ? [[name.slice(prefix.length + 1), tensor] as const] : [],
      ),
    );
  const valuesOf = (prefix: string): WeightValues =>
    new Map([...named(prefix)].map(([name, { data }]) => [name, data]));
  const callbacks = Object.entries(object('callbacks')).map(([name, values]) => {
    const weights = valuesOf(`callbacks/${name}`);
    const state = { values: values as CallbackState['values'], weights: weights.size > 0 ? weights : undefined };
    return [name, state] as const;
  });
  return {
    belongsTo: object('belongsTo') as TrainingIdentity,
    position: position as unknown as TrainingPosition,
    epochs: historyFromData({ epochs: field('epochs') }, source).epochs,
    lastEpoch,
    stopped: field('stopped') === true,
    checkpointSeconds,
    weights: valuesOf('weights'),
    optimizer: named('optimizer'),
    callbacks: new Map(callbacks),
    notes: field('notes'),
  };
}

/** JSON knows no NaN, no infinity and no negative zero: they are written as `{ "number": "NaN" }`. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'number' && (!Number.isFinite(entry) || Object.is(entry, -0))
      ? { number: Object.is(entry, -0) ? '-0' : String(entry) }
      : entry,
  );
}

function fromText(text: string): unknown {
  return JSON.parse(text, (_, entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || Object.keys(entry).length !== 1) return entry;
    const number = 'number' in entry ? entry.number : undefined;
    return ['NaN', 'Infinity', '-Infinity', '-0'].includes(number as string) ? Number(number) : entry;
  });
}
