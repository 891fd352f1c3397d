/**
 * An ensemble on disk: a folder with a `model.json` that lists its members and says what is known of them together, and
 * a folder for each of them, `member-1` and so on, which is that of a saved model. Nothing outside it is needed.
 */

import { platform } from '#platform';
import { InklingError, shortJson } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';
import { sha256 } from '../numerics/sha256.js';
import { formatShape } from '../numerics/tensor.js';
import { checkedPreprocessing, type Preprocessing } from '../preprocessing/settings.js';
import { checkedCalibration, checkedClassNames } from './model-description.js';
import { type LoadedModel, loadModel, saveModel } from './model-file.js';
import { descriptionName, format, formatVersion, readEnsembleDescription } from './saved-description.js';
import { weightsSha256 } from './weights-sha256.js';

/** Several models that answer together: the mean of their probabilities counts. */
export interface LoadedEnsemble {
  readonly name: string;
  /** Two at least, of the same inputs, classes and preprocessing. */
  readonly members: readonly LoadedModel[];
  /** One name a class; undefined where the members have none. */
  readonly classNames?: readonly string[];
  readonly preprocessing?: Preprocessing;
  /** Of all together. */
  readonly calibration?: Calibration;
}

const memberName = /^member-\d+$/;

/** The folder of a member within the ensemble's, counted from 1. */
export function memberFolder(number: number): string {
  return `member-${number}`;
}

/**
 * Whether models can be members of one ensemble.
 * @param names what each is called in errors; default `member 1` and so on
 * @throws InklingError (argument) for fewer than two, (model) where one has other inputs, classes or preprocessing than
 * the first
 */
export function checkAlike(
  members: readonly LoadedModel[],
  names: readonly string[] = members.map((_, index) => `member ${index + 1}`),
): void {
  if (members.length < 2) {
    throw new InklingError('argument', `An ensemble has two models at least. Received: ${members.length}.`);
  }
  const traits: readonly [what: string, of: (member: LoadedModel) => string][] = [
    ['takes images of shape', ({ model }) => formatShape(model.config.inputShape)],
    ['tells apart the classes', classesOf],
    ['prepares pictures by', ({ preprocessing }) => (preprocessing ? shortJson(preprocessing) : 'no settings')],
  ];
  for (const [what, of] of traits) {
    const expected = of(members[0]);
    const wrong = members.findIndex((member) => of(member) !== expected);
    if (wrong < 0) continue;
    throw new InklingError(
      'model',
      `Members of an ensemble must take and tell the same: ${names[0]} ${what} ${expected}, ${names[wrong]} ${what} ${of(members[wrong])}. ` +
        'Leave one of them out, or train them on the same data.',
    );
  }
}

/**
 * @returns the members' `weightsSha256`
 * @throws InklingError (model) where two have the same weights, and as `checkAlike`
 */
export async function checkMembers(members: readonly LoadedModel[], names: readonly string[]): Promise<string[]> {
  checkAlike(members, names);
  const sums = await sumsOf(members);
  const twice = sums.findIndex((sum, index) => sums.indexOf(sum) !== index);
  if (twice < 0) return sums;
  throw new InklingError(
    'model',
    `${names[sums.indexOf(sums[twice])]} and ${names[twice]} have the same weights: together they know no more than one of them. Leave one out.`,
  );
}

function sumsOf(members: readonly LoadedModel[]): Promise<string[]> {
  return Promise.all(members.map(({ model, weights }) => weightsSha256(model, weights)));
}

function classesOf({ model, classNames }: LoadedModel): string {
  return (classNames ?? Array.from({ length: model.classes }, (_, label) => `${label}`)).join(', ');
}

/** The fingerprint of all weights: SHA-256 over those of the members, a line each, in their order. */
export async function ensembleSha256({ members }: Pick<LoadedEnsemble, 'members'>): Promise<string> {
  const sums = await sumsOf(members);
  return sha256(new TextEncoder().encode(sums.map((sum) => `${sum}\n`).join('')));
}

/**
 * Writes an ensemble's folder. Its `model.json` comes last: a folder that has it is complete.
 * @throws InklingError (argument, model) where the members do not belong together, (file) where it cannot be written
 */
export async function saveEnsemble(folder: string, ensemble: LoadedEnsemble): Promise<void> {
  const { name, members, classNames, preprocessing, calibration } = ensemble;
  const folders = members.map((_, index) => memberFolder(index + 1));
  const sums = await checkMembers(members, folders);
  for (const [index, { model, weights, ...extras }] of members.entries()) {
    const own = { classNames: extras.classNames, preprocessing: extras.preprocessing, calibration: extras.calibration };
    await saveModel(platform.joinPath(folder, folders[index]), model, weights, own);
  }
  const description = {
    format,
    formatVersion,
    name,
    inputShape: members[0].model.config.inputShape,
    members: folders.map((folder, index) => ({ folder, weightsSha256: sums[index] })),
    classNames,
    preprocessing,
    calibration,
    weightsSha256: await ensembleSha256(ensemble),
  };
  await platform.writeFile(platform.joinPath(folder, descriptionName), `${JSON.stringify(description, null, 2)}\n`);
}

/**
 * @param path a folder, or the `model.json` in it; in a page a URL
 * @returns undefined where there is no ensemble: a model, or nothing
 * @throws InklingError (file, model) where there is one that cannot be used
 */
export async function loadEnsemble(path: string): Promise<LoadedEnsemble | undefined> {
  const found = await readEnsembleDescription(path);
  if (!found) return undefined;
  const { folder, data, source } = found;
  const listed = checkedList(data.members, source);
  const members: LoadedModel[] = [];
  for (const { folder: name, weightsSha256: expected } of listed) {
    // Its description's path says in a page, too, that it is a file.
    const member = await loadModel(platform.joinPath(folder, name, descriptionName));
    const sum = await weightsSha256(member.model, member.weights);
    if (sum !== expected) {
      throw new InklingError(
        'model',
        `${source}: ${name} has other weights than those it was made of: expected weightsSha256 ${expected}. Received: ${sum}. ` +
          'Make the ensemble anew with "inkling ensemble".',
      );
    }
    const { optimizer: _, ...rest } = member;
    members.push(rest);
  }
  const names = listed.map((member) => platform.joinPath(folder, member.folder));
  await checkMembers(members, names);
  const { model } = members[0];
  return {
    name: typeof data.name === 'string' ? data.name : 'ensemble',
    members,
    classNames: checkedClassNames(data.classNames, model.classes, source),
    preprocessing: checkedPreprocessing(data.preprocessing, source),
    calibration: checkedCalibration(data.calibration, source),
  };
}

/** A model or an ensemble, whichever is there. @throws InklingError (file, model) */
export async function loadSaved(path: string): Promise<LoadedModel | LoadedEnsemble> {
  return (await loadEnsemble(path)) ?? loadModel(path);
}

function checkedList(value: unknown, source: string): readonly { folder: string; weightsSha256: string }[] {
  const isMember = (item: unknown): item is { folder: string; weightsSha256: string } => {
    const { folder, weightsSha256: sum } = Object(item) as Record<string, unknown>;
    return typeof folder === 'string' && memberName.test(folder) && typeof sum === 'string';
  };
  if (Array.isArray(value) && value.every(isMember)) return value;
  throw new InklingError(
    'model',
    `${source}: "members" must be a list like [{"folder":"member-1","weightsSha256":"..."}]. Received: ${shortJson(value)}.`,
  );
}
