/** The complementary error function, from IEEE operations alone. */

import { exp } from './elementary.js';

/** From here on the continued fraction is exact to the last digits, and before it the series. */
const middle = 2;
const terms = 120;

/**
 * 2 / sqrt(pi) times the integral of e^(-t^2) from x on, for x of at least 0. Relative error below 1e-13 (Abramowitz,
 * Stegun, "Handbook of mathematical functions", 1964: 7.1.6 and 7.1.14).
 */
export function erfc(x: number): number {
  const square = x * x;
  if (x < middle) {
    let term = x;
    let sum = x;
    for (let n = 1; n < terms; n++) {
      term *= (2 * square) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * exp(-square) * sum;
  }
  let fraction = x;
  for (let n = terms; n >= 1; n--) fraction = x + n / 2 / fraction;
  return exp(-square) / Math.sqrt(Math.PI) / fraction;
}
