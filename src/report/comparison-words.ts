/** Numbers of a comparison as text, for the terminal and for the page. */

import type { Spread } from '../evaluation/spread.js';
import { type ComparedPair, isTested } from './comparison.js';
import { integer } from './number-format.js';

/** `0.0312`, and `3.1e-7` where it is smaller. */
export function pValueText(value: number): string {
  return value >= 0.0001 ? value.toFixed(4) : value.toExponential(1);
}

/** `99.12 % ± 0.05 %`, of one run `99.12 %`. */
export function spreadText({ mean, standardDeviation }: Spread, write: (value: number) => string): string {
  return standardDeviation === null ? write(mean) : `${write(mean)} ± ${write(standardDeviation)}`;
}

/** `run 2`, or `runs 1, 3`. */
export function runsText(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? 'run' : 'runs'} ${numbers.join(', ')}`;
}

/** What to know of the tests: where answers came from, and what many tests are worth. A sentence or two each. */
export function pairNote(pairs: readonly ComparedPair[]): string[] {
  const made = pairs.filter(isTested);
  if (made.length === 0) return [];
  const notes = [
    'p: how probable a difference as large is if both are equally good. It is about these networks; what another seed would give, it does not say.',
  ];
  const computed = [...new Set(made.flatMap((pair) => pair.computed))];
  if (computed.length > 0) {
    notes.push(`The answers of ${runsText(computed)} were not stored: they were computed now, from model and data.`);
  }
  if (made.length > 1) {
    notes.push(
      `Of ${integer(made.length)} tests of equally good networks one in 20 has p below 0.05; p below ${pValueText(0.05 / made.length)} holds for all of them together (Bonferroni).`,
    );
  }
  return notes;
}
