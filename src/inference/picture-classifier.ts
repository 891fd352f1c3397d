/** A recognizer as a classifier of the robustness report: distorted images of any size go the way of any picture. */

import type { Classifier } from '../evaluation/robustness.js';
import { sizeOf, type Tensor } from '../numerics/tensor.js';
import type { Picture } from '../pictures/picture.js';
import type { Recognizer } from './recognizer.js';

/**
 * Reads pictures of any size as `recognizer.recognizeBatch` does; what is not a digit to it counts as wrong.
 * @example
 * ```ts
 * const classifier = pictureClassifier(await Recognizer.load());
 * const answers = await classifier.classify(test.images); // class indices, -1 where there is no answer
 * ```
 */
export function pictureClassifier(recognizer: Recognizer): Classifier {
  return {
    name: 'as predict reads it',
    async classify(pictures) {
      const recognitions = await recognizer.recognizeBatch(greyPictures(pictures));
      return Int32Array.from(recognitions, ({ answer }) =>
        answer === null ? -1 : recognizer.classNames.indexOf(answer),
      );
    },
  };
}

/** @param images `[N, H, W, 1]`, 0 to 255 */
export function greyPictures({ data, shape }: Tensor<Uint8Array>): Picture[] {
  const [count, height, width] = shape;
  const size = sizeOf(shape.slice(1));
  return Array.from({ length: count }, (_, index) => {
    const picture = new Uint8Array(size * 4);
    for (let pixel = 0; pixel < size; pixel++) {
      picture.fill(data[index * size + pixel], pixel * 4, pixel * 4 + 3);
      picture[pixel * 4 + 3] = 255;
    }
    return { width, height, data: picture };
  });
}
