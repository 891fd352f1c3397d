/** The history of a training as two measures over the epochs, ready to be drawn on paper or in a terminal. */

import { InklingError } from '../errors.js';

/** What an epoch ended with. Loss in nats, accuracy as a fraction from 0 to 1; the last two only where there is validation. */
export interface HistoryEntry {
  /** 1 for the first epoch. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly valLoss?: number;
  readonly valAccuracy?: number;
}

export type History = readonly HistoryEntry[];

export const seriesNames = ['Training', 'Validation'] as const;
export type Series = (typeof seriesNames)[number];

export interface CurvePoint {
  readonly series: Series;
  readonly epoch: number;
  readonly value: number;
}

/** One of the two quantities that are followed over the epochs. */
export interface Measure {
  readonly name: string;
  readonly title: string;
  readonly axisTitle: string;
  /** Both series in the order of the epochs; numbers that are not finite are left out. */
  readonly points: readonly CurvePoint[];
  /** What the axis must show whatever the values are. */
  readonly alwaysShown: readonly number[];
  /** A value as a label writes it. */
  readonly write: (value: number) => string;
}

/**
 * Accuracy in per cent.
 *
 * @throws InklingError unless the epochs are whole numbers that rise
 */
export function accuracyMeasure(history: History): Measure {
  const points = pointsOf(
    history,
    ({ accuracy }) => 100 * accuracy,
    ({ valAccuracy = Number.NaN }) => 100 * valAccuracy,
  );
  return {
    name: 'accuracy',
    title: 'Training and validation accuracy',
    axisTitle: 'Accuracy (%)',
    points,
    alwaysShown: points.length === 0 ? [0, 100] : [],
    write: (value) => `${value.toFixed(2)} %`,
  };
}

/**
 * Loss in nats.
 *
 * @throws InklingError unless the epochs are whole numbers that rise
 */
export function lossMeasure(history: History): Measure {
  const points = pointsOf(
    history,
    ({ loss }) => loss,
    ({ valLoss = Number.NaN }) => valLoss,
  );
  return {
    name: 'loss',
    title: 'Training and validation loss',
    axisTitle: 'Loss (cross-entropy, nats)',
    points,
    alwaysShown: points.length === 0 ? [0, 1] : [0],
    write: (value) => value.toPrecision(3),
  };
}

function pointsOf(
  history: History,
  training: (entry: HistoryEntry) => number,
  validation: (entry: HistoryEntry) => number,
): CurvePoint[] {
  const wrong = history.findIndex(({ epoch }, i) => !Number.isInteger(epoch) || epoch <= history[i - 1]?.epoch);
  if (wrong >= 0) {
    throw new InklingError(
      'argument',
      `The epochs of a history must be whole numbers that rise. Received ${history.map(({ epoch }) => epoch).join(', ')}.`,
    );
  }
  const all = history.flatMap((entry): CurvePoint[] => [
    { series: 'Training', epoch: entry.epoch, value: training(entry) },
    { series: 'Validation', epoch: entry.epoch, value: validation(entry) },
  ]);
  return all.filter(({ value }) => Number.isFinite(value));
}
