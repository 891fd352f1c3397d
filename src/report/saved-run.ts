/** A run's folder read back: its summary, its epochs and its answers to the test images. */

import { platform } from '#platform';
import { InklingError, shortJson } from '../errors.js';

/** What is asked of a run's summary. What is unknown is null, as in the file. */
export interface SavedRun {
  readonly folder: string;
  /** All of `summary.json`, as it stands there. */
  readonly summary: Readonly<Record<string, unknown>>;
  readonly model: string;
  readonly seed: number;
  /** From which the validation images were drawn. */
  readonly splitSeed: number;
  /** Finished ones; `requestedEpochs` were asked for. */
  readonly epochs: number;
  readonly requestedEpochs: number;
  readonly outcome: string;
  /** Of the last epoch, a fraction; null where there was no validation. */
  readonly valAccuracy: number | null;
  /** A fraction; null where the test images were not read. */
  readonly testAccuracy: number | null;
  readonly testImages: number;
  readonly trainSeconds: number;
  readonly startedAt: string;
  readonly weightsSha256: string;
  readonly dataSha256: string | null;
  readonly trainingImages: number;
  readonly validationImages: number;
}

/** An epoch of `history.json`; what is missing there, or not finite, is NaN. */
export interface SavedEpoch {
  readonly epoch: number;
  readonly valLoss: number;
  readonly valAccuracy: number;
}

/** The true class and the answer to each image, as class indices. */
export interface SavedAnswers {
  readonly labels: Int32Array;
  readonly answers: Int32Array;
}

/**
 * Reads `summary.json`.
 * @throws InklingError (file) where it is missing, is not JSON or lacks what every run has
 */
export async function readSavedRun(folder: string): Promise<SavedRun> {
  const path = platform.joinPath(folder, 'summary.json');
  const summary = parsedObject(decode(await platform.readFile(path)), path);
  const read = <Kind extends 'string' | 'number'>(name: string, kind: Kind) => {
    const value = summary[name];
    if (typeof value === kind) return value as Kind extends 'string' ? string : number;
    throw new InklingError('file', `${path}: "${name}" must be a ${kind}. Received: ${shortJson(value)}.`);
  };
  const orNull = <Kind extends 'string' | 'number'>(name: string, kind: Kind) =>
    summary[name] === undefined || summary[name] === null ? null : read(name, kind);
  const epochs = read('epochs', 'number');
  const seed = read('seed', 'number');
  return {
    folder,
    summary,
    model: read('model', 'string'),
    seed,
    splitSeed: orNull('splitSeed', 'number') ?? seed,
    epochs,
    requestedEpochs: orNull('requestedEpochs', 'number') ?? epochs,
    outcome: orNull('outcome', 'string') ?? 'finished',
    valAccuracy: orNull('valAccuracy', 'number'),
    testAccuracy: orNull('testAccuracy', 'number'),
    testImages: orNull('testImages', 'number') ?? 0,
    trainSeconds: read('trainSeconds', 'number'),
    startedAt: read('startedAt', 'string'),
    weightsSha256: read('weightsSha256', 'string'),
    dataSha256: orNull('dataSha256', 'string'),
    trainingImages: read('trainingImages', 'number'),
    validationImages: read('validationImages', 'number'),
  };
}

/** Reads `history.json`. @throws InklingError (file) where it is missing or holds something else */
export async function readEpochs(folder: string): Promise<SavedEpoch[]> {
  const path = platform.joinPath(folder, 'history.json');
  const { epochs } = parsedObject(decode(await platform.readFile(path)), path);
  if (!Array.isArray(epochs)) {
    throw new InklingError('file', `${path}: "epochs" must be a list. Received: ${shortJson(epochs)}.`);
  }
  return epochs.map((entry) => {
    const { epoch, valLoss, valAccuracy } = Object(entry) as Record<string, unknown>;
    if (!Number.isInteger(epoch)) {
      throw new InklingError('file', `${path}: "epoch" must be a whole number. Received: ${shortJson(epoch)}.`);
    }
    const number = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);
    return { epoch: Number(epoch), valLoss: number(valLoss), valAccuracy: number(valAccuracy) };
  });
}

/**
 * Reads `predictions.csv`.
 * @returns undefined where the run has none
 * @throws InklingError (file) where a line is not what `train` writes
 */
export async function readAnswers(folder: string): Promise<SavedAnswers | undefined> {
  const name = 'predictions.csv';
  if (!(await platform.listFolder(folder))?.some((entry) => entry.name === name)) return undefined;
  const path = platform.joinPath(folder, name);
  const [, ...lines] = decode(await platform.readFile(path))
    .trimEnd()
    .split('\n');
  const labels = new Int32Array(lines.length);
  const answers = new Int32Array(lines.length);
  for (const [row, line] of lines.entries()) {
    const [, index, actual, predicted] = /^(\d+),(\d+),(\d+),[\d.e+-]+\r?$/.exec(line) ?? [];
    if (Number(index) !== row) {
      throw new InklingError(
        'file',
        `${path}, line ${row + 2}: expected "${row},<class>,<class>,<probability>". Received: ${shortJson(line)}.`,
      );
    }
    labels[row] = Number(actual);
    answers[row] = Number(predicted);
  }
  return { labels, answers };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parsedObject(text: string, path: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError('file', `${path} is not JSON: ${reason}. Expected what "inkling train" wrote.`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new InklingError('file', `${path}: expected an object. Received: ${shortJson(value)}.`);
}
