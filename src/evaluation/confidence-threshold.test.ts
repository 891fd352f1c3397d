import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asRows } from '../../test/as-rows.js';
import { RandomStream } from '../numerics/random.js';
import { calibrate } from './calibration.js';
import { confidenceThreshold } from './confidence-threshold.js';
import { evaluateCalibration } from './evaluate-calibration.js';
import { softmax } from './logits.js';

const rows = (...values: number[]) => Float32Array.from(values.flatMap((value) => [value, 1 - value]));

describe('confidenceThreshold', () => {
  it('takes the lowest probability from which on the mean is enough', () => {
    const probabilities = rows(0.75, 0.875, 1, 0.625);
    expect(confidenceThreshold(asRows(probabilities, 2))).toBe(1);
    expect(confidenceThreshold(asRows(probabilities, 2), 0.9375)).toBe(0.875);
    expect(confidenceThreshold(asRows(probabilities, 2), 0.875)).toBe(0.75);
    expect(confidenceThreshold(asRows(probabilities, 2), 0.8125)).toBe(0.625);
    expect(confidenceThreshold(asRows(probabilities, 2), 0.81251)).toBe(0.75);
  });

  it('takes the probability of the answer, whichever class it is', () => {
    expect(confidenceThreshold(asRows(rows(0.125, 1, 0.25), 2), 0.875)).toBe(0.75);
    expect(confidenceThreshold(asRows(rows(0.125, 1, 0.25), 2), 0.9)).toBe(0.875);
  });

  it('is the lowest of the answers that keeps the mean, as its definition says', () => {
    const sixteenths = fc.array(fc.integer({ min: 8, max: 16 }), { maxLength: 40 });
    fc.assert(
      fc.property(sixteenths, fc.integer({ min: 33, max: 64 }), (drawn, of64) => {
        const answers = drawn.map((value) => value / 16);
        const keeps = answers.filter((lowest) => {
          const sure = answers.filter((value) => value >= lowest);
          return sure.reduce((sum, value) => sum + value, 0) >= (of64 / 64) * sure.length;
        });
        expect(confidenceThreshold(asRows(rows(...answers), 2), of64 / 64)).toBe(
          keeps.length > 0 ? Math.min(...keeps) : null,
        );
      }),
    );
  });

  it('takes equally probable answers together', () => {
    expect(confidenceThreshold(asRows(rows(0.75, 1, 0.75), 2), 0.85)).toBe(1);
    expect(confidenceThreshold(asRows(rows(0.75, 1, 0.75), 2), 0.83)).toBe(0.75);
  });

  it('gives the same whatever the order of the images', () => {
    const stream = new RandomStream(1, 'shuffle');
    const answers = Array.from({ length: 2000 }, (_, index) => 1 - stream.uniform(index) / 100);
    const threshold = confidenceThreshold(asRows(rows(...answers), 2));
    expect(threshold).toBeLessThan(0.999);
    for (let step = 0; step < 5; step++) {
      new RandomStream(2, 'shuffle', step).shuffle(answers);
      expect(confidenceThreshold(asRows(rows(...answers), 2))).toBe(threshold);
    }
  });

  it('is null where no answer is probable enough, and without any', () => {
    expect(confidenceThreshold(asRows(rows(0.9985, 0.75), 2))).toBe(null);
    expect(confidenceThreshold(asRows(new Float32Array(0), 2))).toBe(null);
  });

  it.each([0, 1.1, Number.NaN])('refuses a precision of %d', (precision) => {
    expect(() => confidenceThreshold(asRows(rows(1), 2), precision)).toThrow(/precision must be/);
  });

  it('refuses broken rows and what is no probability', () => {
    expect(() => confidenceThreshold(asRows(Float32Array.of(1, 0, 1), 2))).toThrow(/of shape \[N, classes\]/);
    expect(() => confidenceThreshold(asRows(Float32Array.of(1, Number.NaN), 2))).toThrow(/from 0 to 1. Received: NaN/);
  });
});

describe.each([1, 2, 3])('calibrated images whose labels are drawn from their probabilities, seed %d', (seed) => {
  const [count, classes, sharpness] = [60_000, 3, 2];
  const stream = new RandomStream(seed, 'shuffle');
  const calibrated = Float32Array.from({ length: count * classes }, (_, index) => {
    const isLeader = stream.below(classes, 2 * count * classes + Math.floor(index / classes)) === index % classes;
    return 2 * stream.uniform(index) + (isLeader ? 14 * stream.uniform(count * classes + index) : 0);
  });
  const drawnFrom = softmax(asRows(calibrated, classes), { temperature: 1 }).data;
  const labels = Array.from({ length: count }, (_, image) => {
    const drawn = stream.uniform(3 * count * classes + image);
    const [first, second] = drawnFrom.subarray(image * classes);
    return Number(drawn >= first) + Number(drawn >= first + second);
  });
  const logits = calibrated.map((value) => value * sharpness);
  const fitted = calibrate(asRows(logits, classes), labels);

  it('answers surely what is right to about 99.9 %, by count', () => {
    expect(fitted.temperature / sharpness).toBeCloseTo(1, 1);
    const { notSure, sureAccuracy } = evaluateCalibration(asRows(logits, classes), labels, fitted);
    expect(notSure / count).toBeGreaterThan(0.1);
    expect(notSure / count).toBeLessThan(0.6);
    // Some 35,000 answers with 35 wrong ones, give or take 6.
    expect(Math.abs(sureAccuracy! - 0.999)).toBeLessThan(0.0004);
  });

  it('changes little where 0.1 % of the labels are wrong, and by the temperature alone', () => {
    const spoilt = labels.map((label, image) => (image % 1000 === 7 ? (label + 1) % classes : label));
    const after = calibrate(asRows(logits, classes), spoilt);
    expect(after.temperature / fitted.temperature).toBeGreaterThan(1);
    expect(after.temperature / fitted.temperature).toBeLessThan(1.05);
    expect(confidenceThreshold(softmax(asRows(logits, classes), { temperature: fitted.temperature }))).toBe(
      fitted.confidenceThreshold,
    );
    expect(Math.abs(after.confidenceThreshold! - fitted.confidenceThreshold!)).toBeLessThan(0.0007);
    const before = evaluateCalibration(asRows(logits, classes), labels, fitted);
    const truly = evaluateCalibration(asRows(logits, classes), labels, after);
    expect((truly.notSure - before.notSure) / count).toBeLessThan(0.02);
    expect(Math.abs(truly.sureAccuracy! - 0.999)).toBeLessThan(0.0004);
    // To whom counts by these labels, twice as many answers are wrong.
    const counted = evaluateCalibration(asRows(logits, classes), spoilt, after);
    expect(counted.sureAccuracy).toBeLessThan(0.9985);
  });
});
