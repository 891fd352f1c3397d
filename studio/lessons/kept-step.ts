/** At which step of a lesson one is: it survives a reload of the page. */

const keyOf = (name: string) => `inkling-lesson-${name}`;

/** @returns its number from 0 on; the first where nothing of use is kept */
export function keptStep(name: string, count: number): number {
  try {
    const step = Number(sessionStorage.getItem(keyOf(name)));
    return Number.isInteger(step) && step > 0 && step < count ? step : 0;
  } catch {
    return 0;
  }
}

/** Storage may be refused, as in private windows: then the step lasts as long as the page. */
export function keepStep(name: string, step: number): void {
  try {
    sessionStorage.setItem(keyOf(name), String(step));
  } catch {
    // See above.
  }
}
