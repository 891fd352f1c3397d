import { describe, expect, it } from 'vitest';
import { asRows } from '../../test/as-rows.js';
import { predictedClasses } from './predictions.js';

describe('predictedClasses', () => {
  it('takes the most probable class, the first of equals', () => {
    const probabilities = Float32Array.of(0.1, 0.7, 0.2, 0.4, 0.2, 0.4, 0, 0, 1);
    expect([...predictedClasses(asRows(probabilities, 3))]).toEqual([1, 0, 2]);
  });

  it('knows no examples', () => expect(predictedClasses(asRows(new Float32Array(0), 3)).length).toBe(0));

  it.each([
    [[0.5, Number.NaN, 0.5, 0.5], 2, /Received: NaN for class 1 of example 0/],
    [[0.5, 0.5, 2.5, -1.5], 2, /Received: 2.5 for class 0 of example 1. Apply softmax/],
    [[0.5, 0.5, -0.5, 1.5], 2, /Received: -0.5/],
    [[0.5, 0.5, 1], 2, /of shape \[N, classes\].* with 3 values/],
    [[1], 0, /of shape \[N, classes\]/],
    [[1], 1.5, /of shape \[N, classes\]/],
  ])('refuses %j with %d classes', (values, classes, message) => {
    expect(() => predictedClasses(asRows(Float32Array.from(values), classes))).toThrow(message);
  });
});
