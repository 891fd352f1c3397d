/**
 * From any picture to the input of a network that takes pictures whole: its colours or grey, scaled. The same bytes in
 * Node and in browsers.
 */

import { imageOf, resizeImage } from '../pictures/image-pixels.js';
import { checkPicture, type Picture } from '../pictures/picture.js';
import type { Box } from './connected-components.js';
import type { ImagePreprocessing } from './settings.js';

/** A whole picture as the network sees it. */
export interface PreparedImage {
  /** `[height * width * channels]`, 0 to 255. */
  readonly image: Uint8Array;
  /** All of the picture, in its pixels. */
  readonly box: Box;
}

/**
 * The whole picture, scaled as `loadDataset` scales training images: one of the training images comes out as it was
 * trained on. Transparent pixels become white.
 * @throws InklingError (argument) where the picture's data does not fit its size
 * @example
 * ```ts
 * const { image } = prepareImage(picture, preprocessingOfImages([32, 32], 3));
 * ```
 */
export function prepareImage(picture: Picture, { size, channels }: ImagePreprocessing): PreparedImage {
  checkPicture(picture);
  const { width, height } = picture;
  const image = resizeImage(imageOf(picture, channels), channels, [height, width], size);
  return { image, box: { left: 0, top: 0, right: width, bottom: height } };
}
