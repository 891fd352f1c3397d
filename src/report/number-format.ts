/** Numbers as the report writes them, the same for every reader whatever the locale. */

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A fraction from 0 to 1 as `99.12 %`. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}

/** A whole number as `60,000`. */
export function integer(value: number): string {
  return grouped.format(value);
}

/** Seconds as `42.3 s`, or as `3 min 07 s` from 100 s on. */
export function duration(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
