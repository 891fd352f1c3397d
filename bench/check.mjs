/**
 * Results before times: each program builds the model with Inkling's initial weights and without dropout, predicts some
 * test images, and trains some steps on the same batches. What differs from Inkling by more than stated here is not
 * timed.
 */

/** Steps and images a step for programs that are fast enough. */
export const fullCheck = { steps: 50, batchSize: 128 };
export const checkedImages = 100;

/** Largest difference of a probability. */
const probabilityTolerance = 1e-4;
/** Largest relative difference of the first step's loss, where nothing but the forward pass counts. */
const firstLossTolerance = 1e-4;
/** Band around Inkling's loss, the mean over the last fifth of the steps: rounding grows from step to step. */
const lastLossTolerance = 0.1;

/** @returns what is wrong with the results, or undefined */
export function disagreement(expected, actual) {
  if (actual.parameters !== undefined && actual.parameters !== expected.parameters) {
    return `${actual.parameters} parameters, expected ${expected.parameters}`;
  }
  if (actual.probabilities.length !== expected.probabilities.length) {
    return `${actual.probabilities.length} probabilities, expected ${expected.probabilities.length}`;
  }
  const largest = Math.max(
    ...actual.probabilities.map((value, index) => Math.abs(value - expected.probabilities[index])),
  );
  if (!(largest <= probabilityTolerance)) return `a probability differs by ${largest.toPrecision(2)}`;
  if (actual.losses.length === 0) return undefined;
  const first = relativeDifference(expected.losses[0], actual.losses[0]);
  if (!(first <= firstLossTolerance)) return `the first loss differs by ${(first * 100).toPrecision(2)} %`;
  const [wanted, reached] = [expected, actual].map(({ losses }) => lastLoss(losses));
  const last = relativeDifference(wanted, reached);
  if (!(last <= lastLossTolerance)) return `the loss ends at ${reached.toFixed(4)}, expected ${wanted.toFixed(4)}`;
  if (!(reached < actual.losses[0])) return `the loss does not fall: ${actual.losses[0]} to ${reached}`;
  return undefined;
}

/** Mean over the last fifth of the steps. */
export function lastLoss(losses) {
  const last = losses.slice(-Math.ceil(losses.length / 5));
  return last.reduce((sum, loss) => sum + loss, 0) / last.length;
}

function relativeDifference(expected, actual) {
  return Math.abs(actual - expected) / Math.abs(expected);
}
