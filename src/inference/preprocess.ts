/**
 * From any picture of a digit to what the network reads: brightness, ink and paper, marks, one digit's shape, its place. The same
 * bytes in Node and in browsers.
 */

import type { Preprocessing } from '../formats/preprocessing.js';
import { brightnessOf } from './brightness.js';
import { digitShape } from './digit-shape.js';
import { type FoundDigit, findDigit, findDigits } from './find-digits.js';
import { type InkedPicture, inkedPicture } from './inked-picture.js';
import { likeTrainingImage } from './like-training-image.js';
import type { Box } from './marks.js';
import type { Picture } from './picture.js';
import { placeDigit } from './place-digit.js';

/** A digit, or what may be one, as the network sees it. */
export interface PreparedDigit {
  /** `[height * width]`, 0 to 255. */
  readonly image: Uint8Array;
  /** Where it is in the picture, in its pixels. */
  readonly box: Box;
}

/**
 * The digit of a picture: its largest mark with the strokes near to it. A picture that is an image like those that the model was
 * trained on is taken as it is, turned to the model's polarity.
 * @returns undefined where nothing is drawn
 */
export function prepareDigit(picture: Picture, preprocessing: Preprocessing): PreparedDigit | undefined {
  const brightness = brightnessOf(picture);
  const image = likeTrainingImage(brightness, preprocessing);
  if (image) return { image, box: { left: 0, top: 0, right: picture.width, bottom: picture.height } };
  const inked = inkedPicture(brightness);
  const found = inked && findDigit(inked);
  return found && prepared(inked, found, preprocessing);
}

/** All digits of a picture, line by line, each line from left to right; none where nothing is drawn. */
export function prepareDigits(picture: Picture, preprocessing: Preprocessing): PreparedDigit[] {
  const inked = inkedPicture(brightnessOf(picture));
  return inked ? findDigits(inked).map((found) => prepared(inked, found, preprocessing)) : [];
}

function prepared(inked: InkedPicture, { labels, box }: FoundDigit, preprocessing: Preprocessing): PreparedDigit {
  const { ink, inkMask, map, scale } = inked;
  const image = placeDigit(digitShape(ink, inkMask, map, labels, box), preprocessing);
  return {
    image,
    box: {
      left: Math.floor(box.left * scale),
      top: Math.floor(box.top * scale),
      right: Math.ceil(box.right * scale),
      bottom: Math.ceil(box.bottom * scale),
    },
  };
}
