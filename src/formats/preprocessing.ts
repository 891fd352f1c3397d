/**
 * How pictures become a model's input, as plain data stored with the model, so that no two programs can differ. The method is told
 * by `version` (src/inference/ has it); the rest may differ from model to model.
 */

import { InklingError, shortJson } from '../errors.js';

export interface Preprocessing {
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

const methodVersion = 1;
/** MNIST's digits fill a box of 20 x 20 pixels of 28 x 28. */
const [mnistDigit, mnistSide] = [20, 28];
/** In MNIST's pixels: of its digits a tenth is thinner, a twentieth thicker. */
const mnistStrokes = [2, 4] as const;

/**
 * As MNIST was made, for images of any size.
 * @param size height and width
 * @example
 * ```ts
 * await model.save('my-model', { preprocessing: preprocessingLikeMnist([28, 28], 'light on dark') });
 * ```
 */
export function preprocessingLikeMnist(
  size: readonly [number, number],
  polarity: Preprocessing['polarity'],
): Preprocessing {
  const digitSide = Math.max(1, Math.round((Math.min(...size) * mnistDigit) / mnistSide));
  const [thinnest, thickest] = mnistStrokes.map((width) => (width * digitSide) / mnistDigit);
  return { scale: '1/255', polarity, size, version: methodVersion, digitSide, strokeWidths: [thinnest, thickest] };
}

/**
 * @param value what a description says; one without a version is from before there was a method, and gets the usual one
 * @throws InklingError (model) where a field is missing, unknown or out of range
 */
export function checkedPreprocessing(value: unknown, source: string): Preprocessing | undefined {
  if (value === undefined) return undefined;
  const { scale, polarity, size, version, digitSide, strokeWidths } = Object(value) as Record<string, unknown>;
  const fail = (): never => {
    throw new InklingError(
      'model',
      `${source}: "preprocessing" must be like ${JSON.stringify(preprocessingLikeMnist([28, 28], 'light on dark'))}. ` +
        `Received: ${shortJson(value)}.`,
    );
  };
  if (scale !== '1/255' || (polarity !== 'light on dark' && polarity !== 'dark on light')) return fail();
  if (!isPair(size) || !size.every((side) => Number.isSafeInteger(side) && side > 0)) return fail();
  const usual = preprocessingLikeMnist(size, polarity);
  if (version === undefined && digitSide === undefined && strokeWidths === undefined) return usual;
  if (version !== methodVersion) {
    throw new InklingError(
      'model',
      `${source}: pictures are preprocessed by method ${shortJson(version)}, this Inkling knows method ${methodVersion}. ` +
        'A newer Inkling may know it.',
    );
  }
  const isDigitSide = typeof digitSide === 'number' && Number.isSafeInteger(digitSide) && digitSide > 0;
  if (!isDigitSide || digitSide > Math.min(...size) || !isPair(strokeWidths)) return fail();
  const [thinnest, thickest] = strokeWidths;
  if (!(thinnest > 0 && thinnest <= thickest && thickest < digitSide)) return fail();
  return { ...usual, digitSide, strokeWidths: [thinnest, thickest] };
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === 'number');
}
