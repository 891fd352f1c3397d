/** Sums in numpy's order, so that averages which end in an exact 5 are rounded the way Python users see them. */

/**
 * Adds as `numpy.sum` does: eight running sums over blocks of at most 128 values, blocks in pairs (pairwise summation;
 * its rounding error grows with the logarithm of the length).
 */
export function pairwiseSum(values: readonly number[]): number {
  const count = values.length;
  if (count < 8) return values.reduce((total, value) => total + value, 0);
  if (count > 128) {
    const half = Math.floor(count / 2);
    const middle = half - (half % 8);
    return pairwiseSum(values.slice(0, middle)) + pairwiseSum(values.slice(middle));
  }
  const whole = count - (count % 8);
  const lanes = values.slice(0, 8);
  for (let i = 8; i < whole; i++) lanes[i % 8] += values[i];
  const [a, b, c, d, e, f, g, h] = lanes;
  return values.slice(whole).reduce((total, value) => total + value, a + b + (c + d) + (e + f + (g + h)));
}
