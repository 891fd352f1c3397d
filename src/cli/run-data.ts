/** Which data a run is tested on: that which `--data` names, else that which the run was trained on. */

import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Dataset } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import type { Shape } from '../numerics/tensor.js';
import { fileError } from '../platform/node-file-error.js';
import { chooseData, type DataChoice } from './data-choice.js';
import type { Output } from './output.js';

/** What `summary.json` says of a run's data; older runs know no folder. */
interface RunData {
  readonly data: string;
  readonly dataFolder?: string | null;
  readonly dataResize?: readonly [height: number, width: number] | null;
  readonly dataSha256?: string | null;
}

/** What was asked for, and what the model needs. */
export interface RunDataChoice extends Pick<DataChoice, 'data' | 'resize'> {
  /** The model's, where it has such. */
  readonly classNames: readonly string[] | undefined;
  /** `[H, W, C]` that the model takes. */
  readonly inputShape: Shape;
  /** The folder whose summary tells of the data, where it is not the run's: that of a member of an ensemble. */
  readonly trainedAs?: string;
}

/**
 * Images are scaled as for the training, unless another size is asked for, and have as many channels as the model
 * takes.
 * @param run a run's folder, another saved model's, or a `model.json`
 * @throws InklingError (argument) where it is not MNIST that the model was trained on, and its data is not to be found;
 * (file, data)
 */
export async function chooseRunData(
  run: string,
  { data: given, resize, classNames, inputShape, trainedAs = run }: RunDataChoice,
  output: Output,
): Promise<Dataset> {
  // Where data is named, a summary that cannot be read is no reason to stop.
  const trainedOn = await readRunData(trainedAs).catch((error: unknown) => {
    if (given === undefined) throw error;
    return undefined;
  });
  const channels = ([1, 3] as const).find((known) => known === inputShape[2]);
  const reading = { resize: resize ?? trainedOn?.dataResize ?? undefined, channels };
  if (given !== undefined) return chooseData(given, reading);
  const folder = trainedOn?.dataFolder ?? undefined;
  if (folder !== undefined && !(await isThere(folder))) {
    throw missingData(run, `was trained on ${folder}, which is not here any more`);
  }
  if (trainedOn && folder === undefined && trainedOn.data !== 'mnist') {
    throw missingData(run, `was trained on "${trainedOn.data}", and does not say where that is`);
  }
  const dataset = await chooseData(folder, reading);
  if (!trainedOn && classNames && classNames.join('\n') !== dataset.classNames.join('\n')) {
    throw missingData(run, `knows the classes ${classNames.join(', ')}, which are not those of MNIST`);
  }
  if (trainedOn?.dataSha256 && trainedOn.dataSha256 !== dataset.sha256) {
    output.urgent(
      `the data has changed since the run was trained on it (SHA-256 ${trainedOn.dataSha256} then, ${dataset.sha256} now): ` +
        'the results are not those of the run, and test images may be among those that it was trained on.',
    );
  }
  return dataset;
}

function missingData(run: string, reason: string): InklingError {
  return new InklingError(
    'argument',
    `The model in ${run} ${reason}. Name the data with --data FOLDER, as in "inkling evaluate ${run} --data FOLDER".`,
  );
}

/** @returns undefined where the model is no run's */
async function readRunData(run: string): Promise<RunData | undefined> {
  const path = join((await isFolder(run)) ? run : dirname(run), 'summary.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileError('read', path, error);
  }
  const summary = parsed(text);
  if (isRunData(summary)) return summary;
  throw new InklingError(
    'file',
    `${path} does not say what data the run was trained on: expected a run's summary with "data", a text. Name the data with --data FOLDER.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRunData(summary: unknown): summary is RunData {
  if (typeof summary !== 'object' || summary === null || !('data' in summary)) return false;
  const { data, dataFolder, dataResize, dataSha256 } = summary as Record<string, unknown>;
  const isTextOrNone = (value: unknown) => value === undefined || value === null || typeof value === 'string';
  const isSizeOrNone =
    dataResize === undefined ||
    dataResize === null ||
    (Array.isArray(dataResize) && dataResize.every(Number.isInteger));
  return typeof data === 'string' && isTextOrNone(dataFolder) && isTextOrNone(dataSha256) && isSizeOrNone;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
