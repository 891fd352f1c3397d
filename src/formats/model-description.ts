/**
 * What a model's description says beside its layers: the names of the classes, and how far to trust its probabilities.
 */

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

/**
 * @param value what a description says; files of version 1 have `sureProbability`, 2 for never, and `lowestProbability`
 * @throws InklingError (model) where one of the four numbers is missing or out of range
 */
export function checkedCalibration(value: unknown, source: string): Calibration | undefined {
  if (value === undefined) return undefined;
  const data = Object(value) as Record<string, unknown>;
  const isOld = 'sureProbability' in data || 'lowestProbability' in data;
  const { temperature, images } = data;
  const rejectionThreshold = isOld ? data.lowestProbability : data.rejectionThreshold;
  const isNumber = (number: unknown): number is number => Number.isFinite(number);
  const isFraction = (number: unknown): number is number => isNumber(number) && number >= 0 && number <= 1;
  const isNever = isOld ? Number(data.sureProbability) > 1 : data.confidenceThreshold === null;
  const threshold = isOld ? data.sureProbability : data.confidenceThreshold;
  const confidenceThreshold = isNever ? null : isFraction(threshold) ? threshold : undefined;
  const isCount = (number: unknown): number is number => Number.isSafeInteger(number) && Number(number) > 0;
  const isTemperature = isNumber(temperature) && temperature > 0;
  if (!isTemperature || confidenceThreshold === undefined || !isFraction(rejectionThreshold) || !isCount(images)) {
    throw new InklingError(
      'model',
      `${source}: "calibration" must be like {"temperature":1.2,"confidenceThreshold":0.97,"rejectionThreshold":0.6,"images":5000}, ` +
        'the temperature and the number of images above 0, the thresholds from 0 to 1, the first of them null where no answer is sure. ' +
        `Received: ${shortJson(value)}.`,
    );
  }
  return { temperature, confidenceThreshold, rejectionThreshold, images };
}
