/** A training's progress as lines of text. */

import { duration, integer, percent } from '../report/number-format.js';
import type { EpochLogs } from '../training/history.js';
import type { Progress } from './progress.js';

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

/** The line of a running epoch with a bar that takes the room which is left. @param columns of the terminal */
export function progressLine(progress: Progress, columns: number): string {
  const { epoch, epochs, images, imagesPerEpoch, imagesPerSecond, secondsLeft, loss, accuracy } = progress;
  const title = epochTitle(epoch, epochs);
  const numbers = [
    `${integer(imagesPerSecond)} images/s`,
    images < imagesPerEpoch ? `ETA ${Math.ceil(secondsLeft)} s` : 'validating',
    `loss ${loss.toFixed(4)}`,
    `accuracy ${percent(accuracy)}`,
  ].join('  ');
  // A column stays free, so that the cursor has a place on the line.
  const room = columns - title.length - numbers.length - 5;
  return [title, bar(images / imagesPerEpoch, Math.min(room, 30)), numbers].filter(Boolean).join('  ');
}

function epochTitle(epoch: number, epochs: number): string {
  return `Epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`;
}

/** Nothing where there is no room for a bar that tells something. */
function bar(share: number, width: number): string {
  if (width < 5) return '';
  const full = Math.round(share * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
