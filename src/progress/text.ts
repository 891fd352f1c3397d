/** A training's progress as lines of text. */

import { duration, integer, percent } from '../report/number-format.js';
import type { EpochLogs } from '../training/history.js';
import type { Progress } from './reporter.js';

/** The line of a finished epoch. */
export function epochLine(logs: EpochLogs, epochs: number): string {
  const { loss, accuracy, valLoss, valAccuracy } = logs;
  const fields = [
    epochTitle(logs.epoch, epochs),
    duration(logs.seconds),
    `${integer(logs.imagesPerSecond)} images/s`,
    `loss ${loss.toFixed(4)}`,
    `accuracy ${percent(accuracy)}`,
  ];
  if (valLoss !== undefined) fields.push(`valLoss ${valLoss.toFixed(4)}`);
  if (valAccuracy !== undefined) fields.push(`valAccuracy ${percent(valAccuracy)}`);
  return fields.join('  ');
}

/** The line of a running epoch. @param columns of the terminal */
export function progressLine(progress: Progress, columns: number): string {
  const { epoch, epochs, images, imagesPerEpoch, imagesPerSecond, secondsLeft, loss, accuracy } = progress;
  return barLine(
    epochTitle(epoch, epochs),
    images / imagesPerEpoch,
    [
      { text: `${integer(imagesPerSecond)} images/s`, rank: 4 },
      { text: images < imagesPerEpoch ? `ETA ${Math.ceil(secondsLeft)} s` : 'validating', rank: 1 },
      { text: `loss ${loss.toFixed(4)}`, rank: 3 },
      { text: `accuracy ${percent(accuracy)}`, rank: 2 },
    ],
    columns,
  );
}

function epochTitle(epoch: number, epochs: number): string {
  return `Epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`;
}

/** A number beside a bar. The higher its rank, the sooner it gives way where there is no room. */
export interface BarNumber {
  readonly text: string;
  readonly rank: number;
}

const longestBar = 30;
const shortestBar = 10;

/**
 * A title, a bar and numbers on one line. The bar takes the room that is left, up to 30 columns; where that is less
 * than 10, numbers give way to it one by one.
 * @param fraction done, from 0 to 1
 * @param columns of the terminal
 */
export function barLine(title: string, fraction: number, numbers: readonly BarNumber[], columns: number): string {
  let shown = numbers;
  const room = () => {
    // A column stays free, so that the cursor has a place on the line.
    const taken = [title, ...shown.map(({ text }) => text)].reduce((sum, { length }) => sum + length + 2, 1);
    return columns - taken;
  };
  while (shown.length > 0 && room() < shortestBar) {
    const last = Math.max(...shown.map(({ rank }) => rank));
    shown = shown.filter(({ rank }) => rank < last);
  }
  const width = Math.max(0, Math.min(room(), longestBar));
  const full = Math.round(fraction * width);
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  return [title, bar, ...shown.map(({ text }) => text)].filter(Boolean).join('  ');
}
