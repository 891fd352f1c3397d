/** What a model's description says beside its layers: the names of the classes, and how far to trust its probabilities. */

import { InklingError, shortJson } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';

export type { Calibration } from '../evaluation/calibration.js';

/** @throws InklingError (model) where the names are no list with one text a class */
export function checkedClassNames(value: unknown, classes: number, source: string): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length !== classes || !value.every((name) => typeof name === 'string')) {
    throw new InklingError(
      'model',
      `${source}: "classNames" must be a list of ${classes} texts, one a class. Received: ${shortJson(value)}.`,
    );
  }
  return value;
}

/** @throws InklingError (model) where one of the four numbers is missing or out of range */
export function checkedCalibration(value: unknown, source: string): Calibration | undefined {
  if (value === undefined) return undefined;
  const { temperature, sureProbability, lowestProbability, images } = Object(value) as Record<string, unknown>;
  const isFiniteNumber = (number: unknown): number is number => Number.isFinite(number);
  const isCount = (number: unknown): number is number => Number.isSafeInteger(number) && Number(number) > 0;
  const isTemperature = isFiniteNumber(temperature) && temperature > 0;
  // It has no upper limit: `neverSure` is 2.
  const isSure = isFiniteNumber(sureProbability) && sureProbability >= 0;
  const isLowest = isFiniteNumber(lowestProbability) && lowestProbability >= 0 && lowestProbability <= 1;
  if (!isTemperature || !isSure || !isLowest || !isCount(images)) {
    throw new InklingError(
      'model',
      `${source}: "calibration" must be like {"temperature":1.2,"sureProbability":0.97,"lowestProbability":0.6,"images":5000}, ` +
        `the temperature and the number of images above 0, "lowestProbability" from 0 to 1. Received: ${shortJson(value)}.`,
    );
  }
  return { temperature, sureProbability, lowestProbability, images };
}
