/** Holds everything that is fitted to what numpy and scipy make of the same logits. */

import { describe, expect, it } from 'vitest';
import goldens from '../../test/goldens/calibration.json' with { type: 'json' };
import { probabilitiesAt } from './logits.js';
import { lowestProbability } from './lowest-probability.js';
import { negativeLogLikelihood } from './negative-log-likelihood.js';
import { expectedCalibrationError, reliabilityBins } from './reliability.js';
import { neverSure, sureThreshold } from './sure-threshold.js';
import { fitTemperature } from './temperature.js';

describe.each(goldens.cases)('$name', (golden) => {
  const { classes, labels, temperature } = golden;
  const logits = Float32Array.from(golden.logits, (value) => value / 64);

  it('has the temperature at which the labels are likeliest', () => {
    expect(fitTemperature(logits, labels, classes, 0) / temperature).toBeCloseTo(1, 9);
  });

  it('has the likelihood before and after', () => {
    expect(negativeLogLikelihood(logits, labels, classes) / golden.likelihoodBefore).toBeCloseTo(1, 12);
    expect(negativeLogLikelihood(logits, labels, classes, temperature) / golden.likelihoodAfter).toBeCloseTo(1, 12);
  });

  it.each([
    ['before', 1, 15],
    ['after', temperature, 15],
    ['tenBins', temperature, 10],
  ] as const)('has the bins and the calibration error, %s', (name, at, count) => {
    const bins = reliabilityBins(probabilitiesAt(logits, classes, at), labels, classes, count);
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
    const probabilities = probabilitiesAt(logits, classes, temperature);
    for (const [index, expected] of golden.firstProbabilities.entries()) {
      expect(probabilities[index]).toBeCloseTo(expected, 7);
    }
    const threshold = sureThreshold(probabilities, classes, golden.precision);
    if (golden.sureThreshold === null) expect(threshold).toBe(neverSure);
    else expect(threshold).toBeCloseTo(golden.sureThreshold, 7);
  });

  it('has the probability below which an answer is none', () => {
    const probabilities = probabilitiesAt(logits, classes, temperature);
    expect(lowestProbability(probabilities, classes, golden.share)).toBeCloseTo(golden.lowestProbability, 7);
  });
});
