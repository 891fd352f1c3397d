/**
 * A model on disk: a folder with `model.json` (the description), `model.safetensors` (the weights in Keras's layout and names)
 * and, so that training can go on exactly, `optimizer.safetensors`. `model.json` is written last: where it is, all is.
 */

import { platform } from '#platform';
import { InklingError, shortJson } from '../errors.js';
import { defineModel, type Model, modelFromData, weightsOf } from '../model/model.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';
import { type Calibration, checkedCalibration, checkedClassNames } from './model-description.js';
import { checkedPreprocessing, type Preprocessing } from './preprocessing.js';
import { readSafetensors, type SafetensorsContent, writeSafetensors } from './safetensors.js';
import { weightValues } from './weight-values.js';
import { weightsSha256 } from './weights-sha256.js';

const descriptionName = 'model.json';
const weightsName = 'model.safetensors';
const optimizerName = 'optimizer.safetensors';
const formatVersion = 1;

/** What an optimizer remembers. The meaning of names and metadata is the training's affair. */
export interface OptimizerState {
  /** Such as `adam/m/conv2d/kernel`, each in the shape of its weight. */
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
 * Writes a model's folder, each file as a whole or not at all. Equal content gives equal bytes.
 * @param weights values by path, in Keras's layout
 * @throws InklingError (argument) where weights or class names do not fit the model, (file) where the folder cannot be written
 */
export async function saveModel(
  folder: string,
  model: Model,
  weights: ReadonlyMap<string, Float32Array>,
  { classNames, preprocessing, calibration, optimizer }: ModelExtras = {},
): Promise<void> {
  if (classNames && classNames.length !== model.classes) {
    throw new InklingError('argument', `expected ${model.classes} class names, received ${classNames.length}.`);
  }
  const tensors = new Map(
    weightsOf(model).map((weight) => [weight.path, { data: weightValues(weight, weights), shape: weight.shape }]),
  );
  const identity = {
    format: 'inkling',
    version: String(formatVersion),
    weightsSha256: await weightsSha256(model, weights),
  };
  const metadata: Record<string, string> = { ...identity };
  if (classNames) metadata.classNames = JSON.stringify(classNames);
  if (preprocessing) metadata.preprocessing = JSON.stringify(preprocessing);
  if (calibration) metadata.calibration = JSON.stringify(calibration);
  if (optimizer) {
    const state = writeSafetensors(optimizer.tensors, { ...optimizer.metadata, ...identity });
    await platform.writeFile(platform.joinPath(folder, optimizerName), state);
  }
  await platform.writeFile(platform.joinPath(folder, weightsName), writeSafetensors(tensors, metadata));
  const { name, inputShape, layers } = model.config;
  const description = {
    ...{ format: 'inkling', version: formatVersion, name, inputShape, layers, classNames, preprocessing, calibration },
    ...(optimizer && { optimizerState: optimizerName }),
  };
  await platform.writeFile(platform.joinPath(folder, descriptionName), `${JSON.stringify(description, null, 2)}\n`);
}

/**
 * Reads what `saveModel` wrote and checks that every weight of the model is there once and in its shape.
 * @param path the folder, or the `model.json` in it; in a page a URL, which ends in "/" where it is the folder's
 * @throws InklingError (file, model) that names the file, the weight, what was expected and what is there
 */
export async function loadModel(path: string): Promise<LoadedModel> {
  const { folder, description, ...described } = await readDescription(path);
  const { model } = described;
  const beside = (name: string) => platform.joinPath(folder, name);
  const weightsPath = beside(weightsName);
  const { tensors, metadata } = readSafetensors(await platform.readFile(weightsPath), weightsPath);
  const loaded = { ...described, weights: checkedWeights(model, tensors, weightsPath), metadata };
  if (description.optimizerState === undefined) return loaded;
  const optimizerPath = beside(optimizerName);
  const optimizer = readSafetensors(await platform.readFile(optimizerPath), optimizerPath);
  await checkOptimizer(optimizer, loaded, optimizerPath, weightsPath);
  return { ...loaded, optimizer };
}

/** What a `model.json` says, the weights left alone. */
export interface ModelDescription {
  readonly model: Model;
  readonly classNames?: readonly string[];
  readonly preprocessing?: Preprocessing;
  /** There where the model was trained with validation images. */
  readonly calibration?: Calibration;
}

/**
 * Reads a model's JSON file: one that somebody wrote, or that of a run.
 * @param path the file, or the folder with a `model.json`
 * @throws InklingError (file, model)
 */
export async function loadModelDescription(path: string): Promise<ModelDescription> {
  const { model, classNames, preprocessing, calibration } = await readDescription(path);
  return { model, classNames, preprocessing, calibration };
}

async function readDescription(path: string) {
  // In a page a path is a URL, and nothing but the slash tells that it is a folder's.
  const isFolder = path.endsWith('/') || (await platform.listFolder(path)) !== undefined;
  const file = isFolder ? platform.joinPath(path, descriptionName) : path;
  const folder = isFolder ? path : platform.joinPath(path, '..');
  const description = parseDescription(await platform.readFile(file), file);
  const model = defineModel(modelFromData(description, file));
  const classNames = checkedClassNames(description.classNames, model.classes, file);
  const preprocessing = checkedPreprocessing(description.preprocessing, file);
  const calibration = checkedCalibration(description.calibration, file);
  return { folder, description, model, classNames, preprocessing, calibration };
}

function parseDescription(bytes: Uint8Array, path: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InklingError('model', `${path} is no JSON: ${reason}. Expected a model's description.`, { cause: error });
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new InklingError('model', `${path}: expected an object { "name", "inputShape", "layers" }.`);
  }
  const { format, version } = data as Record<string, unknown>;
  if (format !== undefined && (format !== 'inkling' || version !== formatVersion)) {
    throw new InklingError(
      'model',
      `${path}: expected format "inkling", version ${formatVersion}. Received: ${shortJson(format)}, version ` +
        `${shortJson(version)}. A newer Inkling may read it.`,
    );
  }
  return data as Record<string, unknown>;
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
      const got = `got ${formatShape(tensor.shape)}`;
      throw new InklingError('file', `${path}: weight "${name}": ${expected}, ${got}. ${otherModel}`);
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

/** Weights and optimizer are two files: a crash between the two writes must not end in training that only looks exact. */
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
      `${path} was saved with other weights than those in ${weightsPath}: expected weightsSha256 ${expected}, got ${got}. ` +
        'To use the weights without it, remove the line "optimizerState" from model.json.',
    );
  }
}
