/** What a model's description says beside its layers: the names of the classes. */

import { InklingError } from '../errors.js';

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
