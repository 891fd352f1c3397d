import { expect, test } from 'vitest';
import type { Answers } from '../conductor/topics/results.js';
import { countStates, lossAt, mistakesOf, positionsOf, probabilityAt, stateOf } from './answers.js';

/** Of three classes: the probability of the answer is 0.9, 0.8, 0.6, 0.4. */
const answers: Answers = {
  part: 'test',
  indices: Uint32Array.of(0, 1, 2, 3),
  labels: Uint8Array.of(0, 2, 2, 1),
  answers: Uint8Array.of(0, 1, 2, 0),
  probabilities: Float32Array.of(0.9, 0.1, 0, 0, 0.8, 0.2, 0.2, 0.2, 0.6, 0.4, 0.25, 0.35),
};
const calibration = { temperature: 1, confidenceThreshold: 0.8, rejectionThreshold: 0.5, images: 100 };

test('a state is said from its threshold on', () => {
  expect(stateOf(0.8, calibration)).toBe('digit');
  expect(stateOf(0.79, calibration)).toBe('not sure');
  expect(stateOf(0.5, calibration)).toBe('not sure');
  expect(stateOf(0.49, calibration)).toBe('not a digit');
  expect(stateOf(1, { ...calibration, confidenceThreshold: null })).toBe('not sure');
});

test('states are counted, right and wrong', () => {
  // 0.8 in float32 is above 0.8.
  expect(countStates(answers, calibration)).toEqual([
    { state: 'digit', right: 1, wrong: 1 },
    { state: 'not sure', right: 1, wrong: 0 },
    { state: 'not a digit', right: 0, wrong: 1 },
  ]);
});

test('mistakes come by the probability of the answer, or by the loss of the label', () => {
  expect(mistakesOf(answers, 'probability')).toEqual([1, 3]);
  expect(probabilityAt(answers, 1)).toBeCloseTo(0.8);
  expect(mistakesOf(answers, 'loss')).toEqual([1, 3]);
  expect(lossAt(answers, 3)).toBeCloseTo(-Math.log(0.25));
});

test('an answer that was ruled out has a finite loss', () => {
  const sure = { ...answers, probabilities: Float32Array.of(0, 1, 0, 0, 0.8, 0.2, 0.2, 0.2, 0.6, 0.4, 0.25, 0.35) };
  expect(lossAt(sure, 0)).toBeCloseTo(103.28, 2);
});

test('images are found by label, answer, and whether it is right', () => {
  expect(positionsOf(answers, {})).toEqual([0, 1, 2, 3]);
  expect(positionsOf(answers, { label: 2 })).toEqual([1, 2]);
  expect(positionsOf(answers, { label: 2, isRight: false })).toEqual([1]);
  expect(positionsOf(answers, { answer: 0, isRight: true })).toEqual([0]);
});
