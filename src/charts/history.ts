/** The history of a training as two measures over the epochs, ready to be drawn on paper or in a terminal. */

import { InklingError } from '../errors.js';

/**
 * What an epoch ended with. Loss in nats, accuracy as a fraction from 0 to 1; the last two only where there is
 * validation.
 */
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
  /** Points of one series that no missing value parts have the same number. */
  readonly segment: number;
}

/** One of the two quantities that are followed over the epochs. */
export interface Measure {
  readonly name: string;
  readonly title: string;
  readonly axisTitle: string;
  /**
   * Both series in the order of the epochs; numbers that are not finite are left out, and part the segments before and
   * after them.
   */
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
    title: titleOf('accuracy', points),
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
    title: titleOf('loss', points),
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
      `The epochs of a history must be whole numbers that rise. Received: ${history.map(({ epoch }) => epoch).join(', ')}.`,
    );
  }
  const segments = { Training: 0, Validation: 0 };
  const pointOf = (series: Series, epoch: number, value: number): CurvePoint[] => {
    if (Number.isFinite(value)) return [{ series, epoch, value, segment: segments[series] }];
    segments[series]++;
    return [];
  };
  return history.flatMap((entry) => [
    ...pointOf('Training', entry.epoch, training(entry)),
    ...pointOf('Validation', entry.epoch, validation(entry)),
  ]);
}

/** Names what there is to be seen. */
function titleOf(measure: string, points: readonly CurvePoint[]): string {
  const isValidated = points.some(({ series }) => series === 'Validation');
  return `Training ${isValidated ? 'and validation ' : ''}${measure}`;
}

/** The points of one series in runs that no missing value interrupts. */
export function segmentsOf(points: readonly CurvePoint[], series: Series): CurvePoint[][] {
  const segments = new Map<number, CurvePoint[]>();
  for (const point of points) {
    if (point.series === series) segments.set(point.segment, [...(segments.get(point.segment) ?? []), point]);
  }
  return [...segments.values()];
}
