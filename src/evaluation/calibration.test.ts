import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asRows } from '../../test/as-rows.js';
import { RandomStream } from '../numerics/random.js';
import { calibrate } from './calibration.js';
import { confidenceThreshold } from './confidence-threshold.js';
import { softmax } from './logits.js';
import { negativeLogLikelihood } from './negative-log-likelihood.js';
import { predictedClasses } from './predictions.js';
import { rejectionThreshold } from './rejection-threshold.js';
import { expectedCalibrationError, reliabilityBins } from './reliability.js';
import { fitTemperature } from './temperature.js';

const examples = fc.array(
  fc.tuple(fc.array(fc.integer({ min: -400, max: 400 }), { minLength: 3, maxLength: 3 }), fc.nat({ max: 2 })),
  { minLength: 1, maxLength: 40 },
);
const flat = (rows: [number[], number][]) => ({
  logits: Float32Array.from(rows.flatMap(([values]) => values.map((value) => value / 32))),
  labels: rows.map(([, label]) => label),
});

describe('fitTemperature', () => {
  it('is as likely as any other temperature from 0.01 to 100, unless every label leads', () => {
    fc.assert(
      fc.property(examples, (rows) => {
        const { logits, labels } = flat(rows);
        const temperature = fitTemperature(asRows(logits, 3), labels, 0);
        expect(temperature).toBeGreaterThanOrEqual(0.01);
        expect(temperature).toBeLessThanOrEqual(100);
        const leads = (row: number) =>
          Math.max(...logits.subarray(row * 3, row * 3 + 3)) === logits[row * 3 + labels[row]];
        if (labels.every((_, row) => leads(row))) {
          expect(temperature).toBe(1);
          return;
        }
        const best = negativeLogLikelihood(asRows(logits, 3), labels, temperature);
        for (const other of [0.01, 0.1, 0.5, temperature * 0.99, 1, temperature * 1.01, 2, 10, 100]) {
          if (other < 0.01 || other > 100) continue;
          expect(best).toBeLessThanOrEqual(negativeLogLikelihood(asRows(logits, 3), labels, other) * (1 + 1e-12));
        }
      }),
    );
  });

  it('grows with the logits, in proportion', () => {
    const labels = [0, 1, 2, 0, 1];
    const logits = Float32Array.of(2, 1, 0, 0, 3, 1, 1, 0, 1.5, 0, 1, 0, 2, 3, 1);
    const once = fitTemperature(asRows(logits, 3), labels);
    const larger = logits.map((value) => value * 8);
    expect(fitTemperature(asRows(larger, 3), labels) / once).toBeCloseTo(8, 9);
  });

  /** The loss in plain words: the label is right and as probable as that, or wrong and then any. */
  const lossAt = (logits: Float32Array, labels: readonly number[], temperature: number, wrong: number) => {
    const probabilities = softmax(asRows(logits, 3), { temperature }).data;
    const losses = labels.map((label, row) => -Math.log((1 - wrong) * probabilities[row * 3 + label] + wrong / 3));
    return losses.reduce((sum, loss) => sum + loss, 0) / labels.length;
  };
  /** Rows whose label is drawn from their own probabilities, so that the true temperature is 1. */
  const drawn = (rows: number) => {
    const random = new RandomStream(7, 'split');
    const logits = Float32Array.from({ length: rows * 3 }, (_, index) => 8 * random.uniform(index));
    const probabilities = softmax(asRows(logits, 3), { temperature: 1 }).data;
    const labels = Array.from({ length: rows }, (_, row) => {
      const at = random.uniform(3 * rows + row);
      return at < probabilities[row * 3] ? 0 : at < probabilities[row * 3] + probabilities[row * 3 + 1] ? 1 : 2;
    });
    return { logits, labels };
  };

  it('is where the loss that allows for wrong labels is least', () => {
    const { logits, labels } = drawn(400);
    for (const wrong of [0.001, 0.01, 0.1]) {
      const temperature = fitTemperature(asRows(logits, 3), labels, wrong);
      const least = lossAt(logits, labels, temperature, wrong);
      for (const factor of [0.9, 0.98, 1.02, 1.1]) {
        expect(least).toBeLessThan(lossAt(logits, labels, temperature * factor, wrong));
      }
    }
  });

  it('is hardly moved by a few wrong labels of sure answers, which else decide alone', () => {
    const { logits, labels } = drawn(4000);
    const sharp = logits.map((value, index) => (index < 300 ? 12 * Number(index % 3 === 0) : value));
    const right = labels.map((label, row) => (row < 100 ? 0 : label));
    const spoilt = right.map((label, row) => (row < 8 ? 1 : label));
    const change = (wrong: number) =>
      fitTemperature(asRows(sharp, 3), spoilt, wrong) / fitTemperature(asRows(sharp, 3), right, wrong) - 1;
    expect(change(0.002)).toBeLessThan(0.02);
    expect(change(0)).toBeGreaterThan(0.05);
  });

  it('refuses a share of wrong labels that is none', () => {
    for (const fraction of [-0.1, 1, Number.NaN]) {
      expect(() => fitTemperature(asRows(Float32Array.of(1, 2), 2), [0], fraction)).toThrow(/fraction of wrong labels/);
    }
  });

  it('leaves probabilities alone where nothing is wrong, and stops at 100 where all is', () => {
    expect(fitTemperature(asRows(Float32Array.of(3, 1, 0, 2), 2), [0, 1])).toBe(1);
    expect(fitTemperature(asRows(Float32Array.of(3, 1, 0, 2), 2), [1, 0])).toBe(100);
    expect(fitTemperature(asRows(Float32Array.of(1e-6, 0, 1e-6, 0, 1e-6, 0), 2), [0, 0, 1])).toBe(0.01);
    expect(fitTemperature(asRows(Float32Array.of(2, 2), 2), [1])).toBe(1);
  });

  it.each([
    [[1, 2, 3], [0], 2, /of shape \[N, classes\]/],
    [[1, Number.NaN], [0], 2, /Received: NaN for class 1 of example 0/],
    [[1, Number.POSITIVE_INFINITY], [0], 2, /finite/],
    [[1, 2], [2], 2, /Received: 2 for example 0/],
    [[1, 2], [0, 1], 2, /Expected 1 labels/],
    [[], [], 2, /Pass at least one/],
    [[1], [0], 0, /of shape \[N, classes\]/],
  ])('refuses %j with labels %j of %d classes', (logits, labels, classes, message) => {
    expect(() => fitTemperature(asRows(Float32Array.from(logits), classes), labels)).toThrow(message);
    expect(() => negativeLogLikelihood(asRows(Float32Array.from(logits), classes), labels)).toThrow(
      message.source.includes('Pass') ? /undefined/ : message,
    );
  });
});

