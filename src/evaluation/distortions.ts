/**
 * What may befall a picture of a digit: a list of distortions, each by itself and in steps, to measure how much a
 * network bears. Images are [N, H, W, 1], 0 to 255, light strokes on a background of 0, as networks take them. Pure
 * functions, the same bytes on every machine. What differs from image to image (direction, corner, noise) is drawn from
 * a fixed seed by the image's index and is the same at every step, so that steps differ by their severity alone.
 */

import { InklingError } from '../errors.js';
import { RandomStream } from '../numerics/random.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';
import {
  blur,
  canvasSize,
  corners,
  drawInCorner,
  rotate,
  scaleAboutCentre,
  shift,
  shiftDirections,
  turnDirections,
} from './distortions/geometry.js';
import { addGaussianNoise, addSaltAndPepper } from './distortions/noise.js';
import { changeStrokeWidth } from './distortions/stroke-width.js';

export type DistortionName =
  | 'shift'
  | 'rotation'
  | 'scale'
  | 'strokeWidth'
  | 'noise'
  | 'saltAndPepper'
  | 'blur'
  | 'contrast'
  | 'inverted'
  | 'canvas';

export interface Distortion {
  readonly name: DistortionName;
  /** For people, such as "Shifted". */
  readonly title: string;
  /** What the steps' severities count, for people. */
  readonly unit: string;
  /** The severity that leaves an image as it is; none where there is no such. It is not a step. */
  readonly neutral?: DistortionStep;
  /** From the slightest to the strongest; by severity where there are some on both sides of `neutral`. */
  readonly steps: readonly DistortionStep[];
}

export interface DistortionStep {
  /** The severity as people read it beside its unit: `+0.25`, `50 %`. */
  readonly label: string;
  readonly severity: number;
}

const inSteps = (severities: readonly number[], write: (severity: number) => string = String): DistortionStep[] =>
  severities.map((severity) => ({ label: write(severity), severity }));
const asPercent = (fraction: number) => `${Math.round(100 * fraction)} %`;
const quarters = ['', '¼', '½', '¾'];
const signed = (severity: number) => {
  const size = Math.abs(severity);
  return `${severity > 0 ? '+' : '−'}${Math.floor(size) || ''}${quarters[4 * (size % 1)]}`;
};

/** All distortions with their steps, in the order in which they are shown. */
export const distortions: readonly Distortion[] = [
  {
    name: 'shift',
    title: 'Shifted',
    unit: 'pixels, to a side or a corner',
    neutral: { label: '0', severity: 0 },
    steps: inSteps([1, 2, 3, 4]),
  },
  {
    name: 'rotation',
    title: 'Rotated',
    unit: 'degrees, either way',
    neutral: { label: '0', severity: 0 },
    steps: inSteps([5, 10, 15, 20, 30]),
  },
  {
    name: 'scale',
    title: 'Scaled',
    unit: 'times its size',
    neutral: { label: '1', severity: 1 },
    steps: inSteps([0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3]),
  },
  {
    name: 'strokeWidth',
    title: 'Thinner and thicker strokes',
    unit: 'pixels a side',
    neutral: { label: '0', severity: 0 },
    steps: inSteps([-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1], signed),
  },
  {
    name: 'noise',
    title: 'Gaussian noise',
    unit: 'standard deviation, of the range',
    neutral: { label: '0 %', severity: 0 },
    steps: inSteps([0.1, 0.2, 0.3], asPercent),
  },
  {
    name: 'saltAndPepper',
    title: 'Salt and pepper',
    unit: 'of the pixels',
    neutral: { label: '0 %', severity: 0 },
    steps: inSteps([0.02, 0.05, 0.1], asPercent),
  },
  {
    name: 'blur',
    title: 'Blurred',
    unit: 'pixels, standard deviation',
    neutral: { label: '0', severity: 0 },
    steps: inSteps([0.5, 1]),
  },
  {
    name: 'contrast',
    title: 'Less contrast',
    unit: 'of the range, about its middle',
    neutral: { label: '100 %', severity: 1 },
    steps: inSteps([0.5, 0.25], asPercent),
  },
  {
    name: 'inverted',
    title: 'Inverted',
    unit: 'dark on light',
    neutral: { label: 'as it is', severity: 0 },
    steps: [{ label: 'inverted', severity: 1 }],
  },
  {
    name: 'canvas',
    title: 'In a corner of a large canvas',
    unit: 'times its size, on 200 × 300 pixels',
    steps: inSteps([1, 1.5, 3]),
  },
];

