/**
 * Which description of a saved model counts. It is in the metadata of `model.safetensors`, so that weights and
 * description are one file, and once more in `model.json`, for people to read and to change.
 */

import { platform } from '#platform';
import { InklingError, shortJson } from '../errors.js';
import { defineModel, type Model, modelFromData } from '../model/model.js';
import { checkedPreprocessing, type Preprocessing } from '../preprocessing/settings.js';
import { duplicateKey } from './duplicate-key.js';
import { type Calibration, checkedCalibration, checkedClassNames } from './model-description.js';
import { readSafetensors, type SafetensorsContent } from './safetensors.js';

export const descriptionName = 'model.json';
export const weightsName = 'model.safetensors';
export const format = 'inkling';
export const formatVersion = 2;
/** What the description of an ensemble has in the place of layers. */
const membersKey = 'members';
/** The key of the description in the metadata of `model.safetensors`. */
export const descriptionKey = 'model';

/** What a description says, the weights left alone. */
export interface ModelDescription {
  readonly model: Model;
  readonly classNames?: readonly string[];
  readonly preprocessing?: Preprocessing;
  /** There where the model was trained with validation images. */
  readonly calibration?: Calibration;
}

/** A description as it was found, not checked yet. */
interface FoundDescription {
  readonly data: Record<string, unknown>;
  /** What to call it in errors. */
  readonly source: string;
}

/**
 * Reads a model's description: a JSON file that somebody wrote, or that of a run.
 * @param path the file, or the folder of a saved model
 * @throws InklingError (file, model)
 */
export async function loadModelDescription(path: string): Promise<ModelDescription> {
  const { file, weightsPath } = await locate(path);
  const content = isOfFolder(file) ? await readWeights(weightsPath).catch(missing) : undefined;
  const { data, source } = await chooseDescription(file, weightsPath, content);
  return checkedDescription(data, source);
}

/**
 * Reads weights and the description that counts.
 * @param path the folder of a saved model, or a description beside the weights
 * @throws InklingError (file, model)
 */
export async function readSaved(path: string) {
  const { file, folder, weightsPath } = await locate(path);
  // Before the description: where the model is saved again between the two, the new description is not that of these
  // weights.
  const content = await readWeights(weightsPath).catch(async (error: unknown) => {
    const ensemble = await readEnsembleDescription(path);
    if (ensemble) throw notOneModel(ensemble.source);
    // The path that was given is what to name first.
    await platform.readFile(file);
    throw error;
  });
  return { folder, weightsPath, content, description: await chooseDescription(file, weightsPath, content) };
}

/**
 * Reads the description of an ensemble.
 * @param path its folder, or the `model.json` in it
 * @returns undefined where there is none, or that of one model
 * @throws InklingError (model) where it is damaged
 */
export async function readEnsembleDescription(
  path: string,
): Promise<({ readonly folder: string } & FoundDescription) | undefined> {
  const { file, folder } = await locate(path);
  const bytes = isOfFolder(file) ? await readIfThere(file) : undefined;
  const text = bytes && new TextDecoder().decode(bytes);
  if (!text?.includes(`"${membersKey}"`)) return undefined;
  const found = parseDescription(text, file);
  return membersKey in found.data ? { folder, ...found } : undefined;
}

/** @throws InklingError (model) for anything that makes no sense, and for an ensemble */
export function checkedDescription(data: Record<string, unknown>, source: string): ModelDescription {
  if (membersKey in data) throw notOneModel(source);
  const model = defineModel(modelFromData(data, source));
  const classNames = checkedClassNames(data.classNames, model.classes, source);
  const preprocessing = checkedPreprocessing(data.preprocessing, source);
  const calibration = checkedCalibration(data.calibration, source);
  return { model, classNames, preprocessing, calibration };
}

function notOneModel(source: string): InklingError {
  return new InklingError(
    'model',
    `${source} is that of an ensemble: several models that answer together, and cannot be taken for one here. Name one of its members, such as ` +
      'the folder member-1 in it; whole it can be read with, tested and shown, and loaded by Ensemble.load and Recognizer.load.',
  );
}

