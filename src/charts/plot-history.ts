/** One picture of a training, for users of the library. */

import type { History } from './history.js';
import { historyChart } from './learning-curves.js';
import { renderSvg } from './render-svg.js';

/**
 * Training and validation accuracy (per cent) and loss (nats) over the epochs, side by side.
 *
 * @param history an entry for each epoch; without `valLoss` and `valAccuracy` only training is drawn
 * @returns an SVG document
 */
export function plotHistory(history: History): Promise<string> {
  return renderSvg(historyChart(history));
}
