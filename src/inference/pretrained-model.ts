/** The model that ships with this package. The folder pretrained/ has what made it. */

import { checkedCalibration, checkedClassNames } from '../formats/model-description.js';
import type { LoadedModel } from '../formats/model-file.js';
import { checkedPreprocessing } from '../formats/preprocessing.js';
import { readSafetensors } from '../formats/safetensors.js';
import { defineModel, modelFromData } from '../model/model.js';

const source = 'the model that ships with Inkling';

/** It is a module of this package, loaded when it is first asked for: there is no file to find, in Node or in a page. */
export async function loadPretrained(): Promise<LoadedModel> {
  const { description, weights: base64 } = await import('./pretrained-files.js');
  const data = JSON.parse(description) as Record<string, unknown>;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const { tensors, metadata } = readSafetensors(bytes, source);
  const model = defineModel(modelFromData(data, source));
  return {
    model,
    weights: new Map([...tensors].map(([path, tensor]) => [path, tensor.data])),
    metadata,
    classNames: checkedClassNames(data.classNames, model.classes, source),
    preprocessing: checkedPreprocessing(data.preprocessing, source),
    calibration: checkedCalibration(data.calibration, source),
  };
}
