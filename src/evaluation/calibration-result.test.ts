import { expect, it } from 'vitest';
import { calibrationResult } from './calibration-result.js';

// Probabilities of class 0 at temperature 1: 0.98, 0.88, 0.73, 0.5.
const logits = Float32Array.of(4, 0, 2, 0, 1, 0, -9, -9);
const labels = [0, 1, 0, 0];
const calibration = { temperature: 2, sureProbability: 0.7, lowestFamiliarity: 1, images: 50 };

it('counts who is not sure, and who of the rest is right', () => {
  // At temperature 2: 0.88, 0.73, 0.62, 0.5. The last is also unlike the others.
  const result = calibrationResult(logits, labels, 2, calibration);
  expect(result).toMatchObject({ calibration, images: 4, improbable: 2, unfamiliar: 1, notSure: 2, sureAccuracy: 0.5 });
  const strict = calibrationResult(logits, labels, 2, { ...calibration, sureProbability: 2 });
  expect(strict).toMatchObject({ improbable: 4, notSure: 4, sureAccuracy: null });
  const familiar = calibrationResult(logits, labels, 2, { ...calibration, sureProbability: 0, lowestFamiliarity: 2 });
  expect(familiar).toMatchObject({ improbable: 0, unfamiliar: 2, notSure: 2, sureAccuracy: 0.5 });
});

it('measures the probabilities before and after', () => {
  const { before, after } = calibrationResult(logits, labels, 2, calibration);
  const loss = (distances: number[]) => distances.reduce((sum, d) => sum + Math.log(1 + Math.exp(-d)), 0) / 4;
  expect(before.negativeLogLikelihood).toBeCloseTo(loss([4, -2, 1, 0]), 12);
  expect(after.negativeLogLikelihood).toBeCloseTo(loss([2, -1, 0.5, 0]), 12);
  expect(before.bins).toHaveLength(15);
  const distance = (d: number, right: number) => Math.abs(right - 1 / (1 + Math.exp(-d)));
  const error = (distances: number[]) => distances.reduce((sum, one) => sum + one, 0) / 4;
  expect(before.expectedCalibrationError).toBeCloseTo(
    error([distance(4, 1), distance(2, 0), distance(1, 1), distance(0, 1)]),
    7,
  );
  expect(after.expectedCalibrationError).toBeCloseTo(
    error([distance(2, 1), distance(1, 0), distance(0.5, 1), distance(0, 1)]),
    7,
  );
});

it('refuses no examples, and a temperature that is none', () => {
  expect(() => calibrationResult(new Float32Array(0), [], 2, calibration)).toThrow(/Pass at least one/);
  expect(() => calibrationResult(logits, labels, 2, { ...calibration, temperature: 0 })).toThrow(/temperature must be/);
});
