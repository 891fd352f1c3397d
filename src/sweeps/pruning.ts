/**
 * When a trial that does badly is stopped: the decisions of Optuna's SuccessiveHalvingPruner (ASHA: Li et al., "A System
 * for Massively Parallel Hyperparameter Tuning", 2020) and MedianPruner, for values of which more is better.
 *
 * A rung is a whole training of so many epochs, with its schedule from beginning to end. To cut a longer training there
 * would say little: in the midst of a one-cycle schedule the learning rate is high and the accuracy low.
 */

import type { JournalTrial } from './journal-trials.js';

export type Pruning =
  | { readonly type: 'none' }
  | {
      readonly type: 'asha';
      /** Epochs of the first rung. */
      readonly minEpochs: number;
      /** Of so many trials one is promoted; each rung is so many times as long as the one before. */
      readonly reductionFactor: number;
    }
  | {
      readonly type: 'median';
      readonly minEpochs: number;
      readonly reductionFactor: number;
      /** Trials that must be complete before any is stopped. */
      readonly startupTrials: number;
    };

/** Epochs of each training of a trial, rising; the last is the whole one. */
export function rungsOf(pruning: Pruning, epochs: number): number[] {
  const rungs: number[] = [];
  if (pruning.type !== 'none') {
    for (let rung = pruning.minEpochs; rung < epochs; rung *= pruning.reductionFactor) rungs.push(rung);
  }
  return [...rungs, epochs];
}

/** Optuna's pruner keeps what a trial reached on a rung in attributes of these names. */
const rungAttribute = (rung: number) => `completed_rung_${rung}`;

/**
 * Whether a trial is stopped after a rung that is not its last.
 * @param trials all there are, whatever their state; the trial itself may be among them
 * @param reached rung from 0, its epochs, and the value after them
 * @returns the decision, and the attributes of Optuna's by which later trials are compared
 */
export function decideStop(
  pruning: Pruning,
  trials: readonly JournalTrial[],
  own: JournalTrial,
  { rung, epochs, value }: { rung: number; epochs: number; value: number },
): { stops: boolean; system: Record<string, unknown> } {
  const others = trials.filter(({ number }) => number !== own.number);
  if (pruning.type === 'asha') {
    const name = rungAttribute(rung);
    const reached = others.flatMap(({ systemAttributes }) => (systemAttributes[name] as number | undefined) ?? []);
    return { stops: !isPromoted(value, reached, pruning.reductionFactor), system: { [name]: value } };
  }
  if (pruning.type === 'none') return { stops: false, system: {} };
  const complete = others.filter(({ state }) => state === 'complete').map(({ values }) => values);
  const values = new Map([...own.values, [epochs, value]]);
  return { stops: isBelowMedian(values, epochs, complete, pruning.startupTrials), system: {} };
}

/**
 * Whether a trial may go on to the next rung. Optuna's rule: it must be among the best 1/factor of those that have
 * come to this rung so far, itself counted; while there are fewer than the factor, it must be the best.
 * @param others what other trials reached on this rung
 */
function isPromoted(value: number, others: readonly number[], reductionFactor: number): boolean {
  if (Number.isNaN(value)) return false;
  const competing = [...others, value].sort((a, b) => b - a);
  const promotable = Math.max(Math.floor(competing.length / reductionFactor), 1);
  return value >= competing[promotable - 1];
}

/** What the median rule knows of a complete trial: its value at each step. */
type StepValues = ReadonlyMap<number, number>;

/**
 * Whether the best value of a trial so far is below the median of what the complete trials had at this step.
 * @param own the trial's values, this step's among them
 */
function isBelowMedian(own: StepValues, step: number, complete: readonly StepValues[], startupTrials: number): boolean {
  if (complete.length === 0 || complete.length < startupTrials) return false;
  const numbers = [...own.values()].filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return true;
  const atStep = complete.flatMap((values) => values.get(step) ?? []).filter((value) => !Number.isNaN(value));
  if (atStep.length === 0) return false;
  return Math.max(...numbers) < median(atStep);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [below, above] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  // As NumPy rounds it, by which Optuna decides.
  return above - (above - below) * 0.5;
}
