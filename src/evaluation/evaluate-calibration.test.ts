import { expect, it } from 'vitest';
import { asRows } from '../../test/as-rows.js';
import { evaluateCalibration } from './evaluate-calibration.js';

// Probabilities of class 0 at temperature 1: 0.98, 0.88, 0.73, 0.5.
const logits = Float32Array.of(4, 0, 2, 0, 1, 0, -9, -9);
const labels = [0, 1, 0, 0];
const calibration = { temperature: 2, confidenceThreshold: 0.7, rejectionThreshold: 0.6, images: 50 };

it('counts which images are not answered surely, which not at all, and which of the rest rightly', () => {
  // At temperature 2: 0.88, 0.73, 0.62, 0.5. The last is too improbable for an answer.
  const result = evaluateCalibration(asRows(logits, 2), labels, calibration);
  expect(result).toMatchObject({ calibration, images: 4, notSure: 2, rejected: 1, sureAccuracy: 0.5 });
  const strict = evaluateCalibration(asRows(logits, 2), labels, { ...calibration, confidenceThreshold: 2 });
  expect(strict).toMatchObject({ notSure: 4, rejected: 1, sureAccuracy: null });
  const refusing = evaluateCalibration(asRows(logits, 2), labels, {
    ...calibration,
    confidenceThreshold: 0,
    rejectionThreshold: 0.7,
  });
  expect(refusing).toMatchObject({ notSure: 2, rejected: 2, sureAccuracy: 0.5 });
  // The threshold itself is an answer's probability, which is not rejected.
  const least = evaluateCalibration(asRows(logits, 2), labels, {
    ...calibration,
    confidenceThreshold: 0,
    rejectionThreshold: 0.5,
  });
  expect(least).toMatchObject({ notSure: 0, rejected: 0, sureAccuracy: 0.75 });
});

it('measures the probabilities before and after', () => {
  const { before, after } = evaluateCalibration(asRows(logits, 2), labels, calibration);
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
  expect(() => evaluateCalibration(asRows(new Float32Array(0), 2), [], calibration)).toThrow(/Pass at least one/);
  expect(() => evaluateCalibration(asRows(logits, 2), labels, { ...calibration, temperature: 0 })).toThrow(
    /temperature must be/,
  );
});
