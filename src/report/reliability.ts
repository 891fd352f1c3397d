/** The reliability diagram of a calibration: before it and after. */

import { reliabilityChart } from '../charts/reliability-chart.js';
import type { ChartOptions, ChartSpecification } from '../charts/theme.js';
import { wilsonInterval } from '../evaluation/accuracy.js';
import type { CalibrationResult, ProbabilityQuality } from '../evaluation/evaluate-calibration.js';

export function reliabilityOf(
  { calibration, before, after }: CalibrationResult,
  options?: ChartOptions,
): ChartSpecification {
  const points = ({ bins }: ProbabilityQuality) =>
    bins.flatMap(({ confidence, accuracy, ...bin }) => {
      if (confidence === null || accuracy === null) return [];
      return [{ ...bin, confidence, accuracy, interval: wilsonInterval(Math.round(accuracy * bin.count), bin.count) }];
    });
  return reliabilityChart(
    [
      { name: 'As the network gives them', points: points(before) },
      { name: `At temperature ${calibration.temperature.toFixed(3)}`, points: points(after) },
    ],
    options,
  );
}