const seed = 1;

/**
 * Distorts each image by the same severity.
 * @param images [N, H, W, 1]
 * @param severity one of the steps', or any other that makes sense: see the functions in `distortions/`
 * @param firstIndex the index of the first image, by which directions, corners and noise are drawn: images that are
 *   distorted in several calls come out as in one
 * @returns [N, H, W, 1]; for `canvas` of the size that `distortedSize` gives
 * @throws InklingError (argument) for other shapes, and for severities that make no sense
 */
export function distort(
  images: Tensor<Uint8Array>,
  name: DistortionName,
  severity: number,
  firstIndex = 0,
): Tensor<Uint8Array> {
  requireGreyImages(images);
  requireAmount(name, severity);
  const drawn = (choices: number) => {
    const random = new RandomStream(seed, 'distortion', 0, 0);
    return Uint8Array.from({ length: images.shape[0] }, (_, image) => random.below(choices, firstIndex + image));
  };
  switch (name) {
    case 'shift':
      return shift(images, severity, drawn(shiftDirections));
    case 'rotation':
      return rotate(images, severity, drawn(turnDirections));
    case 'scale':
      return scaleAboutCentre(images, severity);
    case 'strokeWidth':
      return changeStrokeWidth(images, severity);
    case 'noise':
      return addGaussianNoise(images, severity, firstIndex);
    case 'saltAndPepper':
      return addSaltAndPepper(images, severity, firstIndex);
    case 'blur':
      return blur(images, severity);
    case 'contrast':
      return mapped(images, (value) => 127.5 + severity * (value - 127.5));
    case 'inverted':
      return mapped(images, (value) => (severity === 1 ? 255 - value : value));
    case 'canvas':
      return drawInCorner(images, severity, drawn(corners));
  }
}

/** Height and width of what `distort` makes of images of this size. */
export function distortedSize(
  [height, width]: readonly [height: number, width: number],
  name: DistortionName,
  severity: number,
): readonly [height: number, width: number] {
  return name === 'canvas' ? canvasSize(height, width, severity) : [height, width];
}

/** @throws InklingError (argument) unless the shape is [N, H, W, 1] with H and W from 1 on */
export function requireGreyImages({ data, shape }: Tensor<Uint8Array>): void {
  const [count, height, width, channels] = shape;
  const fits = data.length === count * height * width * channels && height > 0 && width > 0;
  if (shape.length === 4 && channels === 1 && fits) return;
  throw new InklingError(
    'argument',
    `Distortions: expected images of one channel, [N, H, W, 1]. Received: ${formatShape(shape)} with ${data.length} values.`,
  );
}

const limits: Readonly<Record<DistortionName, { lowest: number; highest: number; whole?: boolean }>> = {
  shift: { lowest: 0, highest: 1000, whole: true },
  rotation: { lowest: 0, highest: 360 },
  scale: { lowest: 0.05, highest: 20 },
  strokeWidth: { lowest: -8, highest: 8 },
  noise: { lowest: 0, highest: 1 },
  saltAndPepper: { lowest: 0, highest: 1 },
  blur: { lowest: 0.05, highest: 100 },
  contrast: { lowest: 0, highest: 1 },
  inverted: { lowest: 0, highest: 1, whole: true },
  canvas: { lowest: 1, highest: 20 },
};

function requireAmount(name: DistortionName, severity: number): void {
  const { lowest, highest, whole } = limits[name];
  if (severity >= lowest && severity <= highest && (!whole || Number.isInteger(severity))) return;
  const kind = whole ? 'a whole number' : 'an severity';
  throw new InklingError(
    'argument',
    `Distortion "${name}": expected ${kind} from ${lowest} to ${highest}. Received: ${severity}.`,
  );
}

function mapped({ data, shape }: Tensor<Uint8Array>, change: (value: number) => number): Tensor<Uint8Array> {
  const table = Uint8Array.from({ length: 256 }, (_, value) => Math.floor(change(value) + 0.5));
  const changed = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index++) changed[index] = table[data[index]];
  return { data: changed, shape };
}
