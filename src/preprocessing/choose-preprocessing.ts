/**
 * How pictures are to be prepared for a model that is trained on certain images: it follows from what those images look
 * like.
 */

import { evenlySpaced, imageShape } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import type { Tensor } from '../numerics/tensor.js';
import { type ImageSize, inGrey } from '../pictures/image-pixels.js';
import { inkSide, likeTrainingImage } from './like-training-image.js';
import type { Plane } from './plane.js';
import {
  type DigitPreprocessing,
  type Preprocessing,
  preprocessingLikeMnist,
  preprocessingOfImages,
} from './settings.js';

/** More are not needed to tell what images are like. */
const maxImages = 1000;
/** Of MNIST's own images 98.7 % are placed as its preprocessing would place them: tilted and faint ones are not. */
export const minFractionOfDigits = 0.8;

/** What `choosePreprocessing` chose, and what it goes by. */
export interface ChosenPreprocessing {
  readonly preprocessing: Preprocessing;
  /**
   * Of the images, those that are ink on plain paper, of the size and in the place that the digits' method gives it.
   */
  readonly fractionOfDigits: number;
}

/**
 * As digits where the images are what that method makes of a picture, ink on plain paper in a certain place; else as
 * images, whole. What classes are called says nothing: Fashion-MNIST's are 0 to 9.
 * @param images training images [N, H, W, C], 0 to 255, of one or three channels
 * @param method the one to use, where that is not to be chosen
 * @throws InklingError (argument) where digits are asked for and the images are in colours
 * @example
 * ```ts
 * const { train, classNames } = await loadDataset('my-data');
 * await model.save('my-model', { classNames, preprocessing: choosePreprocessing(train.images).preprocessing });
 * ```
 */
export function choosePreprocessing(images: Tensor<Uint8Array>, method?: Preprocessing['method']): ChosenPreprocessing {
  const [height, width, channels] = imageShape(images);
  if (method === 'digits' && channels !== 1) {
    throw new InklingError(
      'argument',
      `choosePreprocessing: digits are prepared as grey images, expected [N, H, W, 1]. Received: ${channels} channels.`,
    );
  }
  const { digits, fraction } = likeliestDigits(channels === 3 ? inGrey(images) : images);
  const isDigits = method ? method === 'digits' : fraction >= minFractionOfDigits && channels === 1;
  const size: ImageSize = [height, width];
  return {
    preprocessing: isDigits ? digits : preprocessingOfImages(size, channels === 3 ? 3 : 1),
    fractionOfDigits: fraction,
  };
}

/**
 * In the usual size, or in that of the images' own ink where more of them fit to it, as where digits have a wider
 * margin.
 */
function likeliestDigits(images: Tensor<Uint8Array>): { digits: DigitPreprocessing; fraction: number } {
  const planes = somePlanes(images);
  const [height, width] = imageShape(images);
  const polarity = polarityOf(planes);
  const fractionOf = (digits: DigitPreprocessing) =>
    planes.filter((plane) => likeTrainingImage(plane, digits) !== undefined).length / planes.length;
  const usual = preprocessingLikeMnist([height, width], polarity);
  const fraction = fractionOf(usual);
  const sides = planes.flatMap((plane) => inkSide(plane) ?? []).sort((a, b) => a - b);
  if (fraction >= minFractionOfDigits || sides.length === 0) return { digits: usual, fraction };
  const own = preprocessingLikeMnist([height, width], polarity, Math.min(sides[sides.length >> 1], height, width));
  const ownFraction = fractionOf(own);
  return ownFraction >= minFractionOfDigits ? { digits: own, fraction: ownFraction } : { digits: usual, fraction };
}

/** Paper is what covers more: where images are dark on average, the strokes are the bright part. */
function polarityOf(planes: readonly Plane[]): DigitPreprocessing['polarity'] {
  let [sum, count] = [0, 0];
  for (const { data } of planes) {
    sum += data.reduce((total, value) => total + value, 0);
    count += data.length;
  }
  return sum / count < 127.5 ? 'light on dark' : 'dark on light';
}

function somePlanes(images: Tensor<Uint8Array>): Plane[] {
  const [height, width] = imageShape(images);
  const size = height * width;
  return Array.from(evenlySpaced(images.shape[0], maxImages), (index) => ({
    width,
    height,
    data: Float32Array.from(images.data.subarray(index * size, (index + 1) * size)),
  }));
}
