/** How far several measurements of one quantity lie apart. */

/** Mean and standard deviation, the sample's (n - 1): null of a single value. */
export interface Spread {
  readonly mean: number;
  readonly standardDeviation: number | null;
}

/** @param values of none the mean is NaN */
export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, standardDeviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / (values.length - 1)) };
}
