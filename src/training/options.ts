/**
 * Checks of the values that optimizers, schedules, losses and callbacks are given. Every message names what was built and
 * the option.
 */

import { InklingError } from '../errors.js';

/** The options of one thing as they came, from a TypeScript caller or a JSON file. */
export class Options {
  private readonly owner: string;
  private readonly values: Readonly<Record<string, unknown>>;

  /**
   * @param owner what is built, such as `adam`; data may repeat it as `type`
   * @throws InklingError (argument) where `given` is no object or has an option that is not in `known`
   */
  constructor(owner: string, given: unknown, known: readonly string[]) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw new InklingError('argument', `${owner}: expected an object with options. Received: ${describe(given)}.`);
    }
    this.owner = owner;
    this.values = given as Record<string, unknown>;
    const unknown = Object.keys(given).find((key) => !known.includes(key) && key !== 'type');
    if (unknown !== undefined) {
      const expected = known.length > 0 ? `Expected: ${known.join(', ')}.` : 'It takes none.';
      throw new InklingError('argument', `${owner}: unknown option "${unknown}". ${expected}`);
    }
    if (this.values.type !== undefined && this.values.type !== owner) this.fail('type', `"${owner}"`);
  }

  /** The value as it came, for a check of the caller's own. */
  value(option: string): unknown {
    return this.values[option];
  }

  fail(option: string, expected: string): never {
    const received = describe(this.values[option]);
    throw new InklingError(
      'argument',
      `${this.owner}: ${option} must be ${expected}. Received: ${option}=${received}.`,
    );
  }

  /** A finite number above zero; without a fallback it must be given. */
  positive(option: string, fallback?: number): number {
    const value = this.given(option, fallback);
    if (!isFiniteNumber(value) || !(value > 0)) this.fail(option, 'a number above 0');
    return value;
  }

  optionalPositive(option: string): number | undefined {
    return this.values[option] === undefined ? undefined : this.positive(option);
  }

  /** A finite number of at least zero; without a fallback it must be given. */
  nonNegative(option: string, fallback?: number): number {
    const value = this.given(option, fallback);
    if (!isFiniteNumber(value) || !(value >= 0)) this.fail(option, 'a number of at least 0');
    return value;
  }

  /** A number with 0 <= value < 1; without a fallback it must be given. */
  share(option: string, fallback?: number): number {
    const value = this.given(option, fallback);
    if (!isFiniteNumber(value) || !(value >= 0 && value < 1)) this.fail(option, 'a number of at least 0 and below 1');
    return value;
  }

  optionalShare(option: string): number | undefined {
    return this.values[option] === undefined ? undefined : this.share(option);
  }

  /** An integer of at least `lowest`; without a fallback it must be given. */
  integer(option: string, lowest: number, fallback?: number): number {
    const value = this.given(option, fallback);
    if (!isFiniteNumber(value) || !Number.isSafeInteger(value) || !(value >= lowest)) {
      this.fail(option, `an integer of at least ${lowest}`);
    }
    return value;
  }

  optionalInteger(option: string, lowest: number): number | undefined {
    return this.values[option] === undefined ? undefined : this.integer(option, lowest);
  }

  /** Any finite number. */
  optionalNumber(option: string): number | undefined {
    const value = this.values[option];
    if (value !== undefined && !isFiniteNumber(value)) this.fail(option, 'a finite number');
    return value;
  }

  boolean(option: string, fallback: boolean): boolean {
    const value = this.given(option, fallback);
    if (typeof value !== 'boolean') this.fail(option, 'true or false');
    return value;
  }

  /** A text that is not empty; it must be given. */
  text(option: string): string {
    const value = this.values[option];
    if (typeof value !== 'string' || value === '') this.fail(option, 'a text that is not empty');
    return value;
  }

  choice<Choice extends string>(option: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.given(option, fallback);
    const found = choices.find((choice) => choice === value);
    if (found === undefined) this.fail(option, `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`);
    return found;
  }

  private given(option: string, fallback: unknown): unknown {
    const value = this.values[option];
    return value === undefined ? fallback : value;
  }
}

/** Makes a checked configuration of each type from options as they came. */
type Creators<Config extends { readonly type: string }> = {
  readonly [Type in Config['type']]: (given: unknown) => Extract<Config, { readonly type: Type }>;
};

/**
 * A configuration from data that may be anything, such as a checkpoint's JSON. Nothing is filled in: a value that is missing
 * would make another training of it than the one that was stored.
 * @param what such as `optimizer`, for the message
 * @throws InklingError (argument)
 */
export function configurationFromData<Config extends { readonly type: string }>(
  what: string,
  creators: Creators<Config>,
  data: unknown,
): Config {
  const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
  if (!isKnown(type, creators)) {
    const known = Object.keys(creators).join(', ');
    throw new InklingError('argument', `unknown ${what} type ${describe(type)}. Expected one of: ${known}.`);
  }
  const configuration: Config = creators[type](data);
  const missing = Object.entries(configuration).find(
    ([key, value]) => value !== undefined && !Object.hasOwn(data as object, key),
  );
  if (missing !== undefined) throw new InklingError('argument', `${type}: "${missing[0]}" is missing from the data.`);
  return configuration;
}

function isKnown<Name extends string>(name: unknown, known: Readonly<Record<Name, unknown>>): name is Name {
  return typeof name === 'string' && Object.hasOwn(known, name);
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A value as a message shows it: numbers as they are, since JSON knows no NaN. */
export function describe(value: unknown): string {
  return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value);
}
