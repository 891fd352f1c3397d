/**
 * A model on disk: a folder with `model.safetensors`, which holds the weights in Keras's layout and names and the whole
 * description in its metadata, so that one renaming makes the model what it is; `model.json`, the same description for
 * people; and, so that training can go on exactly, `optimizer-<beginning of weightsSha256>.safetensors`.
 * docs/saved-format.md is the specification.
 */

import { platform } from '#platform';
import { InklingError, shortJson } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';
import { type Model, weightsOf } from '../model/model.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';
import type { Preprocessing } from '../preprocessing/settings.js';
import { readSafetensors, type SafetensorsContent, writeSafetensors } from './safetensors.js';
import {
  checkedDescription,
  descriptionKey,
  descriptionName,
  descriptionOf,
  format,
  formatVersion,
  readSaved,
  weightsName,
} from './saved-description.js';
import { weightValues } from './weight-values.js';
import { weightsSha256 } from './weights-sha256.js';

export { loadModelDescription } from './saved-description.js';

/** Those of version 1 have no sum in their name. */
const optimizerName = /^optimizer(-[0-9a-f]{8})?\.safetensors$/;

/** What an optimizer remembers. The meaning of names and metadata is the training's affair. */
export interface OptimizerState {
  /** Such as `momentum/conv2d/kernel`, each in the shape of its weight. */
  readonly tensors: ReadonlyMap<string, Tensor<Float32Array>>;
  /** Texts such as the optimizer's options as JSON, its iterations, seed and epoch. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What may be stored beside a model's layers and weights. */
export interface ModelExtras {
  /** One name a class, in the order of the model's outputs. */
  readonly classNames?: readonly string[];
  readonly preprocessing?: Preprocessing;
  readonly calibration?: Calibration;
  readonly optimizer?: OptimizerState;
}

/** A model as it was saved: layers, weights, and what was stored beside them. */
export interface LoadedModel extends ModelExtras {
  readonly model: Model;
  /** Values by path such as `conv2d/kernel`, in the order of the model. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** All metadata of `model.safetensors`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Writes a model's folder, so that whatever stops it leaves the model that was there before or the new one. Equal
 * content gives equal bytes.
 * @param weights values by path, in Keras's layout
 * @throws InklingError (argument) where weights or class names do not fit the model, (file) where the folder cannot be
 * written; where the optimizer's state alone cannot, the model is saved without it before
 */
export async function saveModel(
  folder: string,
  model: Model,
  weights: ReadonlyMap<string, Float32Array>,
  { classNames, preprocessing, calibration, optimizer }: ModelExtras = {},
): Promise<void> {
  checkClassNames(model, classNames);
  const sum = await weightsSha256(model, weights);
  const identity = identityOf(sum);
  const beside = (name: string) => platform.joinPath(folder, name);
  let optimizerState: string | undefined;
  let optimizerError: unknown;
  if (optimizer) {
    // Under a name of its own it does not touch the state of the model that is still there.
    const name = `optimizer-${sum.slice(0, 8)}.safetensors`;
    try {
      await platform.writeFile(
        beside(name),
        writeSafetensors(optimizer.tensors, { ...optimizer.metadata, ...identity }),
      );
      optimizerState = name;
    } catch (error) {
      optimizerError = error;
    }
  }
  const described = { classNames, preprocessing, calibration, optimizerState };
  const files = writeModel(model, weights, sum, described);
  await platform.writeFile(beside(weightsName), files.weights);
  await platform.writeFile(beside(descriptionName), files.description);
  for (const entry of (await platform.listFolder(folder)) ?? []) {
    if (!optimizerName.test(entry.name) || entry.name === optimizerState) continue;
    // One that cannot be removed does no harm: nothing refers to it any more.
    await platform.removeFile(beside(entry.name)).catch(() => {});
  }
  if (optimizerError) throw withoutOptimizer(folder, optimizerError);
}

/**
 * A model's folder as bytes, where there are no folders to write: `model.json` and `model.safetensors` as `save` writes
 * them, without the optimizer's state.
 * @param weights values by path, in Keras's layout
 * @returns by file name
 * @throws InklingError (argument) where weights or class names do not fit the model
 * @example
 * ```ts
 * const files = await modelFiles(model.definition, model.getWeights()); // in a page: to be stored, or downloaded
 * ```
 */
export async function modelFiles(
  model: Model,
  weights: ReadonlyMap<string, Float32Array>,
  extras: Omit<ModelExtras, 'optimizer'> = {},
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  checkClassNames(model, extras.classNames);
  const files = writeModel(model, weights, await weightsSha256(model, weights), extras);
  return new Map([
    [weightsName, files.weights],
    [descriptionName, new TextEncoder().encode(files.description)],
  ]);
}

/**
 * Reads what `modelFiles`, `save` or a run wrote from the files' bytes, and checks it as `load` does. An optimizer's
 * state is left alone.
 * @param files by name: `model.safetensors`, and `model.json` where it is there
 * @throws InklingError (file, model) that names the file, the weight, what was expected and what is there
 * @example
 * ```ts
 * const files = await modelFiles(model.definition, model.getWeights());
 * const recognizer = new Recognizer(modelFromFiles(files));
 * ```
 */
export function modelFromFiles(files: ReadonlyMap<string, Uint8Array>): LoadedModel {
  const bytes = files.get(weightsName);
  if (!bytes) throw new InklingError('file', `There is no ${weightsName}: expected the files of a saved model.`);
  const content = readSafetensors(bytes, weightsName);
  const { data, source } = descriptionOf(content, files.get(descriptionName));
  const described = checkedDescription(data, source);
  const weights = checkedWeights(described.model, content.tensors, weightsName);
  return { ...described, weights, metadata: content.metadata };
}

function checkClassNames(model: Model, classNames: readonly string[] | undefined): void {
  if (classNames && classNames.length !== model.classes) {
    throw new InklingError('argument', `Expected ${model.classes} class names. Received: ${classNames.length}.`);
  }
}

function identityOf(weightsSha256: string) {
  return { format, formatVersion: String(formatVersion), weightsSha256 };
}

/** The two files that a model is. */
function writeModel(
  model: Model,
  values: ReadonlyMap<string, Float32Array>,
  weightsSha256: string,
  {
    classNames,
    preprocessing,
    calibration,
    optimizerState,
  }: Omit<ModelExtras, 'optimizer'> & { readonly optimizerState?: string | undefined },
) {
  const tensors = new Map(
    weightsOf(model).map((weight) => [weight.path, { data: weightValues(weight, values), shape: weight.shape }]),
  );
  const { name, inputShape, layers } = model.config;
  const description = {
    format,
    formatVersion,
    name,
    inputShape,
    layers,
    classNames,
    preprocessing,
    calibration,
    optimizerState,
    weightsSha256,
  };
  const metadata = { ...identityOf(weightsSha256), [descriptionKey]: JSON.stringify(description) };
  return {
    weights: writeSafetensors(tensors, metadata),
    description: `${JSON.stringify(description, null, 2)}\n`,
  };
}

/** Training can be done again, the weights are what counts: they have been saved. */
function withoutOptimizer(folder: string, cause: unknown): unknown {
  if (!(cause instanceof InklingError)) return cause;
  return new InklingError(
    cause.kind,
    `${cause.message} The model is saved in ${folder}, but without the optimizer's state: it can be used, and training would not go on exactly.`,
    { cause },
  );
}

/**
 * Reads what `saveModel` wrote, in this version of the format or in version 1, and checks that every weight of the
 * model is there once and in its shape.
 * @param path the folder, or the `model.json` in it; in a page a URL, which ends in "/" where it is the folder's
 * @throws InklingError (file, model) that names the file, the weight, what was expected and what is there
 */
export async function loadModel(path: string): Promise<LoadedModel> {
  const loaded = await readModel(path);
  const { optimizerPath } = loaded;
  if (optimizerPath === undefined) return loaded.model;
  try {
    return await withOptimizer(loaded.model, optimizerPath, loaded.weightsPath);
  } catch (error) {
    // Saved again while it was being read, the model has another optimizer's state now.
    const again = await readModel(path);
    if (again.optimizerPath === undefined || again.optimizerPath === optimizerPath) throw error;
    return withOptimizer(again.model, again.optimizerPath, again.weightsPath);
  }
}

async function readModel(path: string) {
  const { folder, weightsPath, content, description } = await readSaved(path);
  const described = checkedDescription(description.data, description.source);
  const { tensors, metadata } = content;
  const model: LoadedModel = {
    ...described,
    weights: checkedWeights(described.model, tensors, weightsPath),
    metadata,
  };
  const { optimizerState } = description.data;
  if (optimizerState === undefined) return { model, weightsPath };
  if (typeof optimizerState !== 'string' || !optimizerName.test(optimizerState)) {
    throw new InklingError(
      'model',
      `${description.source}: "optimizerState" must name a file such as optimizer-0123abcd.safetensors. Received: ${shortJson(optimizerState)}.`,
    );
  }
  return { model, weightsPath, optimizerPath: platform.joinPath(folder, optimizerState) };
}

async function withOptimizer(loaded: LoadedModel, path: string, weightsPath: string): Promise<LoadedModel> {
  const content = readSafetensors(await platform.readFile(path), path);
  await checkOptimizer(content, loaded, path, weightsPath);
  return { ...loaded, optimizer: content.metadata.version === '1' ? inWordsOfToday(content) : content };
}

/** Version 1 had other words for what the optimizers remember. */
function inWordsOfToday({ tensors, metadata }: SafetensorsContent): OptimizerState {
  const words: Record<string, string> = { mean: 'momentum', square: 'velocity', velocity: 'momentum' };
  const renamed = [...tensors].map(([name, tensor]) => {
    const [slot, ...path] = name.split('/');
    return [[words[slot] ?? slot, ...path].join('/'), tensor] as const;
  });
  return { tensors: new Map(renamed), metadata };
}

function checkedWeights(
  model: Model,
  tensors: ReadonlyMap<string, Tensor<Float32Array>>,
  path: string,
): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  for (const { path: name, shape } of weightsOf(model)) {
    const tensor = tensors.get(name);
    const expected = `expected shape ${formatShape(shape)}`;
    if (tensor === undefined) {
      throw new InklingError('file', `${path}: weight "${name}" is missing, ${expected}. ${otherModel}`);
    }
    if (formatShape(tensor.shape) !== formatShape(shape)) {
      const received = `Received: ${formatShape(tensor.shape)}`;
      throw new InklingError('file', `${path}: weight "${name}": ${expected}. ${received}. ${otherModel}`);
    }
    weights.set(name, tensor.data);
  }
  const stranger = [...tensors.keys()].find((name) => !weights.has(name));
  if (stranger !== undefined) {
    throw new InklingError(
      'file',
      `${path}: tensor ${shortJson(stranger)} belongs to no weight of the model. ${otherModel}`,
    );
  }
  return weights;
}

const otherModel =
  'The file seems to belong to another model.json: put the two that were saved together in one folder.';

/**
 * Weights and optimizer are two files: a crash between the two writes must not end in training that only looks exact.
 */
async function checkOptimizer(
  optimizer: SafetensorsContent,
  { model, weights }: LoadedModel,
  path: string,
  weightsPath: string,
): Promise<void> {
  const expected = await weightsSha256(model, weights);
  const got = optimizer.metadata.weightsSha256;
  if (got !== expected) {
    throw new InklingError(
      'file',
      `${path} was saved with other weights than those in ${weightsPath}: expected weightsSha256 ${expected}. Received: ${got}. ` +
        'To use the weights without it, remove the line "optimizerState" from model.json.',
    );
  }
}
