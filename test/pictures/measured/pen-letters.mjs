/**
 * Letters as a broad nib or a pencil writes them: Bézier paths, drawn several times with small shifts. Limits: one
 * letter at a time, none that is a digit in some hand, as the katakana a is a 7 and mo is not.
 */

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */

/** Absolute path data, about -50 to 50 each way. */
const paths = {
  A: 'M-38 45 C-25 10 -10 -30 0 -45 C10 -25 25 15 40 45 M-26 14 C-10 8 10 10 28 13',
  E: 'M32 -42 C10 -45 -10 -44 -28 -42 C-30 -15 -29 15 -27 42 C-8 46 14 44 34 42 M-28 -2 C-10 -5 5 -4 22 -3',
  F: 'M36 -42 C14 -45 -8 -44 -26 -42 C-28 -15 -27 18 -29 46 M-27 -4 C-12 -6 4 -6 22 -5',
  H: 'M-32 -46 C-30 -15 -33 15 -31 46 M33 -46 C30 -15 34 15 31 46 M-32 2 C-12 -2 12 -3 33 1',
  K: 'M-30 -46 C-28 -14 -31 16 -29 46 M34 -44 C14 -24 -8 -4 -28 4 C-6 10 18 30 38 46',
  M: 'M-46 46 C-42 14 -36 -24 -30 -46 C-20 -18 -8 10 0 22 C8 8 20 -20 30 -46 C36 -22 42 14 46 46',
  N: 'M-34 46 C-36 14 -32 -18 -34 -46 C-12 -20 14 18 33 44 C35 16 31 -18 34 -46',
  R: 'M-28 46 C-30 14 -27 -18 -29 -44 C6 -52 36 -40 30 -18 C26 0 -4 4 -26 2 C-4 10 20 30 38 46',
  W: 'M-48 -44 C-40 -14 -32 20 -26 44 C-18 20 -8 -4 0 -20 C8 -4 18 20 26 44 C32 20 40 -14 48 -44',
  X: 'M-36 -44 C-14 -20 14 18 36 45 M36 -45 C16 -20 -14 20 -38 44',
  m: 'M-46 -22 C-42 -6 -43 20 -44 40 M-43 -4 C-34 -28 -8 -32 -6 -6 C-5 10 -6 26 -6 40 M-6 -4 C2 -28 32 -32 34 -6 C35 14 33 26 38 40',
  n: 'M-34 -26 C-30 -6 -32 20 -32 42 M-31 -2 C-18 -34 24 -34 26 -2 C27 16 25 30 32 42',
  k: 'M-26 -48 C-28 -16 -25 16 -27 46 M22 -18 C4 -6 -12 4 -26 12 C-6 16 10 32 28 46',
  w: 'M-46 -24 C-40 6 -34 36 -22 38 C-10 38 -4 10 0 -10 C4 12 10 38 22 38 C34 34 42 4 46 -24',
  x: 'M-30 -26 C-20 -30 -12 -10 0 6 C12 22 22 42 34 38 M32 -26 C12 -12 -14 20 -32 40',
  f: 'M28 -40 C10 -52 -6 -42 -8 -20 C-9 0 -6 24 -8 48 M-30 -8 C-14 -11 6 -11 26 -9',
  joinedAm:
    'M-50 14 C-46 -10 -24 -10 -22 -6 C-40 2 -48 18 -36 22 C-26 22 -22 6 -22 -6 C-21 8 -20 22 -12 22 C-6 10 -4 -8 0 -8 C8 -8 6 12 6 24 C8 4 14 -8 20 -8 C28 -8 26 12 26 24 C30 4 36 -8 41 -8 C48 -8 42 20 52 22',
  joinedWe:
    'M-52 -12 C-50 10 -44 24 -36 22 C-28 16 -27 2 -26 -8 C-25 10 -22 24 -14 22 C-6 18 -4 2 -4 -12 C2 -4 8 6 18 6 C36 2 36 -16 26 -14 C12 -12 14 22 30 22 C40 22 48 14 52 8',
  joinedHm:
    'M-48 -40 C-46 -10 -48 10 -47 34 M-16 -40 C-18 -10 -15 12 -16 34 M-47 0 C-36 -4 -26 -4 -16 -1 M2 -8 C4 6 3 20 3 34 M4 4 C10 -12 22 -12 23 4 L24 34 M24 4 C30 -12 43 -12 44 4 C45 20 44 28 50 34',
  amharic: 'M-40 40 L-40 -20 C-38 -44 -6 -44 -4 -20 L-4 40 M-4 0 C10 -24 38 -20 38 0 L38 40 M-40 -42 L40 -42',
  glagolitic: 'M-36 36 L36 36 M-36 -36 L36 -36 M0 -36 L0 36 M-36 -36 L-36 -10 M36 -36 L36 -10 M-18 6 L18 6',
  tifinagh: 'M-36 -40 L-36 40 M36 -40 L36 40 M-36 -40 L36 40 M-36 40 L36 -40',
  hangul:
    'M-42 -40 L-8 -40 L-8 -8 L-42 -8 Z M10 -46 L10 4 M10 -24 L34 -24 M-36 16 L36 16 L36 44 M-36 16 L-36 44 L36 44',
  kanji:
    'M-44 -28 L44 -28 M-24 -46 L-24 -12 M24 -46 L24 -12 M-34 -6 L34 -6 L34 20 L-34 20 Z M0 -6 L0 46 M-44 32 L44 32',
  katakana: 'M-34 -36 L34 -36 M-42 -8 L42 -8 M-4 -36 L-4 30 C-2 42 16 42 36 38',
};
export const penLetterNames = Object.keys(paths);

/**
 * @param {string} name one of penLetterNames
 * @param {RandomNumbers} random
 * @returns {string} SVG of about 100 units high around (0, 0)
 */
export function penLetter(name, random) {
  const wobble = random.between(0.5, 2.5);
  const shaken = () => paths[name].replace(/-?\d+/g, (number) => (Number(number) + wobble * random.bell()).toFixed(1));
  const stroke = (data, width, more) =>
    `<path d="${data}" fill="none" stroke="currentColor" stroke-width="${width.toFixed(1)}" stroke-linejoin="round" ${more}/>`;
  const style = random.choose(['nib', 'nib', 'pencil', 'marker']);
  if (style === 'marker') return stroke(shaken(), random.between(7, 17), 'stroke-linecap="square"');
  if (style === 'pencil') {
    return Array.from({ length: 4 }, () => stroke(shaken(), random.between(2, 4.5), 'stroke-linecap="round"')).join('');
  }
  const data = shaken();
  const [dx, dy] = [random.between(0.6, 2), -random.between(0.2, 1.4)];
  return Array.from(
    { length: 7 },
    (_, i) =>
      `<g transform="translate(${((i - 3) * dx).toFixed(2)} ${((i - 3) * dy).toFixed(2)})">${stroke(data, 4, 'stroke-linecap="round"')}</g>`,
  ).join('');
}
