/**
 * Pictures of one digit of MNIST as detectors, scans and forms give them: cut at the ink, at an edge, in a frame, on
 * printed paper. Limits: one digit, upright.
 */

import { exp, log } from '../../../dist/numerics/elementary.js';
import { rectangle, rules } from './lines.mjs';
import { mix, someLineColour, someLook } from './looks.mjs';
import { inkOfImage } from './mnist-ink.mjs';
import { photograph } from './sheet.mjs';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {(image: ArrayLike<number>, random: RandomNumbers) => import('./sheet.mjs').Picture} DrawDigit */

const [smallest, largest] = [20, 240];
/** What an edge takes of a digit that touches it, of its longer side: at most about a third of a pen's width. */
const deepestCut = 0.05;
const degree = 0.017453292519943295;
const sides = ['left', 'top', 'right', 'bottom'];

/** Each octave of sizes is as likely as the others. */
function someSize(random, least = smallest, most = largest) {
  return Math.round(least * exp(random.between(0, log(most / least))));
}

/**
 * @param {(size: number) => number} marginOf pixels on each side for a longer side of `size` pixels
 * @returns {DrawDigit}
 */
export const cutAtTheInk = (marginOf) => (image, random) => {
  const mask = inkOfImage(image, someSize(random));
  const margin = Math.round(marginOf(Math.max(mask.width, mask.height)));
  const marks = [{ mask, left: margin, top: margin }];
  return photograph(
    { width: mask.width + 2 * margin, height: mask.height + 2 * margin, marks },
    someLook(random),
    random,
  );
};

/**
 * @param {1 | 2} count of edges that the ink touches
 * @returns {DrawDigit}
 */
export const touchingEdges = (count) => (image, random) => {
  const mask = inkOfImage(image, someSize(random));
  const size = Math.max(mask.width, mask.height);
  const first = random.integer(0, 3);
  const touched = [first, ...(count === 2 ? [(first + random.integer(1, 3)) % 4] : [])].map((side) => sides[side]);
  const [left, top, right, bottom] = sides.map((side, index) => {
    const along = index % 2 === 0 ? mask.width : mask.height;
    const cut = Math.min(deepestCut * size, 0.15 * along);
    return Math.round(touched.includes(side) ? -random.between(0, cut) : size * random.between(0.03, 0.4));
  });
  const sheet = {
    width: mask.width + left + right,
    height: mask.height + top + bottom,
    marks: [{ mask, left, top }],
  };
  return photograph(sheet, someLook(random), random);
};

/**
 * All of a frame or some of its sides along the picture's edge, from 1 to 6 % of the longer side; the digit touches it in half of the pictures.
 * @param {boolean} isTurned by half a degree to three
 * @returns {DrawDigit}
 */
export const inFrame = (isTurned) => (image, random) => {
  const mask = inkOfImage(image, someSize(random, 28));
  const size = Math.max(mask.width, mask.height);
  const look = someLook(random);
  const room = () => size * random.between(0.06, 0.6);
  // Of a picture whose longer side is `size` and the room, as near as it is known before the frame is.
  const thickness = Math.max(1, random.between(0.01, 0.06) * 1.6 * size);
  const inset = random.chance(0.5) ? 0 : random.between(0.01, 0.06) * size;
  const frameSides = random.chance(0.5) ? sides : sides.filter(() => random.chance(0.5));
  if (frameSides.length === 0) frameSides.push(random.choose(sides));
  const touched = random.chance(0.5) ? random.choose(frameSides) : undefined;
  const [left, top, right, bottom] = sides.map((side) => {
    const frame = frameSides.includes(side) ? inset + thickness : 0;
    const gap = side === touched ? -random.between(0, 0.5) * Math.min(thickness, 0.05 * size) : room();
    return Math.round(frame + gap);
  });
  const [width, height] = [mask.width + left + right, mask.height + top + bottom];
  const middle = inset + thickness / 2;
  const lines = rectangle(
    { left: middle, top: middle, right: width - middle, bottom: height - middle },
    {
      thickness,
      colour: someLineColour(look, random, 0.45),
      angle: isTurned ? degree * random.between(0.5, 3) * (random.chance(0.5) ? 1 : -1) : 0,
      centre: [width / 2, height / 2],
      sides: frameSides,
      beyond: Math.max(width, height),
    },
  );
  return photograph({ width, height, marks: [{ mask, left, top }], lines }, look, random);
};

