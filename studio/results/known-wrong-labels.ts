/**
 * MNIST's test images whose label five people who looked at them did not agree to: Northcutt, Athalye, Mueller,
 * "Pervasive label errors in test sets", 2021. There are 15 of 10,000.
 */

/** By the image's index: what the people said. */
const said: ReadonlyMap<number, string> = new Map([
  [947, 'a 9'],
  [1621, 'a 6'],
  [1901, 'a 4'],
  [2130, 'a 4 or a 9, undecided'],
  [2462, 'a 0'],
  [2597, 'a 3'],
  [2654, 'neither'],
  [3520, 'neither'],
  [3558, 'a 0'],
  [5937, 'a 3'],
  [6651, 'a 6'],
  [6783, 'a 6'],
  [8527, 'a 4 or a 9, undecided'],
  [9679, 'neither'],
  [9729, 'a 6'],
]);

export const knownWrongLabels = said.size;

/** What people say of a test image whose label they doubt; undefined of all others. */
export function whatPeopleSay(index: number): string | undefined {
  return said.get(index);
}
