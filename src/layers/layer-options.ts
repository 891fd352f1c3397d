/** The options of one layer as they came, from a TypeScript caller or a JSON file. */

import { Options } from '../options.js';

export class LayerOptions extends Options {
  /**
   * @throws InklingError (model) where `given` is not an object or has an option that is neither in `known` nor one of
   * every layer
   */
  constructor(type: string, given: unknown, known: readonly string[]) {
    super(type, given, [...known, 'name', 'trainable'], { kind: 'model' });
  }

  /** What every layer may have. */
  common(): { readonly name: string | undefined; readonly trainable?: false } {
    const trainable = this.boolean('trainable', true);
    return { name: this.name(), ...(!trainable && { trainable }) };
  }

  private name(): string | undefined {
    const value = this.value('name');
    if (value === undefined) return undefined;
    if (typeof value === 'string' && /^[A-Za-z0-9_.-]{1,100}$/.test(value)) return value;
    this.fail('name', '1 to 100 letters, digits, "_", "-" or "."');
  }

  positiveInteger(option: string): number {
    const value = this.value(option);
    if (!isPositiveInteger(value)) this.fail(option, 'a positive integer');
    return value;
  }

  /** One positive integer for both axes or a pair [vertical, horizontal]. */
  pair(option: string, fallback?: readonly [number, number]): [number, number] {
    const value = this.given(option, fallback);
    if (isPositiveInteger(value)) return [value, value];
    if (Array.isArray(value) && value.length === 2 && value.every(isPositiveInteger)) return [value[0], value[1]];
    this.fail(option, 'a positive integer or a pair of them');
  }
}

function isPositiveInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
