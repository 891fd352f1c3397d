/** Names that are not known are refused, never ignored; the message says which one was probably meant. */

import { type ErrorKind, InklingError, shortJson } from './errors.js';

/** More edits than this make another word. */
const maxEdits = 2;

/** As Python writes names and as JavaScript does, `batch_size` and `batchSize`, they are the same. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_\s-]/g, '');
}

/**
 * Letters to insert, delete, replace or swap with their neighbour to make one word of the other (optimal string
 * alignment).
 */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = last[column - 1] + (from[row - 1] === to[column - 1] ? 0 : 1);
      current[column] = Math.min(replaced, last[column] + 1, current[column - 1] + 1);
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) current[column] = Math.min(current[column], beforeLast[column - 2] + 1);
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length];
}

/**
 * The known name that is nearest to what was given, if it is near enough to be meant; of equally near ones the first.
 */
export function nearestName(given: unknown, known: readonly string[]): string | undefined {
  if (typeof given !== 'string' || given.length > 100) return undefined;
  let nearest: string | undefined;
  let fewest = maxEdits + 1;
  for (const name of known) {
    const edits = editDistance(plain(given), plain(name));
    // Of a word of three letters nothing is left after two edits.
    if (edits < fewest && edits * 2 < name.length) [nearest, fewest] = [name, edits];
  }
  return nearest;
}

/** Whether it is one of these names. */
export function isKnownName<Name extends string>(given: unknown, known: readonly Name[]): given is Name {
  return known.some((name) => name === given);
}

/** What a message says after an unknown name. @param expected the words before the list, such as `Expected one of` */
export function hintAtNames(given: unknown, known: readonly string[], expected = 'Expected one of'): string {
  const nearest = nearestName(given, known);
  return `${nearest === undefined ? '' : `Did you mean "${nearest}"? `}${expected}: ${known.join(', ')}.`;
}

/**
 * Options as a JavaScript caller or a JSON file gives them, by name.
 * @param owner what the options are of, for the message
 * @param known what the message lists; `silent` ones may be given too
 * @throws InklingError of this kind where `given` is not an object or has another name
 */
export function readOptions(
  kind: ErrorKind,
  owner: string,
  given: unknown,
  known: readonly string[],
  silent: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InklingError(kind, `${owner}: expected an object with options. Received: ${describeValue(given)}.`);
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name) && !silent.includes(name));
  if (unknown !== undefined) {
    const hint = known.length > 0 ? hintAtNames(unknown, known, 'Expected') : 'It takes none.';
    throw new InklingError(kind, `${owner}: unknown option "${unknown}". ${hint}`);
  }
  return given as Record<string, unknown>;
}

/** Any value as a message shows it, in a few words: a million numbers are not written out. */
export function describeValue(value: unknown): string {
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (ArrayBuffer.isView(value)) {
    return `${value.constructor.name} of ${'length' in value ? value.length : value.byteLength}`;
  }
  if (Array.isArray(value) && value.length > 10) return `a list of ${value.length}`;
  return typeof value === 'object' || typeof value === 'string' ? shortJson(value) : String(value);
}
