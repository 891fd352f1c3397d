/** The decisions of the pruning rules are Optuna's: test/goldens/make-pruning.py. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { JournalTrial } from './journal-trials.js';
import { decideStop, type Pruning, rungsOf } from './pruning.js';
import { spearman, studentT } from './results.js';

type Decision = 'stop' | 'go on' | 'complete';

interface Goldens {
  readonly cases: readonly {
    readonly pruning: Pruning;
    readonly epochs: number;
    readonly rungs: readonly number[];
    readonly events: readonly (readonly [trial: number, rung: number, value: number, decision: Decision])[];
  }[];
  readonly correlations: readonly { readonly a: number[]; readonly b: number[]; readonly spearman: number }[];
  readonly studentT: readonly (readonly [freedom: number, quantile: number])[];
}

const goldens: Goldens = JSON.parse(readFileSync(new URL('../../test/goldens/pruning.json', import.meta.url), 'utf8'));

function newTrial(number: number): JournalTrial {
  return {
    number,
    state: 'running',
    parameters: {},
    value: undefined,
    values: new Map(),
    attributes: {},
    systemAttributes: {},
  };
}

/** What the trials of a golden case are told, one after the other. */
function replay({ pruning, rungs, events }: Goldens['cases'][number]): Decision[] {
  const trials: JournalTrial[] = [];
  return events.map(([number, rung, value]) => {
    const own = trials[number] ?? newTrial(number);
    const epochs = rungs[rung];
    const after = { ...own, values: new Map([...own.values, [epochs, value]]) };
    if (rung === rungs.length - 1) {
      trials[number] = { ...after, state: 'complete', value };
      return 'complete';
    }
    const { stops, system } = decideStop(pruning, trials, own, { rung, epochs, value });
    trials[number] = {
      ...after,
      state: stops ? 'pruned' : 'running',
      systemAttributes: { ...own.systemAttributes, ...system },
    };
    return stops ? 'stop' : 'go on';
  });
}

describe.each(goldens.cases.map((golden, index) => [`${index}: ${JSON.stringify(golden.pruning)}`, golden] as const))(
  'case %s',
  (_, golden) => {
    test('has the rungs', () => {
      expect(rungsOf(golden.pruning, golden.epochs)).toEqual(golden.rungs);
    });

    test("decides as Optuna's pruner", () => {
      expect(golden.events.length).toBeGreaterThan(40);
      expect(replay(golden)).toEqual(golden.events.map(([, , , decision]) => decision));
    });
  },
);

test('without pruning there is one training, of all epochs', () => {
  expect(rungsOf({ type: 'none' }, 7)).toEqual([7]);
});

test('rungs that are no shorter than the training are left out', () => {
  expect(rungsOf({ type: 'asha', minEpochs: 4, reductionFactor: 2 }, 4)).toEqual([4]);
});

test("Spearman's correlation is SciPy's", () => {
  for (const { a, b, spearman: expected } of goldens.correlations) expect(spearman(a, b)).toBeCloseTo(expected, 12);
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeUndefined();
  expect(spearman([], [])).toBeUndefined();
});

test("Student's quantiles are SciPy's, to four digits", () => {
  for (const [freedom, expected] of goldens.studentT) expect(studentT(freedom)).toBeCloseTo(expected, 3);
});
