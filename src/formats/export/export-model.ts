/** A model as files that other tools read: one function for all formats. */

import { InklingError } from '../../errors.js';
import { describeValue, hintAtNames, isKnownName } from '../../known-names.js';
import type { Model } from '../../model/model.js';
import type { LoadedEnsemble } from '../ensemble-file.js';
import type { LoadedModel, ModelExtras } from '../model-file.js';
import { type ExportFormat, exportFormats } from './export-formats.js';
import { kerasFile } from './keras.js';
import { npzFile } from './npz.js';
import { onnxFile } from './onnx.js';
import { pytorchFiles } from './pytorch.js';

/** What `exportModel` takes: a `Sequential`, or a model that was read, such as `modelFromFiles` gives. */
export type ExportedModel =
  | { readonly definition: Model; getWeights(): ReadonlyMap<string, Float32Array> }
  | Omit<LoadedModel, 'metadata' | 'optimizer'>;

/**
 * A model as files of another format, as bytes. Predictions need no preprocessing but that images are from 0 to 1.
 * @param extras what the format has a place for, and the model does not say itself
 * @returns by file name: `model.onnx`; `model.npz`; `model.safetensors` and `model.py`; `model.keras`
 * @throws InklingError (argument) for a format that is none of these, an ensemble, or weights that do not fit the model
 * @example
 * ```ts
 * const files = await exportModel(model, 'onnx', { classNames });
 * const onnx = new Blob([files.get('model.onnx')!]); // in a page: to be downloaded
 * ```
 */
export async function exportModel(
  model: ExportedModel,
  format: ExportFormat,
  extras: Omit<ModelExtras, 'optimizer'> = {},
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const exported = checkedModel(model, extras);
  if (!isKnownName(format, exportFormats)) {
    throw new InklingError(
      'argument',
      `exportModel: unknown format ${describeValue(format)}. ${hintAtNames(format, exportFormats)}`,
    );
  }
  switch (format) {
    case 'onnx':
      return new Map([['model.onnx', await onnxFile(exported)]]);
    case 'npz':
      return new Map([['model.npz', npzFile(exported.model, exported.weights)]]);
    case 'pytorch':
      return pytorchFiles(exported);
    case 'keras':
      return new Map([['model.keras', kerasFile(exported.model, exported.weights)]]);
  }
}

function checkedModel(given: ExportedModel | LoadedEnsemble, extras: Omit<ModelExtras, 'optimizer'>) {
  const exported: object = Object(given);
  if ('members' in exported) {
    const { name, members } = given as LoadedEnsemble;
    throw new InklingError(
      'argument',
      `exportModel: expected one network. Received: the ensemble "${name}" of ${members.length}. Export its members one by one.`,
    );
  }
  if ('definition' in exported && 'getWeights' in exported) {
    const { definition, getWeights } = given as Extract<ExportedModel, { definition: unknown }>;
    return { model: definition, weights: getWeights.call(given), ...extras };
  }
  if ('model' in exported && 'weights' in exported) return { ...(given as LoadedModel), ...extras };
  throw new InklingError(
    'argument',
    `exportModel: expected a Sequential, or a model that was read, such as modelFromFiles gives. Received: ${describeValue(given)}.`,
  );
}
