/**
 * Sine and cosine from IEEE operations alone, the same bits on every machine: Taylor's series for angles of up to half
 * a turn.
 */

const terms = 14;

/** The sine of x radians, |x| <= pi; absolute error below 1e-15. */
export function sine(x: f64): f64 {
  const square = x * x;
  let sum: f64 = 1;
  for (let term = terms; term >= 1; term--) sum = 1 - (square / <f64>(2 * term * (2 * term + 1))) * sum;
  return x * sum;
}

/** The cosine of x radians, |x| <= pi; absolute error below 1e-15. */
export function cosine(x: f64): f64 {
  const square = x * x;
  let sum: f64 = 1;
  for (let term = terms; term >= 1; term--) sum = 1 - (square / <f64>(2 * term * (2 * term - 1))) * sum;
  return sum;
}
