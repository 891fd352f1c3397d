/**
 * Where an option's values come from: a range of numbers, or a list. The three kinds and their fields are those of
 * Optuna's distributions, so that its journal can hold them.
 */

import { InklingError } from '../errors.js';
import { describeValue } from '../known-names.js';
import { exp, log } from '../numerics/elementary.js';

/** What an option of a training or of a layer may be. */
export type Value = string | number | boolean;

export type Distribution =
  | {
      readonly type: 'float';
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number | null;
      /** Values that a grid takes of it; else a grid cannot. */
      readonly points?: number;
    }
  | {
      readonly type: 'int';
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number;
      readonly points?: number;
    }
  | { readonly type: 'categorical'; readonly choices: readonly Value[] };

const rangeText = /^(.+?)\.\.([^/:]+)(?:\/([^:]+))?(:log)?(?::(\d+))?$/;
const numberText = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const wholeText = /^-?\d+$/;
const mostPoints = 1000;

/**
 * Reads `LOW..HIGH[/STEP][:log][:POINTS]`, or values between commas. A range between whole numbers, `16..64`, has whole
 * numbers; `0.0..1.0` has all.
 * @param name of the option, for the message
 * @throws InklingError (argument)
 */
export function distributionFromText(name: string, text: string): Distribution {
  if (!text.includes('..')) return categorical(name, text.split(',').map(valueFromText));
  const [, low, high, step, isLog, points] = rangeText.exec(text) ?? [];
  const isRange =
    [low, high].every((end) => numberText.test(end ?? '')) && (step === undefined || numberText.test(step));
  if (!isRange) {
    throw refuse(
      name,
      text,
      'a range such as 1e-4..1e-2, 1e-4..1e-2:log, 16..64/16, or 0.0..0.5:6 (six values of a grid)',
    );
  }
  const isWhole = [low, high, step ?? '1'].every((part) => wholeText.test(part));
  return checkRange(name, text, {
    type: isWhole ? 'int' : 'float',
    low: Number(low),
    high: Number(high),
    log: isLog !== undefined,
    step: step === undefined ? (isWhole ? 1 : null) : Number(step),
    ...(points !== undefined && { points: Number(points) }),
  } as Distribution & { type: 'int' | 'float' });
}

/**
 * A distribution as a file has it: a text as `distributionFromText` reads it, a list, or one value.
 * @throws InklingError (argument)
 */
export function distributionFromData(name: string, data: unknown): Distribution {
  if (typeof data === 'string') return distributionFromText(name, data);
  return categorical(name, Array.isArray(data) ? data : [data]);
}

/** The only value of a list of one; undefined where there is a choice. */
export function onlyValue(distribution: Distribution): Value | undefined {
  if (distribution.type !== 'categorical') return undefined;
  return distribution.choices.length === 1 ? distribution.choices[0] : undefined;
}

/** All values that a grid tries, in order. @throws InklingError (argument) for a range that does not say how many */
export function gridValues(name: string, distribution: Distribution): readonly Value[] {
  if (distribution.type === 'categorical') return distribution.choices;
  const { low, high, step, points } = distribution;
  const count = points ?? (step === null ? undefined : Math.floor((high - low) / step + 1e-9) + 1);
  if (count === undefined || count > mostPoints) {
    throw new InklingError(
      'argument',
      `${name}: a grid cannot try all numbers from ${low} to ${high}. Say how many, such as ${low}..${high}${distribution.log ? ':log' : ''}:5, or ` +
        'take the sampler random.',
    );
  }
  if (points === undefined) return Array.from({ length: count }, (_, index) => stepped(distribution, index));
  if (count === 1) return [low];
  const values = Array.from({ length: count }, (_, index) => atShare(distribution, index / (count - 1)));
  return [...new Set(values)];
}

/** @param share from 0, the lowest, to 1, the highest @returns the value there, on the steps where there are any */
export function atShare(distribution: Distribution, share: number): Value {
  if (distribution.type === 'categorical') {
    const { choices } = distribution;
    return choices[Math.min(Math.floor(share * choices.length), choices.length - 1)];
  }
  const { type, low, high, step } = distribution;
  const between = distribution.log ? exp(log(low) + share * (log(high) - log(low))) : low + share * (high - low);
  const inside = Math.min(Math.max(rounded(between), low), high);
  if (step === null) return inside;
  const last = Math.floor((high - low) / step + 1e-9);
  return type === 'int' && distribution.log
    ? Math.min(Math.max(Math.round(inside), low), high)
    : stepped(distribution, Math.min(Math.max(Math.round((inside - low) / step), 0), last));
}

/** A number of the values there are, where there is such. */
export function countValues(distribution: Distribution): number | undefined {
  if (distribution.type === 'categorical') return distribution.choices.length;
  const { low, high, step } = distribution;
  return step === null ? undefined : Math.floor((high - low) / step + 1e-9) + 1;
}

function stepped({ low, step }: Extract<Distribution, { low: number }>, index: number): number {
  return rounded(low + index * (step ?? 0));
}

/** To 12 digits: 0.01 rather than 0.009999999999999995. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

function valueFromText(text: string): Value {
  const word = text.trim();
  if (numberText.test(word)) return Number(word);
  return word === 'true' ? true : word === 'false' ? false : word;
}

function categorical(name: string, choices: readonly unknown[]): Distribution {
  const isValue = (value: unknown): value is Value =>
    (typeof value === 'string' && value !== '') || typeof value === 'boolean' || Number.isFinite(value);
  const odd = choices.find((choice) => !isValue(choice));
  if (choices.length === 0 || odd !== undefined) {
    throw refuse(name, odd ?? choices, 'texts, numbers, true or false');
  }
  if (new Set(choices).size < choices.length) throw refuse(name, choices, 'values that differ');
  return { type: 'categorical', choices: choices as readonly Value[] };
}

function checkRange(name: string, text: string, range: Extract<Distribution, { low: number }>): Distribution {
  const { low, high, log: isLog, step, points } = range;
  if (!(low < high)) throw refuse(name, text, 'a range from a lower to a higher number');
  if (isLog && !(low > 0)) throw refuse(name, text, 'a logarithmic range above 0');
  if (isLog && step !== null && step !== 1) throw refuse(name, text, 'a logarithmic range without steps');
  if (step !== null && !(step > 0)) throw refuse(name, text, 'steps above 0');
  if (points !== undefined && !(points >= 1 && points <= mostPoints))
    throw refuse(name, text, `1 to ${mostPoints} values of a grid`);
  return range;
}

function refuse(name: string, received: unknown, expected: string): InklingError {
  return new InklingError('argument', `${name}: expected ${expected}. Received: ${describeValue(received)}.`);
}
