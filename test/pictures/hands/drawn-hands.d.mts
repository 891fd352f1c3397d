/** Digits in the hands of many people: named habits, ways of writing of some countries, pens. */

/** The names of all habits. */
export const habits: readonly string[];

/**
 * Pictures of one habit, RGBA and opaque; where it has all ten digits, each as often. `seed` is an integer from 0 to
 * 2^32 - 1; the same habit, seed and index give the same bytes.
 */
export function drawnHands(
  habit: string,
  count: number,
  seed: number,
): Generator<{ digit: number; habit: string; picture: { width: number; height: number; data: Uint8Array } }>;
