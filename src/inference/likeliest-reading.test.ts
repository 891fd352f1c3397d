/** Which of several readings of one picture counts, and when another one than the first is sure. */

import { describe, expect, it } from 'vitest';
import { likeliestReading, withDoubt } from './likeliest-reading.js';
import { blank, type Recognition, type RecognitionState } from './recognition.js';

function reading(state: RecognitionState, answer: string | null, probability: number): Recognition {
  const probabilities = answer === '1' ? [1 - probability, probability] : [probability, 1 - probability];
  return { ...blank, state, answer, probability: answer === null ? null : probability, probabilities };
}

describe('likeliestReading', () => {
  it('is the most probable one, the first of equals', () => {
    const first = reading('not sure', '0', 0.7);
    const other = reading('digit', '1', 0.98);
    expect(likeliestReading(first, [reading('not sure', '0', 0.6), other], 'digit')).toBe(other);
    expect(likeliestReading(first, [reading('not sure', '1', 0.7)], 'digit')).toBe(first);
    expect(likeliestReading(blank, [other], 'digit')).toBe(other);
    expect(likeliestReading(blank, [], 'digit')).toBe(blank);
  });

  it('is the first one where none has an answer', () => {
    expect(likeliestReading(blank, [reading('not a digit', null, 0.6)], 'digit')).toBe(blank);
  });

  it('is the first one where it is sure of the same answer, not where it is of another', () => {
    const first = reading('digit', '0', 0.97);
    expect(likeliestReading(first, [reading('not sure', '0', 0.99)], 'digit')).toBe(first);
    const other = reading('not sure', '1', 0.99);
    expect(likeliestReading(first, [other], 'digit')).toBe(other);
  });
});

describe('withDoubt', () => {
  it('leaves what is certain and probable, and what is not sure anyway', () => {
    for (const one of [reading('digit', '0', 0.97), reading('not sure', '0', 0.8), reading('not a digit', null, 0.5)])
      expect(withDoubt(one, true, 'digit')).toBe(one);
    const notSure = reading('not sure', '0', 0.8);
    expect(withDoubt(notSure, false, 'digit')).toBe(notSure);
  });

  it('makes not sure what was found in a way that is in doubt, or is less probable than 0.96', () => {
    const sure = reading('digit', '0', 0.999);
    expect(withDoubt(sure, false, 'digit')).toEqual({ ...sure, state: 'not sure' });
    const less = reading('digit', '0', 0.95);
    expect(withDoubt(less, true, 'digit')).toEqual({ ...less, state: 'not sure' });
    const kept = reading('sure', '0', 0.95);
    expect(withDoubt(kept, true, 'sure').state).toBe('not sure');
  });
});
