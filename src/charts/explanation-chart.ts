/**
 * How a network came to an answer, as one picture: the picture as it came, what the network saw, which pixels spoke for
 * the answer, the probabilities, and the output of each layer. Made for images of up to about 64 x 64 and networks of
 * up to a dozen layers; of wide layers the first maps and values are drawn, of many classes the ten likeliest.
 */

import { InklingError } from '../errors.js';
import { formatShape, sizeOf } from '../numerics/tensor.js';
import type { ExplanationChartOptions, ExplanationToShow, LayerToShow } from './explanation-to-show.js';
import { shortenText, wrapText } from './fit-text.js';
import { imageUrl } from './image-url.js';
import { inputColours, saliencyColours } from './input-colours.js';
import { layerPicture } from './layer-picture.js';
import { percentage } from './percentage.js';
import { textWidth } from './text-width.js';
import { type ChartSpecification, ink, palette, theme } from './theme.js';
import { type PictureToShow, thumbnail } from './thumbnail.js';
import { colourScale } from './value-colours.js';

const chartWidth = 756;
const side = 150;
const gap = 28;
const headingHeight = 52;
const headingSize = 12;
const captionSize = 10;
const captionWidth = 150;
const lineHeight = 13;
const layersLeft = captionWidth + 16;
const layerGap = 18;
const barHeight = 11;
const maxBars = 10;

interface ImageMark {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly url: string;
}

interface TextMark {
  readonly x: number;
  readonly y: number;
  readonly text: string | readonly string[];
  readonly look?: 'heading' | 'strong' | 'right' | 'centre';
}

/** What stands where; x and y from the chart's upper left corner. */
interface Drawing {
  readonly images: ImageMark[];
  readonly texts: TextMark[];
  readonly bars: { readonly x: number; readonly right: number; readonly y: number; readonly colour: string }[];
}

/**
 * @param classNames a name for each class
 * @throws InklingError (argument) where shapes do not agree or a name is missing
 */
export function explanationChart(
  explanation: ExplanationToShow,
  classNames: readonly string[],
  { picture, name, state = 'digit' }: ExplanationChartOptions = {},
): ChartSpecification {
  checkExplanation(explanation, classNames);
  const { answer, layers, probabilities } = explanation;
  const answerName = shortenText(classNames[answer], chartWidth / 4, headingSize);
  const pictureName = name === undefined ? 'this picture' : shortenText(name, chartWidth / 3, headingSize);
  const drawing: Drawing = { images: [], texts: [], bars: [] };
  drawHead(drawing, explanation, classNames, picture);
  const height = drawLayers(drawing, layers, classNames, headingHeight + side + 30);
  const { images, texts, bars } = drawing;
  const place = { quantitative: { type: 'quantitative', scale: null, axis: null } } as const;
  const xy = { x: { field: 'x', ...place.quantitative }, y: { field: 'y', ...place.quantitative } };
  return {
    ...theme,
    name: 'explanation',
    description: `How the network came to the answer ${answerName}: its input, the pixels that spoke for it, and every layer's output`,
    title: {
      text: titlesWithoutAnswer.get(state) ?? `Why ${answerName}?`,
      subtitle: `How the network read ${pictureName}: ${verdict(state, answerName, percentage(probabilities[answer]))}`,
    },
    width: chartWidth,
    height,
    layer: [
      ...images.map(({ width, height, ...datum }) => ({
        data: { values: [datum] },
        mark: { type: 'image', align: 'left', baseline: 'top', width, height, aspect: false, aria: false } as const,
        encoding: { ...xy, url: { field: 'url', type: 'nominal' } as const },
      })),
      {
        data: {
          values: images
            .slice(0, picture ? 3 : 2)
            .map(({ x, y, width, height }) => ({ x, y, right: x + width, bottom: y + height })),
        },
        mark: { type: 'rect', filled: false, stroke: ink.grid, strokeWidth: 0.5, aria: false },
        encoding: { ...xy, x2: { field: 'right' }, y2: { field: 'bottom' } },
      },
      {
        data: { values: bars },
        mark: { type: 'rule', strokeWidth: barHeight, aria: false },
        encoding: { ...xy, x2: { field: 'right' }, color: { field: 'colour', type: 'nominal', scale: null } },
      },
      ...looks.map(({ look, ...mark }) => ({
        data: { values: texts.filter((text) => text.look === look).map(({ x, y, text }) => ({ x, y, text })) },
        mark: { type: 'text', align: 'left', baseline: 'top', fontSize: captionSize, lineHeight, ...mark } as const,
        encoding: { ...xy, text: { field: 'text', type: 'nominal' } as const },
      })),
    ],
  };
}

