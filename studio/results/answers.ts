/** What can be asked of a network's answers: how sure each is, which ones are of a kind, how many of each state. */

import type { Calibration } from 'inkling';
import type { Answers } from '../conductor/topics/results.js';

export type AnswerState = 'digit' | 'not sure' | 'not a digit';

export interface StateCount {
  readonly state: AnswerState;
  readonly right: number;
  readonly wrong: number;
}

/** The probability of the answer. */
export function probabilityAt({ probabilities, labels, answers }: Answers, position: number): number {
  return probabilities[(position * probabilities.length) / labels.length + answers[position]];
}

/** All classes' probabilities. */
export function probabilitiesAt({ probabilities, labels }: Answers, position: number): Float32Array {
  const classes = probabilities.length / labels.length;
  return probabilities.subarray(position * classes, (position + 1) * classes);
}

/** How surprising the label is to the network, in nats. */
export function lossAt(all: Answers, position: number): number {
  // The smallest number above 0 that a float32 holds, where the probability was rounded to 0.
  return -Math.log(Math.max(probabilitiesAt(all, position)[all.labels[position]], 1.4e-45));
}

export function isRight({ labels, answers }: Answers, position: number): boolean {
  return labels[position] === answers[position];
}

/** As the pad says it of a drawing. */
export function stateOf(
  probability: number,
  { confidenceThreshold, rejectionThreshold }: Pick<Calibration, 'confidenceThreshold' | 'rejectionThreshold'>,
): AnswerState {
  if (probability < rejectionThreshold) return 'not a digit';
  return confidenceThreshold !== null && probability >= confidenceThreshold ? 'digit' : 'not sure';
}

export function countStates(all: Answers, calibration: Calibration): StateCount[] {
  const counts = new Map<AnswerState, { right: number; wrong: number }>(
    (['digit', 'not sure', 'not a digit'] as const).map((state) => [state, { right: 0, wrong: 0 }]),
  );
  for (const position of all.labels.keys()) {
    const count = counts.get(stateOf(probabilityAt(all, position), calibration))!;
    if (isRight(all, position)) count.right++;
    else count.wrong++;
  }
  return [...counts].map(([state, count]) => ({ state, ...count }));
}

export interface Filter {
  readonly label?: number | undefined;
  readonly answer?: number | undefined;
  readonly isRight?: boolean | undefined;
}

/** Positions of the images that are of this kind, in the order of the file. */
export function positionsOf(all: Answers, { label, answer, isRight: right }: Filter): number[] {
  return Array.from(all.labels.keys()).filter(
    (position) =>
      (label === undefined || all.labels[position] === label) &&
      (answer === undefined || all.answers[position] === answer) &&
      (right === undefined || isRight(all, position) === right),
  );
}

/** The wrong answers, the worst first. */
export function mistakesOf(all: Answers, by: 'probability' | 'loss'): number[] {
  const worth = by === 'loss' ? lossAt : probabilityAt;
  return positionsOf(all, { isRight: false }).sort((a, b) => worth(all, b) - worth(all, a) || a - b);
}
