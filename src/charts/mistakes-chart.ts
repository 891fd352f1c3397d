/** The worst mistakes as a gallery: each image with its class, the answer, and how sure the network was. */

import { InklingError } from '../errors.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';
import { imageUrl } from './image-url.js';
import { percentage } from './percentage.js';
import { textWidth } from './text-width.js';
import { type ChartOptions, type ChartSpecification, fitted, ink, theme } from './theme.js';

/** A wrong answer to the image `index`; classes as indices, the probability from 0 to 1. */
export interface MistakeToShow {
  readonly index: number;
  readonly actual: number;
  readonly predicted: number;
  readonly probability: number;
}

/** The longer side of a tile in the chart's units, about 1/96 inch each. */
const tile = 84;
const captionSize = 11;
const captionHeight = 36;
const gap = 16;
const chartWidth = 800;

/**
 * @param mistakes in the order they are to be shown
 * @param images `[N, H, W, C]` or `[N, H, W]`, 0 to 255; `index` of a mistake counts its first dimension
 * @param classNames a name for each class
 * @throws InklingError where a mistake names an image or a class that does not exist
 */
export function mistakesChart(
  mistakes: readonly MistakeToShow[],
  images: Tensor<Uint8Array>,
  classNames: readonly string[],
  options: ChartOptions = {},
): ChartSpecification {
  const [count, height, width, channels = 1] = images.shape;
  const scale = tile / Math.max(height, width);
  const captions = mistakes.map(({ actual, predicted, probability }) => [
    `${classNames[actual]} read as ${classNames[predicted]}`,
    percentage(probability),
  ]);
  const { padding, inner } = fitted(options, chartWidth);
  const columnWidth = gap + Math.max(tile, ...captions.map(([longest]) => Math.ceil(textWidth(longest, captionSize))));
  // As few rows as fit the width, and then as few columns as fill them: 24 images are 4 x 6, not 7 + 7 + 7 + 3.
  const rows = Math.max(1, Math.ceil(mistakes.length / Math.max(1, Math.floor((inner + gap) / columnWidth))));
  const columns = Math.max(1, Math.ceil(mistakes.length / rows));
  const rowHeight = Math.round(height * scale) + captionHeight + gap;
  const values = mistakes.map((mistake, position) => {
    const { index, actual, predicted } = mistake;
    if (!(isIndex(index, count) && isIndex(actual, classNames.length) && isIndex(predicted, classNames.length))) {
      throw new InklingError(
        'argument',
        `Mistake ${position} is about image ${index} (class ${actual}, answer ${predicted}), but there are images of shape ${formatShape(images.shape)} and ${classNames.length} classes.`,
      );
    }
    const size = height * width * channels;
    const pixels = images.data.subarray(index * size, (index + 1) * size);
    return {
      ...mistake,
      caption: captions[position],
      x: (position % columns) * columnWidth,
      y: Math.floor(position / columns) * rowHeight,
      url: imageUrl(pixels, height, width, channels, Math.max(1, Math.round(2 * scale))),
    };
  });
  return {
    ...theme,
    padding,
    name: 'mistakes',
    description: 'The worst mistakes: images with their class, the answer and its probability',
    title: {
      text: 'Worst mistakes',
      subtitle:
        mistakes.length === 0
          ? 'Every answer was right.'
          : 'The wrong answers that the network was surest of, with the probability it gave them.',
    },
    data: { values },
    width: columns * columnWidth - gap,
    height: mistakes.length === 0 ? 1 : rows * rowHeight - gap,
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: null, axis: null },
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
    },
    layer: [
      {
        mark: { type: 'image', align: 'left', baseline: 'top', width: width * scale, height: height * scale },
        encoding: { url: { field: 'url', type: 'nominal' } },
      },
      {
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'top',
          dy: height * scale + 6,
          lineHeight: 14,
          fontSize: captionSize,
          color: ink.text,
        },
        encoding: { text: { field: 'caption', type: 'nominal' } },
      },
    ],
  };
}

function isIndex(value: number, count: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < count;
}
