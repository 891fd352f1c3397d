/**
 * Digits in the hands of many people, for measuring: named habits, the mixed ways of writing of some countries, and pens
 * from a thin pencil to a brush, on paper as a phone photographs it. Of another making than what is trained on: other
 * skeletons, another spline, other pens and paper; they share random numbers and nothing else. Same seed, same bytes.
 * Limits: one digit a picture, with paper all around it.
 */

import { cos, sin } from '../../../dist/numerics/elementary.js';
import { RandomNumbers } from '../../../pretrained/drawing/random-numbers.mjs';
import { digitForms } from './digit-forms.mjs';
import { coverOfStrokes, drawStroke, pens, wandering } from './pen-strokes.mjs';
import { photographSheet, someCamera } from './photo-of-sheet.mjs';

/** @typedef {{ width: number, height: number, data: Uint8Array }} Picture */
/** @typedef {{ digits: Record<number, string[]>, pen?: string, slant?: [number, number] }} Habit forms by digit */

/** What a digit is written like where a habit says nothing else. */
const plainForms = {
  0: ['round 0'],
  1: ['1 with an up-stroke of 25 to 45 %', '1 with flag and foot', '1 as a plain bar'],
  2: ['2 without a loop', '2 with a loop'],
  3: ['round 3'],
  4: ['4 open, of two strokes', '4 closed'],
  5: ['5 of one stroke'],
  6: ['round 6'],
  7: ['7 plain'],
  8: ['8 of one stroke'],
  9: ['9 with a curved stem', '9 with a straight stem'],
};

/** Each form that is a habit by itself, with the digit it stands for. */
const formHabits = Object.fromEntries(
  [
    '1 with an up-stroke of 50 %',
    '1 with an up-stroke of 60 %',
    '1 with an up-stroke of 70 %',
    '1 with an up-stroke of 80 %',
    '1 with an up-stroke of 90 %',
    '1 with an up-stroke of 100 %',
    '1 with flag and foot',
    '1 as a plain bar',
    '7 crossed',
    '7 hooked',
    '7 crossed and hooked',
    '4 open, of two strokes',
    '4 closed',
    '9 like a g',
    '9 with a straight stem',
    '2 with a loop',
    '2 without a loop',
    'slashed 0',
    '0 open at the top',
    '5 with its bar apart',
    '8 of two circles',
    '6 nearly closed',
    '3 with a flat top',
  ].map((name) => [
    name,
    // A 1 that leans back is no longer one but a roof.
    { digits: { [Number(/\d/.exec(name)[0])]: [name] }, slant: name.includes('up-stroke') ? [-0.05, 0.32] : undefined },
  ]),
);

/** @type {Record<string, Habit>} */
const table = {
  ...formHabits,
  'Swiss hands': {
    digits: {
      ...plainForms,
      1: ['1 with an up-stroke of 25 to 45 %', '1 with an up-stroke of 50 %', '1 with an up-stroke of 60 %'],
      4: ['4 open, of two strokes'],
      7: ['7 crossed', '7 crossed and hooked'],
    },
  },
  'German hands': {
    digits: {
      ...plainForms,
      1: ['1 with an up-stroke of 60 %', '1 with an up-stroke of 70 %', '1 with an up-stroke of 80 %'],
      4: ['4 open, of two strokes'],
      7: ['7 crossed and hooked', '7 crossed'],
      9: ['9 like a g'],
    },
  },
  'French hands': {
    slant: [0.05, 0.4],
    digits: {
      ...plainForms,
      1: ['1 with an up-stroke of 80 %', '1 with an up-stroke of 90 %', '1 with an up-stroke of 100 %'],
      2: ['2 with a loop'],
      4: ['4 open, of two strokes', '4 closed'],
      5: ['5 with its bar apart', '5 of one stroke'],
      7: ['7 crossed and hooked'],
      9: ['9 like a g'],
    },
  },
  'US hands': {
    digits: {
      ...plainForms,
      0: ['round 0', 'slashed 0', '0 open at the top'],
      1: ['1 as a plain bar', '1 with flag and foot'],
      2: ['2 without a loop', '2 with a loop'],
      4: ['4 closed', '4 open, of two strokes'],
      8: ['8 of one stroke', '8 of two circles'],
      9: ['9 with a straight stem'],
    },
  },
  'Indian hands': {
    slant: [-0.15, 0.3],
    digits: {
      ...plainForms,
      1: ['1 as a plain bar', '1 with an up-stroke of 25 to 45 %'],
      2: ['2 with a loop'],
      3: ['round 3', '3 with a flat top'],
      5: ['5 with its bar apart', '5 of one stroke'],
      6: ['6 nearly closed', 'round 6'],
      7: ['7 hooked', '7 plain'],
      9: ['9 like a g', '9 with a curved stem'],
    },
  },
  ...Object.fromEntries(Object.keys(pens).map((pen) => [`all digits with a ${pen}`, { digits: plainForms, pen }])),
};