/** Where there is no answer to ask why of. */
const titlesWithoutAnswer = new Map([
  ['not a digit', 'Not a digit'],
  ['no answer', 'No answer'],
]);

function verdict(state: string, answer: string, probability: string): string {
  if (titlesWithoutAnswer.has(state))
    return `no answer; ${answer} comes nearest, with a probability of ${probability}.`;
  const unsure = state === 'not sure' ? ', which is not sure' : '';
  return `its answer is ${answer}, with a probability of ${probability}${unsure}.`;
}

const looks = [
  { look: undefined, color: ink.quiet },
  { look: 'heading', fontSize: headingSize, fontWeight: 'bold', color: ink.text },
  { look: 'strong', fontWeight: 'bold', color: ink.text },
  { look: 'right', align: 'right', color: ink.quiet },
  { look: 'centre', align: 'center', color: ink.quiet },
] as const;

/** The first row: the picture, the input, the saliency map and the probabilities, each under a heading. */
function drawHead(
  drawing: Drawing,
  { input, saliency, answer, probabilities }: ExplanationToShow,
  classNames: readonly string[],
  picture: PictureToShow | undefined,
): void {
  const [height, width] = input.shape;
  let x = 0;
  const heading = (text: string, explanation: string, wide = side) => {
    drawing.texts.push({ x, y: 0, text, look: 'heading' });
    drawing.texts.push({ x, y: 18, text: wrapText(explanation, wide, captionSize) });
  };
  const panel = (text: string, explanation: string, image: Omit<ImageMark, 'x' | 'y'>) => {
    heading(text, explanation);
    drawing.images.push({ x: x + (side - image.width) / 2, y: headingHeight + (side - image.height) / 2, ...image });
    x += side + gap;
  };
  if (picture) panel('The picture', 'As it came.', thumbnail(picture, side));
  const scale = side / Math.max(height, width);
  const pixels = (values: Uint8Array) => ({
    url: imageUrl(values, height, width, 3, Math.max(1, Math.ceil(2 * scale))),
    width: width * scale,
    height: height * scale,
  });
  panel('What the network saw', `All it gets: ${height} × ${width} pixels.`, pixels(inputColours(input)));
  const name = shortenText(classNames[answer], side / 2, captionSize);
  panel(
    shortenText(`What spoke for ${name}`, side + gap / 2, headingSize),
    'Orange pixels raised its score, blue ones lowered it.',
    pixels(saliencyColours(input, saliency)),
  );
  const { length } = probabilities;
  const shown = length > maxBars ? `The ${maxBars} likeliest of ${length} classes.` : 'The probability of each class.';
  heading('The answer', shown, chartWidth - x);
  drawBars(drawing, x, probabilities, answer, classNames);
}

function drawBars(
  drawing: Drawing,
  left: number,
  probabilities: Float32Array,
  answer: number,
  classNames: readonly string[],
): void {
  const likeliest = [...probabilities.keys()]
    .sort((first, second) => probabilities[second] - probabilities[first] || first - second)
    .slice(0, maxBars)
    .sort((first, second) => first - second);
  const step = side / likeliest.length;
  const names = likeliest.map((index) => shortenText(classNames[index], 90, captionSize));
  const start = left + Math.max(...names.map((name) => textWidth(name, captionSize, true))) + 8;
  const longest = chartWidth - textWidth('> 99.99 %', captionSize, true) - 8 - start;
  for (const [row, index] of likeliest.entries()) {
    const y = headingHeight + (row + 0.5) * step;
    const right = start + Math.max(1, longest * probabilities[index]);
    const look = index === answer ? 'strong' : undefined;
    drawing.texts.push({ x: left, y: y - 5, text: names[row], look });
    drawing.bars.push({ x: start, right, y, colour: index === answer ? palette.vermillion : '#b8b8b8' });
    drawing.texts.push({ x: right + 6, y: y - 5, text: percentage(probabilities[index]), look });
  }
}

