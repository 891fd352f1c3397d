/** What a model's description says beside its layers: the names of the classes, and how pictures become its input. */

import { InklingError, shortJson } from '../errors.js';

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
      `${source}: "classNames" must be a list of ${classes} texts, one a class. Received: ${shortJson(value)}.`,
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
        `Received: ${shortJson(value)}.`,
    );
  }
  return { scale, polarity, size: [size[0], size[1]] };
}
