import { expect, it } from 'vitest';
import { wilsonInterval } from './accuracy.js';
import { evaluatePredictions } from './evaluate-predictions.js';

const probabilities = {
  shape: [4, 3],
  data: Float32Array.of(0.75, 0.125, 0.125, 0.25, 0.5, 0.25, 0.5, 0.25, 0.25, 0, 0.125, 0.875),
};

it('puts every judgement together', () => {
  const result = evaluatePredictions({ probabilities, labels: Uint8Array.of(0, 1, 1, 0) }, ['a', 'b', 'c'], 0.25);
  expect(result).toMatchObject({
    loss: 0.25,
    accuracy: 0.5,
    accuracyInterval: wilsonInterval(2, 4),
    top2Accuracy: 0.75,
    confusionMatrix: [
      [1, 0, 1],
      [1, 1, 0],
      [0, 0, 0],
    ],
    mistakes: [
      { index: 3, actual: 0, predicted: 2, probability: 0.875 },
      { index: 2, actual: 1, predicted: 0, probability: 0.5 },
    ],
  });
  expect(result.report.classes.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

it('keeps as many mistakes as asked for', () => {
  const result = evaluatePredictions({ probabilities, labels: [0, 1, 1, 0] }, ['a', 'b', 'c'], 0, 1);
  expect(result.mistakes.map(({ index }) => index)).toEqual([3]);
});

it('refuses probabilities whose shape does not fit the names', () => {
  expect(() => evaluatePredictions({ probabilities, labels: [0, 1, 1, 0] }, ['a', 'b'], 0)).toThrow(
    /shape \[N, 2\].*\[4, 3\]/,
  );
  const lying = { shape: [5, 3], data: probabilities.data };
  expect(() => evaluatePredictions({ probabilities: lying, labels: [0] }, ['a', 'b', 'c'], 0)).toThrow(
    /with 12 values/,
  );
});
