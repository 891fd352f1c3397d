/** Round numbers for an axis: ends and ticks at multiples of 1, 2 or 5 times a power of ten. */

export interface NiceRange {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** Decimals that the ticks need. */
  readonly decimals: number;
}

/** By so much of a step a quotient may be off; whatever lies further out gets a step of its own. */
const rounding = 1e-12;

/**
 * The smallest range of round numbers around the values, cut into about `steps` equal steps.
 *
 * @param values finite numbers; none gives the range 0 to 1
 * @param smallestStep for whole numbers: 1
 */
export function niceRange(values: readonly number[], steps = 5, smallestStep = 0): NiceRange {
  const high = values.length === 0 ? 1 : Math.max(...values);
  const smallest = values.length === 0 ? 0 : Math.min(...values);
  // A single value gets room below it, never above: 99 % must not open an axis beyond 100 %.
  const low = smallest < high ? smallest : high - (Math.abs(high) / 20 || 1);
  const rough = (high - low) / steps;
  const power = Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * 10 ** power >= rough * (1 - 1e-9)) ?? 10;
  const step = Math.max(factor * 10 ** power, smallestStep);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  // Multiples rather than sums, so that 0.3 is not 0.30000000000000004.
  const first = Math.floor(low / step + rounding);
  const last = Math.max(Math.ceil(high / step - rounding), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toFixed(decimals)));
  return { low: ticks[0], high: ticks[ticks.length - 1], ticks, decimals };
}
