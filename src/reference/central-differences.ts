/**
 * The authority over every backward pass: gradients measured from the forward pass alone, by moving each input a little
 * to both sides. True to about nine digits, as long as no kink (relu at 0, a tie in max-pooling) lies within the step.
 */

/**
 * What the backward pass should give for `at`: the slope of `sum(dy * output)` along each of its values.
 * @param output executes the forward pass on the present values of `at`
 * @param dy as long as the output
 * @param at changed while measuring, put back afterwards
 * @param step how far to both sides; the error grows with its square, and rounding with its inverse
 */
export function centralDifferences(
  output: () => Float64Array,
  dy: Float64Array,
  at: Float64Array,
  step = 1e-5,
): Float64Array {
  const gradients = new Float64Array(at.length);
  for (let index = 0; index < at.length; index++) {
    const value = at[index];
    const above = value + step;
    const below = value - step;
    at[index] = above;
    const outputAbove = output();
    at[index] = below;
    const outputBelow = output();
    at[index] = value;
    let sum = 0;
    for (let k = 0; k < dy.length; k++) sum += dy[k] * (outputAbove[k] - outputBelow[k]);
    gradients[index] = sum / (above - below);
  }
  return gradients;
}

/**
 * The largest difference of two arrays, relative to the largest of the expected values; NaN where either holds a NaN.
 */
export function relativeError(actual: Float64Array, expected: Float64Array): number {
  if (actual.length !== expected.length) return Number.NaN;
  let difference = 0;
  let largest = 0;
  for (let index = 0; index < expected.length; index++) {
    difference = Math.max(difference, Math.abs(actual[index] - expected[index]));
    largest = Math.max(largest, Math.abs(expected[index]));
  }
  return difference / largest;
}
