import { describe, expect, it } from 'vitest';
import { asRows } from '../../test/as-rows.js';
import { softmax } from './logits.js';
import { logMeanProbabilities } from './mean-probabilities.js';

describe('logMeanProbabilities', () => {
  it('gives logits whose softmax is the mean of the probabilities', () => {
    const first = asRows(Float32Array.of(0, Math.log(3), 5, 5), 2);
    const second = asRows(Float32Array.of(Math.log(3), 0, 0, 40), 2);
    const mean = softmax(logMeanProbabilities([first, second])).data;
    expect([...mean].map((value) => Number(value.toFixed(6)))).toEqual([0.5, 0.5, 0.25, 0.75]);
  });

  it('stays finite where every network is certain, and gives one network’s own probabilities back', () => {
    const certain = asRows(Float32Array.of(500, -500), 2);
    expect([...logMeanProbabilities([certain, certain]).data]).toEqual([0, -1000]);
    expect(softmax(logMeanProbabilities([certain]))).toEqual(softmax(certain));
  });

  it('does not change what it is given', () => {
    const data = Float32Array.of(1, 2);
    logMeanProbabilities([asRows(data, 2), asRows(data, 2)]);
    expect([...data]).toEqual([1, 2]);
  });

  it('refuses none, other shapes and values that are not finite', () => {
    expect(() => logMeanProbabilities([])).toThrow('one network at least');
    const [two, three] = [asRows(new Float32Array(2), 2), asRows(new Float32Array(3), 3)];
    expect(() => logMeanProbabilities([two, three])).toThrow('of one shape. Received: [1, 2] and [1, 3].');
    expect(() => logMeanProbabilities([asRows(Float32Array.of(Number.NaN, 0), 2)])).toThrow('finite');
  });
});
