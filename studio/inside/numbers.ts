/** Numbers as people read them. */

/** Four digits behind the point, and a minus sign as wide as a plus. */
export function formatNumber(value: number, digits = 4): string {
  const text = Math.abs(value) >= 10_000 ? value.toPrecision(5) : value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** Also what four digits would show as 0. */
export function formatSmall(value: number): string {
  return value !== 0 && Math.abs(value) < 0.00005 ? value.toExponential(1).replaceAll('-', '−') : formatNumber(value);
}

export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

export function formatShape(shape: readonly number[]): string {
  return shape.join(' × ');
}
