/**
 * Checks of the options that layers, optimizers, callbacks and the rest are given. Every message names what was built
 * and the option.
 */

import { type ErrorKind, InklingError } from './errors.js';
import { describeValue, hintAtNames, nearestName, readOptions } from './known-names.js';

/** What numbers an option takes. */
export interface NumberRange {
  /** Default 0. */
  readonly least?: number;
  /** Default: any finite number. */
  readonly most?: number;
  /** Instead of `most`: numbers below this one. */
  readonly below?: number;
}

interface OptionsContext {
  /** Of the errors; default `argument`. */
  readonly kind?: ErrorKind;
  /** Where the options are a part of others, what stands before their names: `elastic.`. */
  readonly path?: string;
}

/** The options of one thing as they came, from a TypeScript caller or a JSON file. */
export class Options {
  private readonly owner: string;
  private readonly kind: ErrorKind;
  private readonly path: string;
  private readonly values: Readonly<Record<string, unknown>>;

  /**
   * @param owner what is built, such as `adam`; data may repeat it as `type`
   * @throws InklingError where `given` is not an object or has an option that is not in `known`
   */
  constructor(
    owner: string,
    given: unknown,
    known: readonly string[],
    { kind = 'argument', path = '' }: OptionsContext = {},
  ) {
    this.owner = owner;
    this.kind = kind;
    this.path = path;
    const name = path === '' ? owner : `${owner}: ${path.slice(0, -1)}`;
    this.values = readOptions(kind, name, given, known, ['type']);
    if (this.values.type !== undefined && this.values.type !== owner) this.fail('type', `"${owner}"`);
  }

  /** The options that are an option's value; none where it is left out. */
  nested(option: string, known: readonly string[]): Options {
    return new Options(this.owner, this.given(option, {}), known, { kind: this.kind, path: `${this.path}${option}.` });
  }

  /** The value as it came, for a check of the caller's own. */
  value(option: string): unknown {
    return this.values[option];
  }

  fail(option: string, expected: string, hint = ''): never {
    const received = describeValue(this.values[option]);
    const name = `${this.path}${option}`;
    throw new InklingError(
      this.kind,
      `${this.owner}: ${name} must be ${expected}. Received: ${name}=${received}.${hint}`,
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

  /** A finite number in the range; without a fallback it must be given. */
  number(option: string, range: NumberRange = {}, fallback?: number): number {
    const { least = 0, most = Number.POSITIVE_INFINITY, below = Number.POSITIVE_INFINITY } = range;
    const value = this.given(option, fallback);
    if (isFiniteNumber(value) && value >= least && value <= most && value < below) return value;
    if (range.most !== undefined) this.fail(option, `a number from ${least} to ${most}`);
    this.fail(option, `a number of at least ${least}${range.below === undefined ? '' : ` and below ${below}`}`);
  }

  optionalNumber(option: string, range?: NumberRange): number | undefined {
    return this.values[option] === undefined ? undefined : this.number(option, range);
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
  optionalFinite(option: string): number | undefined {
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

  /** A list; where it is left out, an empty one. */
  list(option: string): readonly unknown[] {
    const value = this.given(option, []);
    if (!Array.isArray(value)) this.fail(option, 'a list');
    return value;
  }

  /** Only what is left out gets its default: a null from a file is an error. */
  protected given(option: string, fallback: unknown): unknown {
    const value = this.values[option];
    return value === undefined ? fallback : value;
  }
}

/** Makes a checked configuration of each type from options as they came. */
type Creators<Config extends { readonly type: string }> = {
  readonly [Type in Config['type']]: (given: unknown) => Extract<Config, { readonly type: Type }>;
};

/**
 * A configuration from data that may be anything, such as a checkpoint's JSON. Nothing is filled in: a value that is
 * missing would make another training of it than the one that was stored.
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
    if (typeof data === 'function') {
      throw new InklingError('argument', `${what}: ${describeValue(data)} is not one. Call it: ${data.name}().`);
    }
    const hint = hintAtNames(type, Object.keys(creators));
    throw new InklingError('argument', `Unknown ${what} type ${describeValue(type)}. ${hint}`);
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
