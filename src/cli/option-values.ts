/** Strict readers of option values. What they refuse, commander reports together with the option's name. */

import { InvalidArgumentError } from 'commander';

/** Reads a whole number in decimal digits, from `lowest` to `highest`: no sign but a minus, no exponent, no blanks. */
export function wholeNumber(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${lowest} to ${highest}.`);
  };
}

/** Reads `all`, or a whole number from `lowest` to `highest`. */
export function wholeNumberOrAll(lowest: number, highest: number): (text: string) => number | 'all' {
  return (text) => {
    if (text === 'all') return text;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${lowest} to ${highest}, or all.`);
  };
}

/** Reads a finite decimal number above 0, such as 0.001 or 1e-3. */
export function positiveNumber(text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new InvalidArgumentError('Expected a number above 0, such as 0.001.');
}

/** Reads a finite decimal number of at least 0. */
export function numberFromZero(text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new InvalidArgumentError('Expected a number of at least 0, such as 0.004.');
}

/** Reads a decimal number from 0 to below 1, such as 0.1. */
export function fractionBelowOne(text: string): number {
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value < 1) return value;
  throw new InvalidArgumentError('Expected a number of at least 0 and below 1, such as 0.1.');
}

/** Reads a size in pixels: `28`, or height and width as `28x32`. */
export function imageSize(highest: number): (text: string) => [height: number, width: number] {
  return (text) => {
    const [, height, width = height] = /^(\d+)(?:x(\d+))?$/i.exec(text) ?? [];
    const sides: [number, number] = [Number(height), Number(width)];
    if (sides.every((side) => side >= 1 && side <= highest)) return sides;
    throw new InvalidArgumentError(`Expected a size in pixels, 1 to ${highest}, such as 28 or 28x32 (height x width).`);
  };
}

/** Reads a path, or a name, that is not empty. */
export function filledText(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Expected a text that is not empty.');
}

/** One part of several, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads a part of several, such as `2/8`: the second of eight. */
export function shard(text: string): Shard {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  if (Number(index) >= 1 && Number(index) <= Number(count)) return { index: Number(index), count: Number(count) };
  throw new InvalidArgumentError('Expected a part of several, from 1/N to N/N, such as 2/8 for the second of eight.');
}
