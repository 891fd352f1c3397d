/**
 * Pictures that are not digits, for measuring how well they are refused: about a thousand letters, scribbles, symbols
 * and photo-like pictures. Of another making than those in pretrained/, on which a network may be trained: they share
 * random numbers and nothing else. Same seed, same bytes.
 */

import { Resvg } from '@resvg/resvg-js';
import { cos, sin } from '../../dist/numerics/elementary.js';
import { RandomNumbers } from '../../pretrained/drawing/random-numbers.mjs';
import { letters, setInType, symbols, words } from './measured/glyphs.mjs';
import { icon, iconNames } from './measured/icons.mjs';
import { penLetter, penLetterNames } from './measured/pen-letters.mjs';
import { photo, photoNames } from './measured/photos.mjs';
import { scrawl, scrawlNames } from './measured/scrawls.mjs';
import { brightness } from './redrawn-digits.mjs';

const minContrast = 64;
const noFonts = { font: { loadSystemFonts: false } };

function someColours(random) {
  for (;;) {
    const [ink, background] = [0, 1].map(() => [0, 1, 2].map(() => random.integer(0, 255)));
    if (Math.abs(brightness(ink) - brightness(background)) >= minContrast) return { ink, background };
  }
}

/** Puts a drawing of about 100 units around (0, 0), `aspect` times as wide as high, somewhere into a picture. */
function place(content, random, options = noFonts, aspect = 1) {
  const [width, height] = [random.integer(120, 360), random.integer(120, 360)];
  const { ink, background } = someColours(random);
  // Turned by a few degrees a drawing needs some more room than its own; half of it lies on each side of its middle.
  const largest = Math.min(width / (1.25 * aspect), height / 1.25);
  const size = Math.max(Math.min(44, largest), largest * random.between(0.35, 1));
  const [x, y] = [
    random.between(0.6 * size * aspect, width - 0.6 * size * aspect),
    random.between(0.6 * size, height - 0.6 * size),
  ];
  const angle = 0.1 * random.bell();
  const [c, s] = [(cos(angle) * size) / 100, (sin(angle) * size) / 100];
  const matrix = [c, s, -s, c, x, y].map((value) => value.toFixed(3)).join(' ');
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="rgb(${background})"/>` +
    `<g color="rgb(${ink})" transform="matrix(${matrix})">${content}</g></svg>`;
  return { width, height, data: new Uint8Array(new Resvg(svg, options).render().pixels) };
}

/** How one picture of a family is made, and how many there are of it. */
const families = [
  {
    kind: 'letter',
    count: 200,
    names: letters,
    draw(name, random) {
      const { element, options } = setInType(name, false, random);
      return place(element, random, options, 1.1);
    },
  },
  {
    kind: 'letter',
    count: 60,
    names: words,
    draw(name, random) {
      const { element, options } = setInType(name, false, random);
      return place(element, random, options, 0.5 + 0.75 * name.length);
    },
  },
  { kind: 'letter', count: 120, names: penLetterNames, draw: (name, random) => place(penLetter(name, random), random) },
  {
    kind: 'scribble',
    count: 200,
    names: scrawlNames,
    draw: (name, random) => place(scrawl(name, random), random, noFonts, 1.2),
  },
  {
    kind: 'symbol',
    count: 150,
    names: symbols,
    draw(name, random) {
      const { element, options } = setInType(name, true, random);
      return place(element, random, options, 1.2);
    },
  },
  {
    kind: 'symbol',
    count: 90,
    names: iconNames,
    draw: (name, random) => place(icon(name, random), random, noFonts, 1.15),
  },
  { kind: 'photo', count: 200, names: photoNames, draw: photo },
];

/**
 * @param {number} seed an integer from 0 to 2^32 - 1
 * @param {readonly string[]} [kinds] all by default; what is drawn of one does not depend on the others
 * @returns {{ kind: 'letter' | 'scribble' | 'symbol' | 'photo', name: string, picture: { width: number, height: number,
 * data: Uint8Array } }[]}
 */
export function measuredNonDigits(seed, kinds = families.map(({ kind }) => kind)) {
  return families.flatMap(({ kind, count, names, draw }, family) =>
    Array.from({ length: kinds.includes(kind) ? count : 0 }, (_, index) => {
      const random = new RandomNumbers(seed, family, index, 4711);
      const name = names[index % names.length];
      return { kind, name, picture: draw(name, random) };
    }),
  );
}
