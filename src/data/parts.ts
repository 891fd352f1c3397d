/** The two parts of a data set as files hold them, and what has to be true of them before they are one. */

import { InklingError } from '../errors.js';
import { formatShape, type Tensor } from '../numerics/tensor.js';
import type { LabelledImages } from './dataset.js';

/** Images and labels with the names of what they were read from, for error messages. */
export interface NamedPart extends LabelledImages {
  readonly imagesName: string;
  readonly labelsName: string;
}

export interface Parts {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  /** The highest label of both parts and one. */
  readonly classes: number;
}

/** @returns the images as [N, H, W, C], the same bytes */
export function asImages({ data, shape }: Tensor<Uint8Array>, path: string): Tensor<Uint8Array> {
  if (shape.length === 3) return { data, shape: [...shape, 1] };
  if (shape.length === 4 && (shape[3] === 1 || shape[3] === 3)) return { data, shape };
  if (shape.length === 4) {
    const isFirst = shape[1] === 1 || shape[1] === 3;
    throw new InklingError(
      'data',
      `${path} holds images of ${shape[3]} channels: expected 1 (grey) or 3 (red, green, blue) as the last dimension. Received the shape ` +
        `${formatShape(shape)}. ${
          isFirst
            ? `Its second dimension, ${shape[1]}, looks like the channels: move it to the end (in NumPy: images.transpose(0, 2, 3, 1)).`
            : 'Leave out what is not a colour, such as alpha (in NumPy: images[..., :3]).'
        }`,
    );
  }
  const hint = shape.length === 1 ? ' It looks like a file of labels: are the two swapped?' : '';
  throw new InklingError(
    'data',
    `${path} has ${shape.length} dimensions, expected 3 for images: number, height, width (or 4, with channels last).${hint} ` +
      'Give a file of images.',
  );
}

/** @throws InklingError (data) where images and labels, or both parts, do not fit each other */
export function matchParts(train: NamedPart, test: NamedPart): Parts {
  for (const { images, labels, imagesName, labelsName } of [train, test]) {
    if (images.shape[0] === labels.length) continue;
    throw new InklingError(
      'data',
      `${imagesName} holds ${images.shape[0]} images, ${labelsName} holds ${labels.length} labels: ` +
        'expected one label for each image. Give files that belong together.',
    );
  }
  const [trainSize, testSize] = [train, test].map(({ images }) => images.shape.slice(1).join(' x '));
  if (trainSize !== testSize) {
    throw new InklingError(
      'data',
      `${train.imagesName} holds images of ${trainSize}, ${test.imagesName} of ${testSize} (height x width x channels): ` +
        'expected one size. Resize the images of one of them.',
    );
  }
  const highest = Math.max(...[train, test].map(({ labels }) => labels.reduce((a, b) => Math.max(a, b), 0)));
  if (highest === 0) {
    throw new InklingError(
      'data',
      `${train.labelsName} and ${test.labelsName} hold the label 0 only: expected at least two classes, numbered from 0.`,
    );
  }
  const part = ({ images, labels }: NamedPart): LabelledImages => ({ images, labels });
  return { train: part(train), test: part(test), classes: highest + 1 };
}
