/** What is said of a picture follows from its logits and the model's calibration. */

import { describe, expect, it } from 'vitest';
import type { DroppedMark } from '../preprocessing/dropped-marks.js';
import type { PreparedDigit } from '../preprocessing/preprocess.js';
import { recognitionOf, stateWordsFor, uncalibrated } from './recognition.js';

const prepared: PreparedDigit = {
  image: Uint8Array.of(0, 255),
  box: { left: 10, top: 20, right: 30, bottom: 60 },
  sideBySide: 2,
  isCertain: true,
  dropped: [],
};
const calibration = { temperature: 2, confidenceThreshold: 0.9, rejectionThreshold: 0.6 };
const words = stateWordsFor('digits', ['0', '1']);
const names = ['zero', 'one', 'two'];
/** Of class "one", at temperature 2; the other two share the rest as 3 to 1. */
const logitsFor = (probability: number) =>
  Float32Array.of((1 - probability) * 0.75, probability, (1 - probability) * 0.25).map((value) => 2 * Math.log(value));
const recognized = (probability: number, change = {}) =>
  recognitionOf(prepared, logitsFor(probability), names, { ...calibration, ...change }, [1, 2, 1], words);

describe('recognitionOf', () => {
  it.each([
    [0.95, 'digit'],
    [0.8, 'not sure'],
    [0.65, 'not sure'],
  ])('answers with a probability of %d: %s', (probability, state) => {
    const recognition = recognized(probability);
    expect(recognition).toMatchObject({ state, answer: 'one', runnerUp: 'zero', box: prepared.box, sideBySide: 2 });
    expect(recognition.probability).toBeCloseTo(probability, 6);
    expect(recognition.image).toEqual({ data: prepared.image, shape: [1, 2, 1] });
  });

  it.each<[DroppedMark['reason'], number, string]>([
    ['edge', 20, 'not sure'],
    ['edge', 19, 'digit'],
    ['other', 20, 'not sure'],
    ['rule', 90, 'digit'],
    ['surroundings', 90, 'digit'],
  ])('is not sure beside a mark at least half as high that was left out: %s, %d high', (reason, height, state) => {
    const dropped = [{ reason, box: { left: 50, top: 0, right: 55, bottom: height } }];
    const said = recognitionOf({ ...prepared, dropped }, logitsFor(0.95), names, calibration, [1, 2, 1], words);
    expect(said).toMatchObject({ state, answer: 'one', dropped });
  });

  it('gives no answer below the lowest probability, but what it saw', () => {
    const recognition = recognized(0.55);
    expect(recognition).toMatchObject({ state: 'not a digit', answer: null, probability: null, runnerUp: null });
    expect(recognition.probabilities![1]).toBeCloseTo(0.55, 6);
    expect(recognition.image).not.toBeNull();
  });

  it('takes the probabilities at the temperature', () => {
    // 0.55 at temperature 2 is 0.76 at 1.
    expect(recognized(0.55, { temperature: 1 })).toMatchObject({ state: 'not sure', answer: 'one' });
    expect(recognized(0.65, { temperature: 8 })).toMatchObject({ state: 'not a digit' });
  });

  it('takes both thresholds themselves as reached', () => {
    const probability = recognized(0.7).probability!;
    expect(recognized(0.7, { rejectionThreshold: probability }).state).toBe('not sure');
    expect(recognized(0.7, { rejectionThreshold: probability + 1e-7 }).state).toBe('not a digit');
    expect(recognized(0.7, { confidenceThreshold: probability }).state).toBe('digit');
  });

  it('has no answer below the lowest probability even where it would be sure', () => {
    expect(recognized(0.55, { confidenceThreshold: 0.5 }).state).toBe('not a digit');
    expect(recognized(0.65, { confidenceThreshold: 0.5 }).state).toBe('digit');
  });

  it('takes everything for a digit without a calibration', () => {
    const alike = recognitionOf(prepared, new Float32Array(3), names, uncalibrated, [1, 2, 1], words);
    expect(alike).toMatchObject({ state: 'not sure', answer: 'zero', probability: expect.closeTo(1 / 3, 6) });
  });

  it('speaks of digits where the classes are digits and are looked for', () => {
    const digits = { sure: 'digit', none: 'not a digit' };
    const classes = { sure: 'sure', none: 'no answer' };
    expect(stateWordsFor('digits', ['0', '7'])).toEqual(digits);
    expect(stateWordsFor('digits', ['0', '10'])).toEqual(classes);
    expect(stateWordsFor('digits', ['a', 'b'])).toEqual(classes);
    expect(stateWordsFor('images', ['0', '7'])).toEqual(classes);
    const said = (probability: number) =>
      recognitionOf(prepared, logitsFor(probability), names, calibration, [1, 2, 1], stateWordsFor('images', names));
    expect([0.95, 0.7, 0.5].map((probability) => said(probability).state)).toEqual(['sure', 'not sure', 'no answer']);
  });
});