async function locate(path: string): Promise<{ file: string; folder: string; weightsPath: string }> {
  // In a page a path is a URL, and nothing but the slash tells that it is a folder's.
  const isFolder = path.endsWith('/') || (await platform.listFolder(path)) !== undefined;
  const file = isFolder ? platform.joinPath(path, descriptionName) : path;
  const folder = isFolder ? path : platform.joinPath(path, '..');
  return { file, folder, weightsPath: platform.joinPath(folder, weightsName) };
}

/** Of another name it is somebody's own, and nothing is to be taken instead of it. */
function isOfFolder(file: string): boolean {
  return /(^|[\\/])model\.json([?#].*)?$/.test(file);
}

async function readWeights(path: string): Promise<SafetensorsContent> {
  return readSafetensors(await platform.readFile(path), path);
}

function missing(error: unknown): undefined {
  const cause = error instanceof InklingError ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
  throw error;
}

/**
 * `model.json` is honoured, with what people changed in it, where it was saved with the weights. It was not where
 * saving was broken off between the two; then, and where it is missing, the description inside counts.
 */
async function chooseDescription(
  file: string,
  weightsPath: string,
  content: SafetensorsContent | undefined,
): Promise<FoundDescription> {
  const text = descriptionInside(content);
  if (text === undefined || !isOfFolder(file))
    return parseDescription(decode(await platform.readFile(file), file), file);
  return outsideOrInside(await readIfThere(file), file, text, weightsPath, content);
}

/**
 * The description that counts of a model's two files.
 * @param bytes of `model.json`; undefined where it is missing
 * @throws InklingError (model)
 */
export function descriptionOf(content: SafetensorsContent, bytes: Uint8Array | undefined): FoundDescription {
  const text = descriptionInside(content);
  if (text !== undefined) return outsideOrInside(bytes, descriptionName, text, weightsName, content);
  if (bytes) return parseDescription(decode(bytes, descriptionName), descriptionName);
  throw new InklingError(
    'model',
    `${weightsName} says nothing of layers, and there is no ${descriptionName}: expected what save wrote.`,
  );
}

function descriptionInside(content: SafetensorsContent | undefined): string | undefined {
  return content?.metadata.format === format ? content.metadata[descriptionKey] : undefined;
}

function outsideOrInside(
  bytes: Uint8Array | undefined,
  file: string,
  inside: string,
  weightsPath: string,
  content: SafetensorsContent | undefined,
): FoundDescription {
  const outside = bytes && parseDescription(decode(bytes, file), file);
  if (outside && outside.data.weightsSha256 === content?.metadata.weightsSha256) return outside;
  return parseDescription(inside, `the description in ${weightsPath}`);
}

/** In a page, what cannot be read is not there. */
async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  const entries = await platform.listFolder(platform.joinPath(file, '..'));
  if (entries === undefined) return platform.readFile(file).catch(() => undefined);
  return entries.some(({ name }) => name === descriptionName) ? platform.readFile(file) : undefined;
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InklingError('model', `${path} is not UTF-8 text. Expected a model's description as JSON.`, { cause });
  }
}

function parseDescription(text: string, source: string): FoundDescription {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError('model', `${source} is not JSON: ${reason}. Expected a model's description.`, { cause });
  }
  const duplicate = duplicateKey(text);
  if (duplicate !== undefined) {
    throw new InklingError(
      'model',
      `${source} holds the key ${shortJson(duplicate)} twice. Keep the one that is meant.`,
    );
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new InklingError('model', `${source}: expected an object { "name", "inputShape", "layers" }.`);
  }
  const fields = data as Record<string, unknown>;
  // Version 1 called it "version".
  const version = fields.formatVersion ?? fields.version;
  if (fields.format !== undefined && (fields.format !== format || (version !== 1 && version !== formatVersion))) {
    throw new InklingError(
      'model',
      `${source}: expected "format" "${format}" and "formatVersion" 1 or ${formatVersion}. Received: ${shortJson(fields.format)} and ` +
        `${shortJson(version)}. A newer Inkling may read it.`,
    );
  }
  return { data: fields, source };
}
