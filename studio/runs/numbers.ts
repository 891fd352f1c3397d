/** Numbers of runs as people read them. */

const absent = '–';

export function percent(value: number | null): string {
  return value === null ? absent : `${(100 * value).toFixed(2)} %`;
}

export function fourDigits(value: number | null): string {
  return value === null ? absent : value.toFixed(4);
}

export function dateOf(time: number): string {
  return time === 0 ? absent : new Date(time).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
}
