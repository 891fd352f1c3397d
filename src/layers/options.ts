/** Checks of the values that layer functions and model files are given. Every message names the layer and the option. */

import { InklingError, shortJson } from '../errors.js';

/** The options of one layer as they came, from a TypeScript caller or a JSON file. */
export class LayerOptions {
  readonly type: string;
  private readonly values: Readonly<Record<string, unknown>>;

  /** @throws InklingError (model) where `given` is no object or has an option that is not in `known` */
  constructor(type: string, given: unknown, known: readonly string[]) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw new InklingError('model', `${type}: expected an object with options. Received: ${describe(given)}.`);
    }
    this.type = type;
    this.values = given as Record<string, unknown>;
    if (this.values.type !== undefined && this.values.type !== type) this.fail('type', `"${type}"`);
    const allowed = [...known, 'name', 'type'];
    const unknown = Object.keys(given).find((key) => !allowed.includes(key));
    if (unknown !== undefined) {
      throw new InklingError(
        'model',
        `${type}: unknown option "${unknown}". Expected: ${[...known, 'name'].join(', ')}.`,
      );
    }
  }

  private fail(option: string, expected: string): never {
    const received = describe(this.values[option]);
    throw new InklingError('model', `${this.type}: ${option} must be ${expected}. Received: ${option}=${received}.`);
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
    if (found === undefined) this.fail(option, `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`);
    return found;
  }

  /** Only what is left out gets its default: a null from a file is an error. */
  private given(option: string, fallback: unknown): unknown {
    const value = this.values[option];
    return value === undefined ? fallback : value;
  }
}

/** A value as a message shows it: numbers as they are, since JSON knows no NaN. */
function describe(value: unknown): string {
  return typeof value === 'object' || typeof value === 'string' ? shortJson(value) : String(value);
}

function isPositiveInteger(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
