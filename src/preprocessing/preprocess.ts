/**
 * From any picture of a digit to what the network reads: brightness, ink and paper, components, one digit's shape, its place. The same
 * bytes in Node and in browsers.
 */

import { checkPicture, type Picture } from '../pictures/picture.js';
import { brightnessOf } from './brightness.js';
import type { Box } from './connected-components.js';
import { digitShape, shapeSide } from './digit-shape.js';
import { countSideBySide, type FoundDigit, findDigit, findDigits } from './find-digits.js';
import { type InkedPicture, inkedPicture, readablePicture } from './inked-picture.js';
import { likeTrainingImage } from './like-training-image.js';
import { polarityOf } from './paper.js';
import { placeDigit } from './place-digit.js';
import type { Plane } from './plane.js';
import type { DigitPreprocessing } from './settings.js';
import { strokeWidth } from './stroke-width.js';

/** A digit, or what may be one, as the network sees it. */
export interface PreparedDigit {
  /** `[height * width]`, 0 to 255. */
  readonly image: Uint8Array;
  /** Where it is in the picture, in its pixels. */
  readonly box: Box;
  /** How many digits seem to stand side by side where one was looked for; 1 where all were. */
  readonly sideBySide: number;
}

/**
 * The digit of a picture: its largest component with the strokes near to it. A picture that is an image like those that the model was
 * trained on is taken as it is, turned to the model's polarity.
 * @returns undefined where nothing is drawn
 * @throws InklingError (argument) where the picture's data does not fit its size
 * @example
 * ```ts
 * const digit = prepareDigit(picture, preprocessingLikeMnist([28, 28], 'light on dark'));
 * console.log(digit?.box);
 * ```
 */
export function prepareDigit(picture: Picture, preprocessing: DigitPreprocessing): PreparedDigit | undefined {
  checkPicture(picture);
  const brightness = brightnessOf(picture);
  const image = likeTrainingImage(brightness, preprocessing);
  if (image) return { image, box: { left: 0, top: 0, right: picture.width, bottom: picture.height }, sideBySide: 1 };
  const drawing = drawingOf(brightness);
  return drawing && { ...prepared(picture, drawing, preprocessing), sideBySide: countSideBySide(drawing.inked) };
}

/**
 * All digits of a picture, line by line, each line from left to right; none where nothing is drawn.
 * @throws InklingError (argument) where the picture's data does not fit its size
 * @example
 * ```ts
 * const digits = prepareDigits(picture, preprocessingLikeMnist([28, 28], 'light on dark'));
 * console.log(`${digits.length} digits`);
 * ```
 */
export function prepareDigits(picture: Picture, preprocessing: DigitPreprocessing): PreparedDigit[] {
  checkPicture(picture);
  const drawing = drawingOf(brightnessOf(picture));
  if (!drawing) return [];
  const { inked } = drawing;
  return findDigits(inked).map((found) =>
    prepared(picture, { inked, found, shape: digitShape(inked, found) }, preprocessing),
  );
}

interface Drawing {
  readonly inked: InkedPicture;
  readonly found: FoundDigit;
  readonly shape: Plane;
}

/**
 * Which is the ink, the dark or the light? The likelier one is tried first, and the other where that has no strokes: of a dark
 * digit on a sheet on a dark table the sheet is the first find, and solid.
 */
function drawingOf(brightness: Plane): Drawing | undefined {
  const readable = readablePicture(brightness);
  const likelier = polarityOf(readable.brightness);
  const drawings: Drawing[] = [];
  for (const polarity of [likelier, likelier === 'light on dark' ? 'dark on light' : 'light on dark'] as const) {
    const inked = inkedPicture(readable, polarity);
    const found = inked && findDigit(inked);
    if (!found) continue;
    const shape = digitShape(inked, found);
    if (!isSolid(shape)) return { inked, found, shape };
    drawings.push({ inked, found, shape });
  }
  return drawings[0];
}

/** Strokes of digits are never as wide as this share of the digit's longer side. */
const solidShare = 0.4;

function isSolid(shape: Plane): boolean {
  return strokeWidth(shape) > solidShare * shapeSide;
}

function prepared({ width, height }: Picture, drawing: Drawing, preprocessing: DigitPreprocessing): PreparedDigit {
  const { place } = drawing.inked;
  const { left, top, right, bottom } = drawing.found.box;
  return {
    image: placeDigit(drawing.shape, preprocessing),
    // Sides of a picture that was scaled down are rounded: its last pixel may end a little beyond the picture.
    box: {
      left: Math.floor((place.left + left) * place.scale),
      top: Math.floor((place.top + top) * place.scale),
      right: Math.min(Math.ceil((place.left + right) * place.scale), width),
      bottom: Math.min(Math.ceil((place.top + bottom) * place.scale), height),
    },
    sideBySide: 1,
  };
}
