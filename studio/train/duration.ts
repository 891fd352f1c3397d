/** How long something takes, as people say it. */
export function durationOf(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 5) / 12;
  const whole = Math.floor(minutes);
  if (whole >= 60) return `${Math.floor(whole / 60)} h ${whole % 60} min`;
  return `${whole} min ${Math.round((minutes - whole) * 60)} s`;
}
