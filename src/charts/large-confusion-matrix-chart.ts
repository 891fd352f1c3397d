/**
 * A confusion matrix of many classes: one picture with a square of pixels a count, in the colours of the small one,
 * without numbers. So its size does not grow with the number of counts.
 */

import { shortenText } from './fit-text.js';
import { imageUrl } from './image-url.js';
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
import { type Colour, colourOf, mix } from './value-colours.js';

const labelSize = 10;
/** Names stand at least so far apart; those between are left out. */
const labelStep = 13;
const widestName = 130;
const titleHeight = 20;
const legend = { width: 180, height: 12, room: 64 } as const;
const largestSide = 760;

const stops = sequentialColours.map(colourOf);

/** The shares of a class, in per cent, at the ends of the colour scale, which is logarithmic. */
export interface FractionScale {
  readonly faintest: number;
  readonly fullest: number;
}

/** @param matrix square counts, `[actual][predicted]` @param classNames a name for each class */
export function largeConfusionMatrixChart(
  matrix: readonly (readonly number[])[],
  classNames: readonly string[],
  scale: FractionScale,
  options: ChartOptions,
): ChartSpecification {
  const classes = matrix.length;
  const nameRoom = isNarrow(options) ? 70 : widestName;
  const names = classNames.map((name) => shortenText(name, nameRoom, labelSize));
  const longest = Math.ceil(Math.max(...names.map((name) => textWidth(name, labelSize))));
  // The title of the rows and their names.
  const left = titleHeight + longest + 6;
  const { padding, inner } = fitted(options, largestSide + left);
  const side = Math.min(inner - left, largestSide);
  const every = Math.ceil(labelStep / (side / classes));
  const shown = names.flatMap((name, label) =>
    label % every === 0 ? { name, middle: ((label + 0.5) * side) / classes } : [],
  );
  const bottom = side + longest + 6;
  const xy = {
    x: { field: 'x', type: 'quantitative', scale: null, axis: null },
    y: { field: 'y', type: 'quantitative', scale: null, axis: null },
  } as const;
  const image = (url: string, x: number, y: number, width: number, height: number) => ({
    data: { values: [{ x, y, url }] },
    mark: { type: 'image', align: 'left', baseline: 'top', width, height, aspect: false, aria: false } as const,
    encoding: { ...xy, url: { field: 'url', type: 'nominal' } as const },
  });
  const texts = (values: { x: number; y: number; text: string }[], mark: object) => ({
    data: { values },
    mark: { type: 'text', fontSize: labelSize, color: ink.text, baseline: 'middle', ...mark } as const,
    encoding: { ...xy, text: { field: 'text', type: 'nominal' } as const },
  });
  const legendTop = bottom + titleHeight + 22;
  return {
    ...theme,
    padding,
    name: 'confusion-matrix',
    description: 'Confusion matrix: how often each class was taken for which',
    title: {
      text: 'Confusion matrix',
      subtitle: [
        'Examples of each actual class by the class that was predicted. Colour shows the share of the row;',
        `there are no numbers, as ${classes} classes leave no room for them${every > 1 ? `, and every ${ordinal(every)} class is named` : ''}.`,
      ],
    },
    width: left + side,
    height: legendTop + legend.room - 22,
    layer: [
      image(pictureOf(matrix, scale, side), left, 0, side, side),
      {
        data: { values: [{ x: left, y: 0, right: left + side, below: side }] },
        mark: { type: 'rect', filled: false, stroke: ink.grid, strokeWidth: 0.5, aria: false },
        encoding: { ...xy, x2: { field: 'right' }, y2: { field: 'below' } },
      },
      texts(
        shown.map(({ name, middle }) => ({ x: left - 5, y: middle, text: name })),
        { align: 'right' },
      ),
      texts(
        shown.map(({ name, middle }) => ({ x: left + middle, y: side + 5, text: name })),
        { align: 'right', angle: -90 },
      ),
      texts([{ x: 6, y: side / 2, text: 'Actual class' }], { align: 'center', angle: -90, fontSize: 12 }),
      texts([{ x: left + side / 2, y: bottom + 10, text: 'Predicted class' }], { align: 'center', fontSize: 12 }),
      texts([{ x: left, y: legendTop - 10, text: 'Share of the actual class (%)' }], { align: 'left', fontSize: 11 }),
      image(legendPicture(), left, legendTop, legend.width, legend.height),
      texts(
        [0, 1, 2, 3].map((step) => ({
          x: left + (step * legend.width) / 3,
          y: legendTop + legend.height + 9,
          text: String(Number((scale.faintest * (scale.fullest / scale.faintest) ** (step / 3)).toPrecision(3))),
        })),
        { align: 'center' },
      ),
    ],
  };
}

/** Two pixels for each of the drawing at least, so that viewers which smooth keep the squares crisp. */
function pictureOf(matrix: readonly (readonly number[])[], { faintest, fullest }: FractionScale, side: number): string {
  const classes = matrix.length;
  const pixels = new Uint8Array(classes * classes * 3);
  const empty = colourOf(ink.empty);
  for (const [actual, row] of matrix.entries()) {
    const total = row.reduce((sum, count) => sum + count, 0);
    for (const [predicted, count] of row.entries()) {
      const place = Math.log((100 * count) / (total || 1) / faintest) / Math.log(fullest / faintest);
      pixels.set(count > 0 ? sequentialColour(place) : empty, 3 * (actual * classes + predicted));
    }
  }
  return imageUrl(pixels, classes, classes, 3, Math.max(1, Math.ceil((2 * side) / classes)));
}

/** @param place 0 for the faintest to 1; what lies outside is taken for the nearer end */
function sequentialColour(place: number): Colour {
  const inside = Math.min(1, Math.max(0, place)) * (stops.length - 1);
  const first = Math.min(stops.length - 2, Math.floor(inside));
  return mix(stops[first], stops[first + 1], inside - first);
}

function legendPicture(): string {
  const { width } = legend;
  const row = Uint8Array.from(Array.from({ length: width }, (_, x) => sequentialColour(x / (width - 1))).flat());
  return imageUrl(row, 1, width, 3, 1);
}

function ordinal(count: number): string {
  const ending = count % 100 >= 11 && count % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