describe('softmax', () => {
  it('adds up to one, keeps the answer, and is softer the higher the temperature', () => {
    fc.assert(
      fc.property(examples, fc.double({ min: 0.1, max: 10, noNaN: true }), (rows, temperature) => {
        const { logits } = flat(rows);
        const at = softmax(asRows(logits, 3), { temperature }).data;
        const softer = softmax(asRows(logits, 3), { temperature: temperature * 2 }).data;
        for (let row = 0; row < at.length; row += 3) {
          expect(at[row] + at[row + 1] + at[row + 2]).toBeCloseTo(1, 6);
          const largest = (values: Float32Array) => Math.max(...values.subarray(row, row + 3));
          expect(largest(softer)).toBeLessThanOrEqual(largest(at));
        }
        expect(predictedClasses(asRows(at, 3))).toHaveLength(rows.length);
      }),
    );
  });

  it('takes logits of any size', () => {
    expect([...softmax(asRows(Float32Array.of(3e38, -3e38, 0, 0), 2)).data]).toEqual([1, 0, 0.5, 0.5]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses temperature %d', (temperature) => {
    expect(() => softmax(asRows(Float32Array.of(1, 2), 2), { temperature })).toThrow(/temperature must be/);
    expect(() => negativeLogLikelihood(asRows(Float32Array.of(1, 2), 2), [0], temperature)).toThrow(
      /temperature must be/,
    );
  });
});

describe('reliabilityBins', () => {
  it('puts a probability on an edge into the bin below', () => {
    const bins = reliabilityBins(asRows(Float32Array.of(0.5, 0.5, 0.75, 0.25, 1, 0), 2), [0, 0, 1], 4);
    expect(bins.map(({ count }) => count)).toEqual([0, 1, 1, 1]);
    expect(bins[1]).toEqual({ low: 0.25, high: 0.5, count: 1, confidence: 0.5, accuracy: 1 });
    expect(bins[3]).toEqual({ low: 0.75, high: 1, count: 1, confidence: 1, accuracy: 0 });
    expect(expectedCalibrationError(bins)).toBeCloseTo((0.5 + 0.25 + 1) / 3, 15);
  });

  it('knows of no answers', () => {
    const bins = reliabilityBins(asRows(new Float32Array(0), 2), []);
    expect(bins).toHaveLength(15);
    expect(expectedCalibrationError(bins)).toBe(0);
  });

  it.each([0, 1.5, Number.NaN])('refuses %d bins', (bins) => {
    expect(() => reliabilityBins(asRows(Float32Array.of(1, 0), 2), [0], bins)).toThrow(/number of bins/);
  });
});

describe('rejectionThreshold', () => {
  const rows = (...values: number[]) => Float32Array.from(values.flatMap((value) => [value, 1 - value]));

  it('is that of an answer, with at most the share below, and no higher one is', () => {
    fc.assert(
      fc.property(examples, fc.double({ min: 0, max: 0.99, noNaN: true }), (drawn, fraction) => {
        const probabilities = softmax(asRows(flat(drawn).logits, 3), { temperature: 1 }).data;
        const answers = drawn.map((_, index) => Math.max(...probabilities.subarray(3 * index, 3 * index + 3)));
        const below = (threshold: number) => answers.filter((value) => value < threshold).length;
        const lowest = rejectionThreshold(asRows(probabilities, 3), fraction);
        expect(answers).toContain(lowest);
        expect(below(lowest)).toBeLessThanOrEqual(fraction * answers.length);
        for (const higher of answers.filter((value) => value > lowest)) {
          expect(below(higher)).toBeGreaterThan(fraction * answers.length);
        }
      }),
    );
  });

  it('takes 0.5 % by default, and the least of few', () => {
    const rising = rows(...Array.from({ length: 1000 }, (_, index) => 0.5 + index / 4096));
    expect(rejectionThreshold(asRows(rising, 2))).toBe(0.5 + 5 / 4096);
    expect(rejectionThreshold(asRows(rising.subarray(0, 2 * 199), 2))).toBe(0.5);
    expect(rejectionThreshold(asRows(rows(0.25, 0.625, 0.875), 2))).toBe(0.625);
    expect(rejectionThreshold(asRows(Float32Array.of(1), 1))).toBe(1);
  });

  it.each([1, -0.1, Number.NaN])('refuses a fraction of %d', (fraction) => {
    expect(() => rejectionThreshold(asRows(rows(1), 2), fraction)).toThrow(/fraction must be/);
  });

  it('refuses no answers, broken rows and what is no probability', () => {
    expect(() => rejectionThreshold(asRows(new Float32Array(0), 2))).toThrow(/Pass at least one/);
    expect(() => rejectionThreshold(asRows(Float32Array.of(1, 0, 1), 2))).toThrow(/of shape \[N, classes\]/);
    expect(() => rejectionThreshold(asRows(Float32Array.of(1, Number.NaN), 2))).toThrow(/from 0 to 1. Received: NaN/);
  });
});

describe('calibrate', () => {
  it('is made of its parts', () => {
    const logits = Float32Array.of(40, 0, 10, 20, 0, 0.5, 30, 0);
    const labels = [0, 1, 0, 0];
    const calibration = calibrate(asRows(logits, 2), labels);
    const temperature = fitTemperature(asRows(logits, 2), labels);
    expect(calibration).toEqual({
      temperature,
      confidenceThreshold: confidenceThreshold(softmax(asRows(logits, 2), { temperature })),
      rejectionThreshold: softmax(asRows(logits, 2), { temperature }).data[5],
      images: 4,
    });
    expect(calibration.confidenceThreshold).toBe(softmax(asRows(logits, 2), { temperature }).data[6]);
    expect(JSON.parse(JSON.stringify(calibration))).toEqual(calibration);
  });

  it('works on a single image, right or wrong', () => {
    expect(calibrate(asRows(Float32Array.of(1, 0), 2), [0])).toMatchObject({ temperature: 1, images: 1 });
    expect(calibrate(asRows(Float32Array.of(1, 0), 2), [1])).toMatchObject({
      temperature: 100,
      confidenceThreshold: null,
    });
  });
});
