/** A run as the page shows it, read from the files of its folder. */

import type { TrainingChange } from '../conductor/topics/training.js';
import type { Files } from '../state/database.js';
import type { HeldOut } from '../state/reader.js';
import { configFromParameters, parametersOf, type TrainingConfig } from '../train/training-config.js';

export interface RunEpoch {
  readonly epoch: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly valLoss: number | null;
  readonly valAccuracy: number | null;
}

/** What the files say; null, or nothing, where they do not. */
export interface RunContent {
  /** All of `summary.json`. */
  readonly summary: Readonly<Record<string, unknown>>;
  readonly epochs: readonly RunEpoch[];
  /** Of the test images, `[actual][predicted]`. */
  readonly confusion: readonly (readonly number[])[] | undefined;
  /** Where it was trained in a page: what its address holds. */
  readonly config: TrainingConfig | undefined;
  readonly changes: readonly TrainingChange[];
}

export interface Run extends RunContent {
  readonly id: string;
  readonly name: string;
  /** `browser`: kept by this page. `folder`: in the folder that the studio was started with, for reading alone. */
  readonly place: 'browser' | 'folder';
  /** In milliseconds. */
  readonly time: number;
}

/** What the page knows of a training and the command line has no file for. */
export const studioFileName = 'studio.json';

const decoder = new TextDecoder();

/** @throws Error with the rest of a sentence whose subject is the run */
export function readRun(files: Files): RunContent {
  const summary = parsed(files, 'summary.json');
  if (!summary) throw new Error('it has no summary.json: expected the folder of a run, as "inkling train" writes it.');
  for (const [name, type] of [
    ['model', 'string'],
    ['weightsSha256', 'string'],
    ['epochs', 'number'],
  ] as const) {
    if (typeof summary[name] === type) continue;
    throw new Error(`its summary.json says nothing of "${name}": expected what "inkling train" writes.`);
  }
  const studio = parsed(files, studioFileName);
  return {
    summary,
    epochs: epochsOf(parsed(files, 'history.json')),
    confusion: confusionOf(files.get('confusion-matrix.csv')),
    config: configOfAddress(studio?.address),
    changes: Array.isArray(studio?.changes) ? studio.changes.filter(isChange) : [],
  };
}

/** The content of `studio.json`. */
export function studioFile(config: TrainingConfig, changes: readonly TrainingChange[]): Uint8Array<ArrayBuffer> {
  const content = { address: parametersOf(config).toString(), changes };
  return new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`);
}

export function numberOf({ summary }: RunContent, name: string): number | null {
  const value = summary[name];
  return typeof value === 'number' ? value : null;
}

export function textOf({ summary }: RunContent, name: string): string | null {
  const value = summary[name];
  return typeof value === 'string' ? value : null;
}

/** Which of MNIST's images its training set aside; undefined where it was another data set, or set none aside. */
export function heldOutOf(run: RunContent): HeldOut | undefined {
  const [training, validation] = [numberOf(run, 'trainingImages'), numberOf(run, 'validationImages')];
  const seed = numberOf(run, 'splitSeed') ?? numberOf(run, 'seed');
  if (textOf(run, 'data') !== 'mnist' || !training || !validation || seed === null) return undefined;
  return { images: training + validation, validation, seed };
}

/** What decides over a run, in a few words. */
export function shortConfiguration(run: RunContent): string {
  const images = numberOf(run, 'trainingImages');
  const { type, learningRate } = Object(run.summary.optimizer) as { type?: unknown; learningRate?: unknown };
  const rate =
    typeof learningRate === 'number'
      ? learningRate
      : (Object(learningRate).maximumLearningRate ?? Object(learningRate).initialLearningRate);
  const { name } = Object(run.summary.augmentation) as { name?: unknown };
  return [
    textOf(run, 'model'),
    images === null ? undefined : `${images.toLocaleString('en')} images`,
    `batch ${numberOf(run, 'batchSize') ?? '?'}`,
    typeof type === 'string' ? `${type}${typeof rate === 'number' ? ` ${rate}` : ''}` : undefined,
    typeof name === 'string' ? `augmentation ${name}` : undefined,
    `seed ${numberOf(run, 'seed') ?? '?'}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

function parsed(files: Files, name: string): Record<string, unknown> | undefined {
  const bytes = files.get(name);
  if (!bytes) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    throw new Error(`its ${name} is not JSON: expected what "inkling train" writes.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`its ${name} holds no object: expected what "inkling train" writes.`);
}

function epochsOf(history: Record<string, unknown> | undefined): RunEpoch[] {
  const epochs: unknown[] = Array.isArray(history?.epochs) ? history.epochs : [];
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  return epochs.flatMap((entry) => {
    const { epoch, loss, accuracy, valLoss, valAccuracy } = Object(entry) as Record<string, unknown>;
    if (typeof epoch !== 'number') return [];
    return {
      epoch,
      loss: number(loss),
      accuracy: number(accuracy),
      valLoss: number(valLoss),
      valAccuracy: number(valAccuracy),
    };
  });
}

/** A header row and a label column around the counts. */
function confusionOf(bytes: Uint8Array | undefined): number[][] | undefined {
  const [, ...lines] = bytes ? decoder.decode(bytes).trim().split(/\r?\n/) : [];
  const rows = lines.map((line) => line.split(',').slice(-lines.length).map(Number));
  const isSquare = rows.length > 0 && rows.every((row) => row.length === rows.length && row.every(Number.isInteger));
  return isSquare ? rows : undefined;
}

function configOfAddress(address: unknown): TrainingConfig | undefined {
  if (typeof address !== 'string') return undefined;
  const { config, problems } = configFromParameters(new URLSearchParams(address));
  return problems.length === 0 ? config : undefined;
}

function isChange(value: unknown): value is TrainingChange {
  const { step, name, value: to } = Object(value) as Record<string, unknown>;
  return typeof step === 'number' && name === 'learningRate' && typeof to === 'number';
}
