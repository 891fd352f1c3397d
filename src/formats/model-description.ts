/**
 * What a model's description says beside its layers: the names of the classes, how pictures become its input, and how far to trust
 * its probabilities.
 */

import { InklingError } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';

export type { Calibration } from '../evaluation/calibration.js';

/** How a picture must be prepared for the model. */
export interface Preprocessing {
  /** What pixel values of 0 to 255 are multiplied by. */
  readonly scale: '1/255';
  /** Whether the strokes or the paper are the bright part. */
  readonly polarity: 'light on dark' | 'dark on light';
  /** Height and width in pixels. */
  readonly size: readonly [number, number];
}

/** @throws InklingError (model) where the names are no list with one text a class */
export function checkedClassNames(value: unknown, classes: number, source: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length !== classes || !value.every((name) => typeof name === 'string')) {
    throw new InklingError(
      'model',
      `${source}: "classNames" must be a list of ${classes} texts, one a class. Received: ${JSON.stringify(value)}.`,
    );
  }
  return value;
}

/** @throws InklingError (model) where one of the three fields is missing or unknown */
export function checkedPreprocessing(value: unknown, source: string): Preprocessing | undefined {
  if (value === undefined) return undefined;
  const { scale, polarity, size } = Object(value) as Record<string, unknown>;
  const isScale = scale === '1/255';
  const isPolarity = polarity === 'light on dark' || polarity === 'dark on light';
  const isSize =
    Array.isArray(size) && size.length === 2 && size.every((side) => Number.isSafeInteger(side) && side > 0);
  if (!isScale || !isPolarity || !isSize) {
    throw new InklingError(
      'model',
      `${source}: "preprocessing" must be like {"scale":"1/255","polarity":"light on dark","size":[28,28]}. ` +
        `Received: ${JSON.stringify(value)}.`,
    );
  }
  return { scale, polarity, size: [size[0], size[1]] };
}

/** @throws InklingError (model) where one of the four numbers is missing or out of range */
export function checkedCalibration(value: unknown, source: string): Calibration | undefined {
  if (value === undefined) return undefined;
  const { temperature, sureProbability, lowestFamiliarity, images } = Object(value) as Record<string, unknown>;
  const isFiniteNumber = (number: unknown): number is number => Number.isFinite(number);
  const isCount = (number: unknown): number is number => Number.isSafeInteger(number) && Number(number) > 0;
  const isTemperature = isFiniteNumber(temperature) && temperature > 0;
  const isProbability = isFiniteNumber(sureProbability) && sureProbability >= 0;
  if (!isTemperature || !isProbability || !isFiniteNumber(lowestFamiliarity) || !isCount(images)) {
    throw new InklingError(
      'model',
      `${source}: "calibration" must be like {"temperature":1.2,"sureProbability":0.97,"lowestFamiliarity":5.5,"images":5000}, ` +
        `the temperature and the number of images above 0. Received: ${JSON.stringify(value)}.`,
    );
  }
  return { temperature, sureProbability, lowestFamiliarity, images };
}