/** The names of all habits. @type {readonly string[]} */
export const habits = Object.keys(table);

/** Slants, turns, stretches and shakes the strokes of a form, then puts their middle at (0, 0). */
function byThisHand(strokes, [leastSlant, mostSlant], random) {
  const slant = random.between(leastSlant, mostSlant);
  const angle = 0.07 * random.bell();
  const wide = random.between(0.65, 1.4);
  const [drift, shake] = [random.between(0, 0.06), random.between(0, 0.006)];
  const [c, s] = [cos(angle), sin(angle)];
  const moved = strokes.map((stroke) => {
    const drifts = { x: wandering(random), y: wandering(random) };
    return stroke.map((point, i) => {
      const share = i / (stroke.length - 1);
      const x = point.x * wide - slant * (point.y - 0.5) + drift * drifts.x(share) + shake * random.bell();
      const y = point.y + drift * drifts.y(share) + shake * random.bell();
      return { ...point, x: c * x - s * y, y: s * x + c * y };
    });
  });
  const edges = (axis) => {
    const values = moved.flat().map((point) => point[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [[left, right], [top, bottom]] = [edges('x'), edges('y')];
  const centred = moved.map((stroke) =>
    stroke.map((point) => ({ ...point, x: point.x - (left + right) / 2, y: point.y - (top + bottom) / 2 })),
  );
  return { strokes: centred, width: right - left, height: bottom - top };
}

function draw(habit, index, random) {
  const { digits, slant = [-0.2, 0.42], pen: chosen } = table[habit];
  const names = Object.keys(digits);
  const digit = Number(names[index % names.length]);
  const form = random.choose(digits[digit]);
  const { width: widths, colours, ...kindOfPen } = pens[chosen ?? random.choose(Object.keys(pens))];
  const pen = { ...kindOfPen, width: random.between(widths[0], widths[1]) };
  const hand = byThisHand(
    digitForms[form](random, pen.width).map((stroke) => drawStroke(stroke, pen, random)),
    slant,
    random,
  );
  const size = random.between(34, 140);
  // No thinner than a camera shows a line.
  const thickest = Math.max(1, 1.7 / (size * pen.width));
  const [width, height] = [hand.width, hand.height].map((length) =>
    Math.round(size * (length + pen.width + random.between(0.7, 1.3))),
  );
  const camera = someCamera(random, width, height);
  const room = (length, whole) => 0.5 * (whole - size * (length + pen.width)) - 0.3 * size;
  const [atX, atY] = [
    room(hand.width, width) * random.between(-1, 1),
    room(hand.height, height) * random.between(-1, 1),
  ];
  const inPhoto = hand.strokes.map((stroke) =>
    stroke.map(({ x, y, radius, ink }) => {
      const [photoX, photoY, scale] = camera.toPhoto(atX + x * size, atY + y * size);
      return { x: photoX, y: photoY, radius: radius * size * thickest * scale, ink };
    }),
  );
  const cover = coverOfStrokes(inPhoto, width, height, random.between(1, 1.8));
  const ink = { colour: random.choose(colours), grain: pen.grain, digitHeight: size };
  return { digit, habit, picture: photographSheet({ width, height, cover, camera }, ink, random) };
}

/**
 * @param {string} habit one of `habits`
 * @param {number} count how many pictures; where a habit has all ten digits, each as often
 * @param {number} seed an integer from 0 to 2^32 - 1; picture i depends on habit, seed and i alone
 * @returns {Generator<{ digit: number, habit: string, picture: Picture }>}
 */
export function* drawnHands(habit, count, seed) {
  const which = habits.indexOf(habit);
  if (which < 0) throw new Error(`Unknown habit: expected one of ${habits.join('; ')}. Received: ${habit}.`);
  for (let index = 0; index < count; index++) {
    yield draw(habit, index, new RandomNumbers(seed, which, index, 1210));
  }
}
