/** Holds everything that is fitted to what numpy and scipy make of the same logits. */

import { describe, expect, it } from 'vitest';
import { asRows } from '../../test/as-rows.js';
import goldens from '../../test/goldens/calibration.json' with { type: 'json' };
import { confidenceThreshold } from './confidence-threshold.js';
import { softmax } from './logits.js';
import { negativeLogLikelihood } from './negative-log-likelihood.js';
import { rejectionThreshold } from './rejection-threshold.js';
import { expectedCalibrationError, reliabilityBins } from './reliability.js';
import { fitTemperature } from './temperature.js';

describe.each(goldens.cases)('$name', (golden) => {
  const { classes, labels, temperature } = golden;
  const logits = Float32Array.from(golden.logits, (value) => value / 64);

  it('has the temperature at which the labels are likeliest', () => {
    expect(fitTemperature(asRows(logits, classes), labels, 0) / temperature).toBeCloseTo(1, 9);
  });

  it('has the likelihood before and after', () => {
    expect(negativeLogLikelihood(asRows(logits, classes), labels) / golden.likelihoodBefore).toBeCloseTo(1, 12);
    expect(negativeLogLikelihood(asRows(logits, classes), labels, temperature) / golden.likelihoodAfter).toBeCloseTo(
      1,
      12,
    );
  });

  it.each([
    ['before', 1, 15],
    ['after', temperature, 15],
    ['tenBins', temperature, 10],
  ] as const)('has the bins and the calibration error, %s', (name, at, count) => {
    const bins = reliabilityBins(softmax(asRows(logits, classes), { temperature: at }), labels, count);
    expect(expectedCalibrationError(bins)).toBeCloseTo(golden[name].error, 6);
    expect(bins).toHaveLength(count);
    for (const [index, [expectedCount, confidence, accuracy]] of golden[name].bins.entries()) {
      const bin = bins[index];
      expect(bin.count).toBe(expectedCount);
      if (confidence === null) expect(bin.confidence).toBeNull();
      else expect(bin.confidence).toBeCloseTo(confidence!, 6);
      if (accuracy === null) expect(bin.accuracy).toBeNull();
      else expect(bin.accuracy).toBeCloseTo(accuracy!, 12);
    }
  });

  it('has the probabilities and the sure threshold', () => {
    const probabilities = softmax(asRows(logits, classes), { temperature }).data;
    for (const [index, expected] of golden.firstProbabilities.entries()) {
      expect(probabilities[index]).toBeCloseTo(expected, 7);
    }
    const threshold = confidenceThreshold(asRows(probabilities, classes), golden.precision);
    if (golden.sureThreshold === null) expect(threshold).toBe(null);
    else expect(threshold).toBeCloseTo(golden.sureThreshold, 7);
  });

  it('has the probability below which an answer is none', () => {
    const probabilities = softmax(asRows(logits, classes), { temperature }).data;
    expect(rejectionThreshold(asRows(probabilities, classes), golden.fraction)).toBeCloseTo(
      golden.lowestProbability,
      7,
    );
  });
});
