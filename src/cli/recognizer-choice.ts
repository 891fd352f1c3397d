/** Which model `inkling predict` reads with: the one that ships with the package, a run, or the latest run. */

import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { InklingError } from '../errors.js';
import { Recognizer } from '../inference/recognizer.js';
import { isKnownName } from '../known-names.js';
import { architectureNames } from '../model/architectures.js';
import { latest, resolveLatest, runsFolder } from './latest-run.js';

const expected = `Expected the folder of a run, of a saved model or of an ensemble, its model.json, or "${latest}" for the last run in ${runsFolder}/`;

/**
 * @param choice a run's folder, another model's, a `model.json`, or `latest`: the run in runs/ that was finished last;
 * default: the model that ships with the package
 * @throws InklingError (argument) where there is no run yet, (file, model) where the model cannot be used
 */
export async function chooseRecognizer(choice: string | undefined): Promise<Recognizer> {
  if (choice === undefined) return checked(await Recognizer.load(), 'the model that ships with Inkling');
  const path = await resolveLatest(choice);
  await checkPath(path);
  return checked(await Recognizer.load(path), path);
}

/** Says what is wrong in the words of the option; what is left is the reader's to find. */
async function checkPath(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  const fail = (reason: string): never => {
    throw new InklingError('file', `--model ${path}: ${reason}`);
  };
  if (found === undefined) {
    return isKnownName(path, architectureNames)
      ? fail(`an architecture is not a trained model. Train it first: "inkling train --model ${path}". ${expected}.`)
      : fail(`there is no such file or folder. ${expected}.`);
  }
  if (!found.isDirectory()) {
    if (extname(path) === '.json') return;
    return extname(path) === '.safetensors'
      ? fail('these are weights alone. Give the folder that they are in.')
      : fail(`this is not a model. ${expected}.`);
  }
  const files = await Promise.all(['model.json', 'model.safetensors'].map((name) => isThere(join(path, name))));
  if (!files.includes(true)) return fail(`there is no saved model in this folder. ${expected}.`);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** A network with a weight that is not a number gives no probabilities, of no picture. */
function checked(recognizer: Recognizer, path: string): Recognizer {
  for (const [index, { weights }] of recognizer.members.entries()) {
    for (const [name, values] of weights) {
      if (values.every(Number.isFinite)) continue;
      const where = recognizer.members.length > 1 ? `, member ${index + 1}` : '';
      throw new InklingError(
        'model',
        `${path}${where}: weight "${name}" has values that are not finite, so that the model cannot read anything. Train it anew, or use another one.`,
      );
    }
  }
  return recognizer;
}
