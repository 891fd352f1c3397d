/**
 * How pictures become a model's input, as plain data stored with the model, so that no two programs can differ.
 * `method` and `version` name the steps (src/inference/ has them); the rest may differ from model to model.
 */

import { InklingError, shortJson } from '../errors.js';

/** What a model stores of how its inputs are made. */
export type Preprocessing = DigitPreprocessing | ImagePreprocessing;

/**
 * A picture is ink on paper: its component is found, and brought to the place and the size that it has in the training
 * images.
 */
export interface DigitPreprocessing {
  readonly method: 'digits';
  /** What pixel values of 0 to 255 are multiplied by. */
  readonly scale: '1/255';
  /** Whether the strokes or the paper are the bright part. */
  readonly polarity: 'light on dark' | 'dark on light';
  /** Height and width in pixels. */
  readonly size: readonly [number, number];
  /** Of the method that turns any picture into such an image. */
  readonly version: typeof methodVersion;
  /** The longer side of a digit in the image, in pixels. */
  readonly digitSide: number;
  /** Strokes thinner or thicker than this, in pixels of the image, are brought to the nearer of both. */
  readonly strokeWidths: readonly [thinnest: number, thickest: number];
}

/**
 * A picture is taken whole, whatever it shows: scaled to the size of the training images, in its colours or as grey.
 */
export interface ImagePreprocessing {
  readonly method: 'images';
  /** What pixel values of 0 to 255 are multiplied by. */
  readonly scale: '1/255';
  /** Height and width in pixels; the proportions of a picture are not kept. */
  readonly size: readonly [number, number];
  /** 1 for grey, 3 for red, green and blue. */
  readonly channels: 1 | 3;
  /** Of the method that turns any picture into such an image. */
  readonly version: typeof methodVersion;
}

export const preprocessingMethods = ['digits', 'images'] as const;

const methodVersion = 1;
/** MNIST's digits fill a box of 20 x 20 pixels of 28 x 28. */
const [mnistDigit, mnistSide] = [20, 28];
/** In MNIST's pixels: of its digits a tenth is thinner, a twentieth thicker. */
const mnistStrokes = [2, 4] as const;

/**
 * As MNIST was made, for images of any size.
 * @param size height and width
 * @param digitSide the longer side of a digit, in pixels of the image; default: as large a part of the image as MNIST's
 * @example
 * ```ts
 * await model.save('my-model', { preprocessing: preprocessingLikeMnist([28, 28], 'light on dark') });
 * ```
 */
export function preprocessingLikeMnist(
  size: readonly [number, number],
  polarity: DigitPreprocessing['polarity'],
  digitSide: number = Math.max(1, Math.round((Math.min(...size) * mnistDigit) / mnistSide)),
): DigitPreprocessing {
  const [thinnest, thickest] = mnistStrokes.map((width) => (width * digitSide) / mnistDigit);
  return {
    method: 'digits',
    scale: '1/255',
    polarity,
    size,
    version: methodVersion,
    digitSide,
    strokeWidths: [thinnest, thickest],
  };
}

/**
 * Whole pictures scaled to one size: for a model of images that are no ink on paper.
 * @param size height and width
 * @param channels 1 for grey, 3 for red, green and blue
 * @example
 * ```ts
 * await model.save('my-model', { classNames: ['brick', 'wood'], preprocessing: preprocessingOfImages([32, 32], 3) });
 * ```
 */
export function preprocessingOfImages(size: readonly [number, number], channels: 1 | 3): ImagePreprocessing {
  return { method: 'images', scale: '1/255', size, channels, version: methodVersion };
}

/**
 * @param value what a description says. One without a method is from before there was another than that of digits; one
 * without a version is from before that had any, and gets the usual numbers
 * @throws InklingError (model) where a field is missing, unknown or out of range
 */
export function checkedPreprocessing(value: unknown, source: string): Preprocessing | undefined {
  if (value === undefined) return undefined;
  const fields = Object(value) as Record<string, unknown>;
  const { method = 'digits', scale, size, version, channels } = fields;
  const fail = (): never => {
    const examples = [preprocessingLikeMnist([28, 28], 'light on dark'), preprocessingOfImages([28, 28], 1)];
    throw new InklingError(
      'model',
      `${source}: "preprocessing" must be like ${examples.map((example) => JSON.stringify(example)).join(' or ')}. ` +
        `Received: ${shortJson(value)}.`,
    );
  };
  if (typeof method === 'string' && !preprocessingMethods.some((known) => known === method)) {
    throw new InklingError(
      'model',
      `${source}: pictures are prepared by the method ${shortJson(method)}, this Inkling knows ${preprocessingMethods.join(' and ')}. ` +
        'A newer Inkling may know it.',
    );
  }
  if (scale !== '1/255' || !isPair(size) || !size.every((side) => Number.isSafeInteger(side) && side > 0)) {
    return fail();
  }
  const isFirst =
    method === 'digits' && [version, fields.digitSide, fields.strokeWidths].every((it) => it === undefined);
  if (version !== methodVersion && !isFirst) {
    throw new InklingError(
      'model',
      `${source}: pictures are preprocessed by method ${shortJson(version)}, this Inkling knows method ${methodVersion}. ` +
        'A newer Inkling may know it.',
    );
  }
  if (method === 'digits') return checkedDigits(fields, size, isFirst) ?? fail();
  return method === 'images' && (channels === 1 || channels === 3) ? preprocessingOfImages(size, channels) : fail();
}

/** @returns undefined where a field is missing or out of range */
function checkedDigits(
  { polarity, digitSide, strokeWidths }: Record<string, unknown>,
  size: readonly [number, number],
  isFirst: boolean,
): DigitPreprocessing | undefined {
  if (polarity !== 'light on dark' && polarity !== 'dark on light') return undefined;
  const usual = preprocessingLikeMnist(size, polarity);
  if (isFirst) return usual;
  const isDigitSide = typeof digitSide === 'number' && Number.isSafeInteger(digitSide) && digitSide > 0;
  if (!isDigitSide || digitSide > Math.min(...size) || !isPair(strokeWidths)) return undefined;
  const [thinnest, thickest] = strokeWidths;
  if (!(thinnest > 0 && thinnest <= thickest && thickest < digitSide)) return undefined;
  return { ...usual, digitSide, strokeWidths: [thinnest, thickest] };
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'number');
}