/** A layer a row: its caption, and its output. @returns where the last row ends */
function drawLayers(
  drawing: Drawing,
  layers: readonly LayerToShow[],
  classNames: readonly string[],
  top: number,
): number {
  drawing.texts.push({ x: 0, y: top, text: 'Layer by layer', look: 'heading' });
  drawing.texts.push({
    x: 0,
    y: top + 18,
    text: 'Each layer works on what the one above it found. White is 0; every layer has its own colour scale, probabilities one up to 1.',
  });
  drawLegend(drawing, top + 4);
  let y = top + 48;
  for (const [index, { name, type, activation, output }] of layers.entries()) {
    const isLast = index === layers.length - 1;
    // Else a network that knows nothing would show all classes in the darkest colour.
    const end = isLast && activation === 'softmax' ? 1 : undefined;
    const { url, width, height, shown, columns, step } = layerPicture(output, chartWidth - layersLeft, end);
    const maps = output.shape.length === 3;
    const count = output.shape[output.shape.length - 1];
    drawing.texts.push({ x: 0, y, text: shortenText(name, captionWidth, captionSize), look: 'strong' });
    const caption = [
      maps ? output.shape.join(' × ') : `${count} values`,
      ...wrapText(meaningOf(type, activation, isLast), captionWidth, captionSize),
      ...(shown < count ? wrapText(`The first ${shown} of ${count} are drawn.`, captionWidth, captionSize) : []),
    ];
    drawing.texts.push({ x: 0, y: y + 15, text: caption });
    drawing.images.push({ x: layersLeft, y, width, height, url });
    let bottom = Math.max(height, 15 + caption.length * lineHeight);
    if (!maps && isLast && count <= 20 && columns === count) {
      for (const [unit, className] of classNames.entries()) {
        const x = layersLeft + (unit + 0.5) * step - 0.5;
        drawing.texts.push({
          x,
          y: y + height + 4,
          text: shortenText(className, step - 2, captionSize),
          look: 'centre',
        });
      }
      bottom = Math.max(bottom, height + 4 + lineHeight);
    }
    y += bottom + layerGap;
  }
  return Math.ceil(y - layerGap);
}

function drawLegend(drawing: Drawing, y: number): void {
  const width = 120;
  const right = chartWidth;
  drawing.images.push({ x: right - width, y, width, height: 8, url: imageUrl(colourScale(240), 1, 240, 3, 1) });
  drawing.texts.push({ x: right - width, y: y + 12, text: 'below 0' });
  drawing.texts.push({ x: right - width / 2, y: y + 12, text: '0', look: 'centre' });
  drawing.texts.push({ x: right, y: y + 12, text: 'above 0', look: 'right' });
}

function meaningOf(type: string, activation: string | undefined, isLast: boolean): string {
  switch (type) {
    case 'conv2d':
      return 'Each map: where one filter finds its pattern.';
    case 'maxPooling2d':
      return 'The strongest value of each window.';
    case 'averagePooling2d':
      return 'The mean of each window.';
    case 'globalAveragePooling2d':
      return 'The mean of each map.';
    case 'batchNormalization':
      return 'Shifted and scaled to a common range.';
    case 'activation':
      return isLast ? 'The scores as probabilities.' : `${activation ?? 'linear'} of each value.`;
    default:
      if (!isLast) return 'Weighs all values above.';
      return activation === 'softmax' ? 'One a class: the probabilities.' : 'One a class: the scores.';
  }
}

function checkExplanation(
  { input, saliency, probabilities, answer }: ExplanationToShow,
  classNames: readonly string[],
): void {
  const fail = (problem: string): never => {
    throw new InklingError('argument', problem);
  };
  if (input.shape.length !== 3 || input.data.length !== sizeOf(input.shape) || input.data.length === 0) {
    fail(
      `Expected an input of shape [H, W, C]. Received: ${formatShape(input.shape)} with ${input.data.length} values.`,
    );
  }
  if (formatShape(saliency.shape) !== formatShape(input.shape.slice(0, 2))) {
    fail(`The saliency map has the shape ${formatShape(saliency.shape)}, but the input ${formatShape(input.shape)}.`);
  }
  if (classNames.length !== probabilities.length || !(answer in probabilities)) {
    fail(
      `Expected a name and a probability for each class, and a class as answer. Received: ${classNames.length} names, ${probabilities.length} probabilities and the answer ${answer}.`,
    );
  }
}
