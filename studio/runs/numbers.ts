/** Numbers of runs as people read them. */

const absent = '–';

export function percent(value: number | null): string {
  return value === null ? absent : `${(100 * value).toFixed(2)} %`;
}

export function fourDigits(value: number | null): string {
  return value === null ? absent : value.toFixed(4);
}

export function dateOf(time: number): string {
  if (time === 0) return absent;
  const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
  return new Date(time).toLocaleString('en', { day: 'numeric', month: 'short', ...clock });
}
