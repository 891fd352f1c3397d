/** Medians, percentiles and spreads of samples. No tests of significance: five rounds do not carry them. */

/**
 * The value below which a share of all values lies, by linear interpolation between neighbours.
 * @param share from 0 to 1
 */
export function quantile(values, fraction) {
  if (values.length === 0) throw new RangeError('quantile: there are no values.');
  if (!(fraction >= 0 && fraction <= 1))
    throw new RangeError(`quantile: fraction must be from 0 to 1. Received: ${fraction}.`);
  if (!values.every(Number.isFinite)) throw new RangeError('quantile: every value must be a finite number.');
  const sorted = Float64Array.from(values).sort();
  const place = fraction * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

export function median(values) {
  return quantile(values, 0.5);
}

/** @returns median, smallest and largest value, and how many there are */
export function spread(values) {
  return { median: median(values), min: quantile(values, 0), max: quantile(values, 1), count: values.length };
}
