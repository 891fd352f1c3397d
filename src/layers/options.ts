/** Checks of the values that layer functions and model files are given. Every message names the layer and the option. */

import { InklingError } from '../errors.js';
import { describeValue, nearestName, readOptions } from '../known-names.js';

/** The options of one layer as they came, from a TypeScript caller or a JSON file. */
export class LayerOptions {
  readonly type: string;
  private readonly values: Readonly<Record<string, unknown>>;

  /** @throws InklingError (model) where `given` is no object or has an option that is not in `known` */
  constructor(type: string, given: unknown, known: readonly string[]) {
    if (typeof given === 'object' && given !== null && 'trainable' in given) {
      throw new InklingError(
        'model',
        `${type}: layers cannot be frozen yet, all of them are trained. Leave "trainable" out.`,
      );
    }
    this.type = type;
    this.values = readOptions('model', type, given, [...known, 'name'], ['type']);
    if (this.values.type !== undefined && this.values.type !== type) this.fail('type', `"${type}"`);
  }

  private fail(option: string, expected: string, hint = ''): never {
    const received = describeValue(this.values[option]);
    throw new InklingError(
      'model',
      `${this.type}: ${option} must be ${expected}. Received: ${option}=${received}.${hint}`,
    );
  }

  name(): string | undefined {
    const value = this.values.name;
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || !/^[A-Za-z0-9_.-]{1,100}$/.test(value)) {
      this.fail('name', '1 to 100 letters, digits, "_", "-" or "."');
    }
    return value;
  }

  positiveInteger(option: string): number {
    const value = this.values[option];
    if (!isPositiveInteger(value)) this.fail(option, 'a positive integer');
    return value;
  }

  /** One positive integer for both axes or a pair [vertical, horizontal]. */
  pair(option: string, fallback?: readonly [number, number]): [number, number] {
    const value = this.values[option];
    if (value === undefined && fallback) return [...fallback];
    if (isPositiveInteger(value)) return [value, value];
    if (Array.isArray(value) && value.length === 2 && value.every(isPositiveInteger)) return [value[0], value[1]];
    return this.fail(option, 'a positive integer or a pair of them');
  }

  /** A finite number with lowest <= value <= highest (value < highest where `below` is set). */
  number(option: string, fallback: number, lowest: number, highest: number, below = false): number {
    const value = this.given(option, fallback);
    const fits = typeof value === 'number' && value >= lowest && (below ? value < highest : value <= highest);
    if (!fits || !Number.isFinite(value)) {
      const upper = highest === Number.POSITIVE_INFINITY ? '' : ` and ${below ? 'below' : 'at most'} ${highest}`;
      this.fail(option, `a number of at least ${lowest}${upper}`);
    }
    return value;
  }

  boolean(option: string, fallback: boolean): boolean {
    const value = this.given(option, fallback);
    if (typeof value !== 'boolean') this.fail(option, 'true or false');
    return value;
  }

  choice<Choice extends string>(option: string, choices: readonly Choice[], fallback?: Choice): Choice {
    const value = this.given(option, fallback);
    const found = choices.find((choice) => choice === value);
    if (found === undefined) {
      const nearest = nearestName(value, choices);
      const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
      this.fail(option, `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`, hint);
    }
    return found;
  }

  /** Only what is left out gets its default: a null from a file is an error. */
  private given(option: string, fallback: unknown): unknown {
    const value = this.values[option];
    return value === undefined ? fallback : value;
  }
}

function isPositiveInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
