/**
 * A confusion matrix as a heat map. Colour is the share of the actual class on a logarithmic scale, so that one mistake
 * in a thousand is seen beside a diagonal of 99 %. From 31 classes on it is drawn without counts.
 */

import { InklingError } from '../errors.js';
import { shortenText } from './fit-text.js';
import { largeConfusionMatrixChart } from './large-confusion-matrix-chart.js';
import { textWidth } from './text-width.js';
import {
  type ChartOptions,
  type ChartSpecification,
  fitted,
  ink,
  isNarrow,
  sequentialColours,
  theme,
} from './theme.js';

/** The colour scale's ends: a thousandth of a class, and all of it. Smaller shares look like a thousandth. */
const faintest = 0.1;
const fullest = 100;

/** The share of a class, in per cent, where white letters become easier to read than black ones (both 4.5 : 1). */
const darkFrom = 6.4;

const maxWithCounts = 30;
/** Longer names of classes end in an ellipsis. */
const widestName = 140;
const widestNarrowName = 70;

/**
 * @param matrix counts, `[actual][predicted]`
 * @param classNames a name for each class
 * @throws InklingError where the matrix is not square or names are missing
 */
export function confusionMatrixChart(
  matrix: readonly (readonly number[])[],
  classNames: readonly string[],
  options: ChartOptions = {},
): ChartSpecification {
  if (matrix.length === 0 || [classNames, ...matrix].some(({ length }) => length !== matrix.length)) {
    throw new InklingError(
      'argument',
      `Expected a square matrix and a name for each class. Received: ${matrix.length} rows and ${classNames.length} names.`,
    );
  }
  if (matrix.length > maxWithCounts) {
    return largeConfusionMatrixChart(matrix, classNames, { faintest, fullest }, options);
  }
  const cells = matrix.flatMap((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted) => ({ actual, predicted, count, fraction: (100 * count) / (total || 1) }));
  });
  // Beside ten classes the legend leaves no room for counts of four digits.
  const isLegendBelow = options.width !== undefined && options.width < 640;
  const nameRoom = isNarrow(options) ? widestNarrowName : widestName;
  const names = classNames.map((name) => shortenText(name, nameRoom, 11));
  const longestName = Math.ceil(Math.max(...names.map((name) => textWidth(name, 11))));
  // The title and the names of the rows, and the legend.
  const besideCells = longestName + (isLegendBelow ? 12 : 40 + 180);
  const { padding, inner } = fitted(options, 520 + besideCells);
  const size = Math.min(110, Math.max(24, Math.floor((inner - besideCells) / classNames.length)));
  const longestCount = `${Math.max(...cells.map(({ count }) => count))}`.length;
  const fontSize = Math.min(13, Math.floor((size - 2) / (0.64 * longestCount)));
  const slanted = longestName > size - 6;
  const axis = { labelExpr: 'classNames[datum.value]', ticks: false, domain: false, labelPadding: 6 };
  return {
    ...theme,
    padding,
    name: 'confusion-matrix',
    description: 'Confusion matrix: how often each class was taken for which',
    title: {
      text: 'Confusion matrix',
      subtitle: [
        'Number of examples of each actual class by the class that was predicted.',
        'Colour shows the share of the row.',
      ],
    },
    params: [{ name: 'classNames', value: names }],
    data: { values: cells },
    width: { step: size },
    height: { step: size },
    encoding: {
      x: {
        field: 'predicted',
        type: 'ordinal',
        title: isLegendBelow ? 'Predicted class (rows: actual class)' : 'Predicted class',
        axis: { ...axis, labelAngle: slanted ? -45 : 0 },
      },
      y: { field: 'actual', type: 'ordinal', title: isLegendBelow ? null : 'Actual class', axis },
    },
    layer: [
      { mark: { type: 'rect', color: ink.empty, stroke: 'white', aria: false } },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: { type: 'rect', stroke: 'white', aria: false },
        encoding: {
          color: {
            field: 'fraction',
            type: 'quantitative',
            title: 'Share of the actual class (%)',
            scale: { type: 'log', domain: [faintest, fullest], range: sequentialColours, clamp: true },
            legend: {
              values: [0.1, 1, 10, 100],
              format: '~g',
              gradientLength: 180,
              ...(isLegendBelow
                ? { orient: 'bottom' as const, direction: 'horizontal' as const }
                : { orient: 'right' as const }),
            },
          },
        },
      },
      {
        mark: { type: 'text', baseline: 'middle', fontSize },
        encoding: {
          text: { field: 'count', type: 'quantitative', format: 'd' },
          color: {
            condition: [
              { test: 'datum.count == 0', value: '#6b6b6b' },
              { test: `datum.fraction > ${darkFrom}`, value: 'white' },
            ],
            value: 'black',
          },
        },
      },
    ],
  };
}
