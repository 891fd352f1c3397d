/** From stored images to what a network reads: scaled, reshaped, labels one-hot. Each step is a function of its own. */

import { InklingError } from '../errors.js';
import { formatShape, type Shape, sizeOf, type Tensor } from '../numerics/tensor.js';
import { checkLabels } from './dataset.js';

/**
 * v / 255 rounded to float32 once; the quotient in float64 has digits enough that rounding it again changes nothing.
 */
const quotients = Float32Array.from({ length: 256 }, (_, value) => value / 255);

/**
 * Scales 0 to 255 to [0, 1]: the float32 quotient by 255. The shape stays.
 * @example
 * ```ts
 * const images = scale(train.images); // float32 from 0 to 1
 * ```
 */
export function scale(images: Tensor<Uint8Array>): Tensor<Float32Array> {
  const { data } = images;
  const scaled = new Float32Array(data.length);
  for (let index = 0; index < data.length; index++) scaled[index] = quotients[data[index]];
  return { data: scaled, shape: images.shape };
}

/**
 * The same values under another shape, not copied. One dimension may be -1: it is what the others leave, as in NumPy.
 * @throws InklingError of kind `argument` where the shape does not hold as many values
 * @example
 * ```ts
 * const vectors = reshape(train.images, [-1, 784]); // [60000, 28, 28, 1] becomes [60000, 784]
 * ```
 */
export function reshape<Values extends Float32Array | Uint8Array>(
  tensor: Tensor<Values>,
  shape: Shape,
): Tensor<Values> {
  const size = tensor.data.length;
  const known = sizeOf(shape.filter((dimension) => dimension !== -1));
  const valid = shape.every((dimension) => Number.isInteger(dimension) && dimension >= -1);
  const open = shape.filter((dimension) => dimension === -1).length;
  const fits = open === 0 ? known === size : open === 1 && known > 0 && size % known === 0;
  if (!valid || !fits) {
    throw new InklingError(
      'argument',
      `Cannot reshape ${formatShape(tensor.shape)} to ${formatShape(shape)}: expected dimensions whose product is ${size}; ` +
        'one of them may be -1.',
    );
  }
  return { data: tensor.data, shape: shape.map((dimension) => (dimension === -1 ? size / known : dimension)) };
}

/**
 * [N] class indices to [N, classes]: 1 at the label, 0 elsewhere.
 * @throws InklingError of kind `argument` where `classes` is not a positive integer, of kind `data` for a label out of
 * range
 * @example
 * ```ts
 * oneHot([2, 0], 3); // { data: [0, 0, 1, 1, 0, 0], shape: [2, 3] }
 * ```
 */
export function oneHot(labels: ArrayLike<number>, classes: number): Tensor<Float32Array> {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new InklingError('argument', `oneHot: expected a positive number of classes. Received: ${classes}.`);
  }
  checkLabels(labels, classes);
  const data = new Float32Array(labels.length * classes);
  for (let index = 0; index < labels.length; index++) data[index * classes + labels[index]] = 1;
  return { data, shape: [labels.length, classes] };
}
