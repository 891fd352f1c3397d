/** How pictures are prepared for a model that was trained on this data: stored with the model, for whoever uses it. */

import { type Dataset, imageShape } from '../data/dataset.js';
import { type ImageSize, inGrey } from '../pictures/image-pixels.js';
import { InklingError } from '../errors.js';
import { evenlySpaced } from '../evaluation/robustness.js';
import {
  type DigitPreprocessing,
  type Preprocessing,
  preprocessingLikeMnist,
  preprocessingOfImages,
} from '../preprocessing/settings.js';
import { inkSide, likeTrainingImage } from '../preprocessing/like-training-image.js';
import type { Plane } from '../preprocessing/plane.js';
import type { Tensor } from '../numerics/tensor.js';
import { percent } from '../report/number-format.js';

/** More are not needed to tell what images are like. */
const mostImages = 1000;
/** Of MNIST's own images 98.7 % are placed as its preprocessing would place them: tilted and faint ones are not. */
const leastShare = 0.8;

/** What was chosen, and why. */
export interface Preparation {
  readonly preprocessing: Preprocessing;
  /** Whether somebody asked for it. */
  readonly isAsked: boolean;
  /** Of the training images, those that are ink on plain paper, of the size and in the place that the digits' method gives it. */
  readonly shareOfDigits: number;
}

/**
 * As digits where the training images are what that method makes of a picture, ink on plain paper in a certain place; else as images, whole.
 * What classes are called says nothing: Fashion-MNIST's are 0 to 9.
 * @param asked the method that somebody asked for
 * @throws InklingError (argument) where digits are asked for and the images are in colours
 */
export function choosePreparation(dataset: Dataset, asked?: Preprocessing['method']): Preparation {
  const { images } = dataset.train;
  const [height, width, channels] = imageShape(images);
  if (asked === 'digits' && channels !== 1) {
    throw new InklingError(
      'argument',
      `--prepare digits: the images of ${dataset.name} have ${channels} channels, and digits are prepared as grey images. Leave it out, or ` +
        'write the images in grey.',
    );
  }
  const { digits, share } = likeliestDigits(channels === 3 ? inGrey(images) : images);
  const method = asked ?? (share >= leastShare && channels === 1 ? 'digits' : 'images');
  const size: ImageSize = [height, width];
  return {
    preprocessing: method === 'digits' ? digits : preprocessingOfImages(size, channels === 3 ? 3 : 1),
    isAsked: asked !== undefined,
    shareOfDigits: share,
  };
}

/** Whether images in colours would be taken for digits if they were grey. */
export function areColouredDigits({ preprocessing, isAsked, shareOfDigits }: Preparation): boolean {
  return !isAsked && preprocessing.method === 'images' && preprocessing.channels === 3 && shareOfDigits >= leastShare;
}

/** For people, a sentence or two. */
export function describePreparation({ preprocessing, isAsked, shareOfDigits }: Preparation): string {
  const share = `${percent(shareOfDigits)} of these images are ink on plain paper, placed as MNIST's digits are`;
  if (preprocessing.method === 'digits') {
    const { size, digitSide } = preprocessing;
    const reason = isAsked ? 'as asked' : `since ${share}. --prepare images takes them whole`;
    return `Pictures: as digits, their ink ${digitSide} pixels high or wide in ${size.join(' x ')}, ${reason}`;
  }
  const { size, channels } = preprocessing;
  const reason = isAsked ? 'as asked' : `since ${share}. --prepare digits looks for the ink`;
  return `Pictures: as images, whole, scaled to ${size.join(' x ')} in ${channels === 3 ? 'colours' : 'grey'}, ${reason}`;
}

/** In the usual size, or in that of the images' own ink where more of them fit to it, as where digits have a wider margin. */
function likeliestDigits(images: Tensor<Uint8Array>): { digits: DigitPreprocessing; share: number } {
  const planes = somePlanes(images);
  const [height, width] = imageShape(images);
  const polarity = polarityOf(planes);
  const shareOf = (digits: DigitPreprocessing) =>
    planes.filter((plane) => likeTrainingImage(plane, digits) !== undefined).length / planes.length;
  const usual = preprocessingLikeMnist([height, width], polarity);
  const share = shareOf(usual);
  const sides = planes.flatMap((plane) => inkSide(plane) ?? []).sort((a, b) => a - b);
  if (share >= leastShare || sides.length === 0) return { digits: usual, share };
  const own = preprocessingLikeMnist([height, width], polarity, Math.min(sides[sides.length >> 1], height, width));
  const ownShare = shareOf(own);
  return ownShare >= leastShare ? { digits: own, share: ownShare } : { digits: usual, share };
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
  return Array.from(evenlySpaced(images.shape[0], mostImages), (index) => ({
    ...{ width, height },
    data: Float32Array.from(images.data.subarray(index * size, (index + 1) * size)),
  }));
}
