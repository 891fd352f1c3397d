/** Which model a command works on: a named architecture, or one described by a JSON file, perhaps that of a run. */

import { existsSync } from 'node:fs';
import { InklingError } from '../errors.js';
import { loadModelDescription } from '../formats/model-file.js';
import { isKnownName } from '../known-names.js';
import { architecture, architectureNames } from '../model/architectures.js';
import { defineModel, type Model } from '../model/model.js';
import { formatShape } from '../numerics/tensor.js';
import type { DataShape } from './data-choice.js';

/**
 * @param choice a name such as `cnn`, a JSON file, or a folder with a `model.json`; of a run the layers alone are taken
 * @param data what the model is for; a named architecture takes its input shape and number of classes
 * @throws InklingError (argument) for what is neither name nor path, (file, model) for a bad description
 */
export async function chooseModel(choice: string, data: DataShape): Promise<Model> {
  if (isKnownName(choice, architectureNames)) return defineModel(architecture(choice, data.inputShape, data.classes));
  if (!existsSync(choice)) {
    throw new InklingError(
      'argument',
      `--model ${choice}: there is no architecture of this name, and no such file or folder. Expected ` +
        `${architectureNames.join(', ')}, a JSON file that describes a model, or a run's folder.`,
    );
  }
  return (await loadModelDescription(choice)).model;
}

/**
 * @throws InklingError (model) where the data has other images, or another number of classes, than the model is made
 * for
 */
export function requireFit(model: Model, data: DataShape): void {
  const { name, inputShape } = model.config;
  if (formatShape(inputShape) !== formatShape(data.inputShape)) {
    throw new InklingError(
      'model',
      `Model "${name}" takes images of shape ${formatShape(inputShape)}, but those of ${data.name} have ` +
        `${formatShape(data.inputShape)}. Change its inputShape, or use data of that shape; images in class folders can be scaled with --resize.`,
    );
  }
  if (model.classes !== data.classes) {
    throw new InklingError(
      'model',
      `Model "${name}" tells ${model.classes} classes apart, but ${data.name} has ${data.classes}. ` +
        `Give its last layer ${data.classes} units, or use data of ${model.classes} classes.`,
    );
  }
}
