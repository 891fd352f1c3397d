/**
 * MNIST's digits as people photograph, scan and cut them: on paper with rules, squares or boxes, in frames, at an edge,
 * cut at the ink, of any size and colour. The same images, count and seed give the same bytes. Limits: one digit a
 * picture; what lies around paper is not drawn.
 */

import { encode } from 'fast-png';
import { exp, log } from '../dist/numerics/elementary.js';
import { photograph, someColours } from './drawing/hand.mjs';
import { RandomNumbers } from './drawing/random-numbers.mjs';
import { colour, renderDrawing } from './drawing/render-drawing.mjs';

/** @typedef {import('./drawing/random-numbers.mjs').RandomNumbers} Random */
/**
 * Where the ink of a digit is, and what else is drawn: units are the longer side of the ink.
 * @typedef {{ margins: number[], lines?: { at: number[], thickness: number, strength: number, turn: number } }} Sheet margins: left, top, right, bottom; lines: x1, y1, x2, y2 each, from the ink's left and top
 */

const side = 28;
/** The longer side of the ink, pixels; each octave is as likely as the others. */
const [smallest, largest] = [18, 180];
/** Intensity from which a pixel of MNIST counts as ink. */
const leastInk = 100;
const sides = [0, 1, 2, 3];

/** @returns {number} in degrees, either way */
const turn = (random) => random.between(-4, 4);

/** Each draws a sheet around ink whose sides are `width` and `height`, of which the longer one is 1. */
const sheets = {
  plain: (random) => ({ margins: sides.map(() => random.between(0.1, 1)) }),
  cut: (random) => {
    const margin = random.choose([0, 0, random.between(0, 0.1)]);
    return { margins: sides.map(() => margin) };
  },
  edge: (random) => {
    const touched = [random.integer(0, 3), random.integer(0, 3)];
    return {
      margins: sides.map((which) => (touched.includes(which) ? -random.between(0, 0.05) : random.between(0.03, 0.5))),
    };
  },
  frame: (random, width, height) => {
    const thickness = random.between(0.015, 0.1);
    const [left, top, right, bottom] = sides.map(() => thickness / 2 + random.between(-0.02, 0.5));
    const [x1, y1, x2, y2] = [-left, -top, width + right, height + bottom];
    const lines = [
      [x1, y1, x2, y1],
      [x2, y1, x2, y2],
      [x2, y2, x1, y2],
      [x1, y2, x1, y1],
    ].filter(() => random.chance(0.75));
    const beyond = random.choose([0, thickness / 2, random.between(0, 0.2)]);
    return {
      margins: [left, top, right, bottom].map((room) => room + beyond),
      lines: {
        at: lines.flat(),
        thickness,
        strength: random.between(0.4, 1),
        turn: random.chance(0.5) ? 0 : turn(random),
      },
    };
  },
  ruled: (random, width, height) => ruled(random, width, height, [false]),
  squared: (random, width, height) => ruled(random, width, height, [false, true]),
};

/** Rules across, upright too where asked for. */
function ruled(random, width, height, directions) {
  const spacing = random.between(0.4, 1.5);
  const lines = [];
  for (const upright of directions) {
    const length = upright ? width : height;
    for (let at = -2 + random.between(0, spacing); at < length + 2; at += spacing) {
      lines.push(upright ? [at, -4, at, 5] : [-4, at, 5, at]);
    }
  }
  return {
    margins: sides.map(() => random.between(0.15, 0.9)),
    lines: {
      at: lines.flat(),
      thickness: Math.min(0.1 * spacing, random.between(0.01, 0.06)),
      strength: random.between(0.15, 0.9),
      turn: turn(random),
    },
  };
}

/** The box of an image's ink. */
function boxOf(image) {
  let [left, top, right, bottom] = [side, side, 0, 0];
  image.forEach((intensity, i) => {
    if (intensity < leastInk) return;
    const [x, y] = [i % side, Math.floor(i / side)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  });
  return { left, top, width: right - left, height: bottom - top };
}

/** The image as a PNG whose ink has this colour, and whose paper is transparent. */
function inkAsPng(image, ink) {
  const data = new Uint8Array(4 * image.length);
  image.forEach((intensity, i) => {
    data.set([...ink.map(Math.round), intensity], 4 * i);
  });
  return Buffer.from(encode({ width: side, height: side, channels: 4, depth: 8, data })).toString('base64');
}

/** @param {Uint8Array} image 784 intensities @param {Random} random */
function draw(image, random) {
  const { background, ink } = someColours(random);
  const box = boxOf(image);
  const longer = Math.max(box.width, box.height);
  const scale = (smallest * exp(random.between(0, log(largest / smallest)))) / longer;
  const unit = longer * scale;
  const kind = random.chooseByWeight({ plain: 3, cut: 2, edge: 2, frame: 2, ruled: 2, squared: 2 });
  const { margins, lines } = sheets[kind](random, box.width / longer, box.height / longer);
  const [left, top, right, bottom] = margins.map((margin) => Math.round(margin * unit));
  const width = Math.max(8, Math.round(box.width * scale) + left + right);
  const height = Math.max(8, Math.round(box.height * scale) + top + bottom);
  const parts = [];
  if (lines) {
    const lineInk = random.chance(0.4) ? ink : someColours(random).ink;
    const lineColour = colour(background.map((value, channel) => value + lines.strength * (lineInk[channel] - value)));
    const thickness = Math.max(1, lines.thickness * unit);
    const paths = [];
    for (let at = 0; at < lines.at.length; at += 4) {
      const [x1, y1, x2, y2] = lines.at
        .slice(at, at + 4)
        .map((value, index) => value * unit + (index % 2 ? top : left));
      paths.push(`M${x1} ${y1}L${x2} ${y2}`);
    }
    parts.push(
      `<path d="${paths.join('')}" stroke="${lineColour}" stroke-width="${thickness}" fill="none" ` +
        `stroke-linecap="square" transform="rotate(${lines.turn} ${width / 2} ${height / 2})"/>`,
    );
  }
  parts.push(
    `<image x="${left - box.left * scale}" y="${top - box.top * scale}" width="${side * scale}" height="${side * scale}" ` +
      `href="data:image/png;base64,${inkAsPng(image, ink)}"/>`,
  );
  const picture = renderDrawing(width, height, background, parts.join(''));
  return random.chance(0.5) ? picture : photograph(picture, random, random.between(0, 30), random.between(0, 12));
}

/**
 * @param {{ images: { data: Uint8Array }, labels: ArrayLike<number> }} of images of 28 x 28, whose digits are drawn in turn
 * @param {number} count how many pictures
 * @param {number} seed an integer from 0 to 2^32 - 1; picture i depends on the seed, the images and i alone
 * @returns {Generator<{ label: number, original: Uint8Array, picture: { width: number, height: number, data: Uint8Array } }>}
 */
export function* redrawnDigits({ images, labels }, count, seed) {
  for (let index = 0; index < count; index++) {
    const of = index % labels.length;
    const original = images.data.subarray(of * side * side, (of + 1) * side * side);
    yield { label: labels[of], original, picture: draw(original, new RandomNumbers(seed, 0x5ced, index)) };
  }
}