/** A digit with room on every side, in a picture that is mostly seen at an angle. */
function roomy(image, random) {
  const mask = inkOfImage(image, someSize(random, 36, 160));
  const size = Math.max(mask.width, mask.height);
  const [left, top, right, bottom] = sides.map(() => Math.round(size * random.between(0.15, 0.9)));
  const [width, height] = [mask.width + left + right, mask.height + top + bottom];
  const look = someLook(random, { photo: 0.75, dark: 0.15, angle: 0.7 });
  return { mask, size, sheet: { width, height, marks: [{ mask, left, top }] }, look };
}

/** From 0.5 to 4 % of the longer side; what crosses the digit as dark as its ink is thinner than most pens. */
function someThickness({ width, height }, size, strength, random) {
  const most = Math.min(0.04 * Math.max(width, height), (strength > 0.6 ? 0.035 : 0.07) * size);
  return Math.max(1, random.between(0.005 * Math.max(width, height), most));
}

const someAngle = (random) => degree * random.between(-4, 4);

/** @type {DrawDigit} */
export function onRuledPaper(image, random) {
  const { size, sheet, look } = roomy(image, random);
  const strength = random.between(0.2, 1);
  const how = {
    spacing: size * random.between(0.5, 1.5),
    offset: random.between(0, sheet.height),
    thickness: someThickness(sheet, size, strength, random),
    colour: mix(look.paper, someLineColour(look, random, 1), strength),
    angle: someAngle(random),
  };
  const lines = rules(sheet, how);
  if (random.chance(0.2)) {
    const colour = mix(look.paper, [200, 60, 60], random.between(0.5, 0.9));
    const margin = {
      ...how,
      spacing: 100 * size,
      offset: random.between(0, 0.12) * sheet.width,
      colour,
      upright: true,
    };
    lines.push(...rules(sheet, margin));
  }
  return photograph({ ...sheet, lines }, look, random);
}

/** @type {DrawDigit} */
export function onSquaredPaper(image, random) {
  const { size, sheet, look } = roomy(image, random);
  const strength = random.between(0.15, 0.8);
  const spacing = size * random.between(0.35, 1.3);
  const how = {
    spacing,
    thickness: Math.min(0.1 * spacing, someThickness(sheet, size, strength, random)),
    colour: mix(look.paper, someLineColour(look, random, 1), strength),
    angle: someAngle(random),
  };
  const lines = [false, true].flatMap((upright) =>
    rules(sheet, { ...how, upright, offset: random.between(0, spacing) }),
  );
  return photograph({ ...sheet, lines }, look, random);
}

/**
 * A cell of a form, cut out somewhere at its lines: what lies beyond them is seen on some sides, and some lines are cut.
 * @type {DrawDigit}
 */
export function onBoxedPaper(image, random) {
  const mask = inkOfImage(image, someSize(random, 36, 160));
  const size = Math.max(mask.width, mask.height);
  const look = someLook(random, { photo: 0.75, dark: 0.15, angle: 0.7 });
  const cell = { width: size * random.between(1.15, 1.8), height: size * random.between(1.15, 1.8) };
  const [left, top, right, bottom] = sides.map(() => Math.round(size * random.between(-0.04, 0.22)));
  const [width, height] = [Math.round(cell.width) + left + right, Math.round(cell.height) + top + bottom];
  const thickness = Math.max(1, random.between(0.005, 0.04) * Math.max(width, height));
  const [spareX, spareY] = [cell.width - mask.width, cell.height - mask.height];
  const within = (spare) => Math.round(thickness / 2 + random.between(0.1, 0.9) * Math.max(0, spare - thickness));
  const marks = [{ mask, left: left + within(spareX), top: top + within(spareY) }];
  const how = { thickness, colour: someLineColour(look, random, 0.35), angle: someAngle(random) };
  const box = { left, top, right: left + cell.width, bottom: top + cell.height };
  const centre = [width / 2, height / 2];
  const isGrid = random.chance(0.5);
  const gap = random.chance(0.5) ? random.between(0.06, 0.2) * size : 0;
  const boxes = isGrid ? [0] : [-1, 0, 1].map((step) => step * (cell.width + gap));
  const lines = isGrid
    ? [
        ...rules({ width, height }, { ...how, spacing: cell.height, offset: top }),
        ...rules({ width, height }, { ...how, spacing: cell.width, offset: left, upright: true }),
      ]
    : boxes.flatMap((shift) =>
        rectangle({ ...box, left: box.left + shift, right: box.right + shift }, { ...how, centre }),
      );
  return photograph({ width, height, marks, lines }, look, random);
}
