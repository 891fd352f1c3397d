/**
 * The ways in which people write each digit, as strokes of a pen. Every length is a share of the digit's height, x to
 * the right, y down from 0 to about 1. Limits: upright; slant and turn come later.
 */

import { cos, sin } from '../../../dist/numerics/elementary.js';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {[number, number]} Point */
/** @typedef {{ smooth: boolean, points: Point[] }} Piece a curve through its points, or straight lines between them */
/** @typedef {Piece[]} Stroke pieces from pen down to pen up, each beginning where the one before ends */

const turn = 2 * Math.PI;
const curve = (...points) => ({ smooth: true, points });
const lines = (...points) => ({ smooth: false, points });

/** Part of an ellipse from one angle to another in turns, clockwise from its right end. */
function arc(x, y, radiusX, radiusY, from, to) {
  const count = Math.max(4, Math.ceil(Math.abs(to - from) * 10));
  const at = (i) => turn * (from + ((to - from) * i) / count);
  return curve(...Array.from({ length: count + 1 }, (_, i) => [x + radiusX * cos(at(i)), y + radiusY * sin(at(i))]));
}

/** A ring as a pen closes it: it begins near the top and ends a little before or after where it began. */
function ring(r, x, y, radiusX, radiusY) {
  const start = r.between(-0.36, -0.16);
  const way = r.chance(0.75) ? -1 : 1;
  return arc(x, y, radiusX, radiusY, start, start + way * r.between(0.98, 1.06));
}

/** A stroke that is nearly straight: bent by at most a share of its length. */
function nearlyStraight(r, [fromX, fromY], [toX, toY], most = 0.05) {
  const bend = r.between(-most, most);
  const middle = [(fromX + toX) / 2 + bend * (toY - fromY), (fromY + toY) / 2 - bend * (toX - fromX)];
  return curve([fromX, fromY], middle, [toX, toY]);
}

/** The longer the up-stroke, the smaller its angle; under a thick pen it keeps away from the stem. */
function oneWithUpStroke(r, pen, share) {
  const top = r.between(0.3, 0.6);
  const reach = share * r.between(0.32, 0.82 - 0.26 * share) + pen * r.between(0.7, 1.2);
  const foot = [top + r.between(-0.1, 0.09), 1];
  const up = nearlyStraight(r, [top - reach, share], [top, 0], 0.07);
  return [[up, nearlyStraight(r, [top, 0], foot, 0.03)]];
}

const oneWithFlagAndFoot = (r) => {
  const [x, share] = [r.between(0.25, 0.4), r.between(0.14, 0.36)];
  const foot = r.between(-0.03, 0.03);
  return [
    [
      nearlyStraight(r, [x - share * r.between(0.7, 1.2), share], [x, 0]),
      nearlyStraight(r, [x, 0], [x + foot, 1], 0.02),
    ],
    [nearlyStraight(r, [x - r.between(0.18, 0.32), 1], [x + r.between(0.18, 0.32), 1 + r.between(-0.03, 0.03)], 0.03)],
  ];
};

const oneAsBar = (r) => [[nearlyStraight(r, [0.2 + r.between(-0.05, 0.08), 0], [0.2, 1], 0.04)]];

const roundZero = (r) => [[ring(r, 0.35, 0.5, r.between(0.26, 0.42), 0.5)]];

function slashedZero(r) {
  const radius = r.between(0.3, 0.42);
  const reach = r.between(0.55, 1.1);
  const slash = nearlyStraight(
    r,
    [0.4 - radius * reach, 0.5 + 0.43 * reach],
    [0.4 + radius * reach, 0.5 - 0.43 * reach],
  );
  return [[ring(r, 0.4, 0.5, radius, 0.5)], [slash]];
}

/** Both ends come near each other at the top without meeting; one may lie a little lower. */
function zeroOpenAtTop(r) {
  const [radius, gap, middle] = [r.between(0.3, 0.42), r.between(0.05, 0.1), -0.25 + r.between(-0.04, 0.06)];
  const stroke = arc(0.4, 0.5, radius, 0.5, middle - gap / 2, middle + gap / 2 - 1);
  stroke.points[0][1] += r.between(-0.03, 0.03);
  stroke.points.at(-1)[1] += r.between(-0.04, 0.04);
  return [[stroke]];
}

const bowOfTwo = (r) => [
  [r.between(0, 0.08), r.between(0.16, 0.28)],
  [r.between(0.1, 0.16), 0.05],
  [r.between(0.26, 0.34), 0],
  [r.between(0.48, 0.56), 0.09],
  [r.between(0.52, 0.6), r.between(0.22, 0.3)],
  [r.between(0.36, 0.44), r.between(0.5, 0.58)],
];

function twoWithoutLoop(r) {
  const corner = [r.between(-0.02, 0.06), 1];
  const base = nearlyStraight(r, corner, [r.between(0.55, 0.72), 1 + r.between(-0.05, 0.03)], 0.06);
  return [[curve(...bowOfTwo(r), [r.between(0.2, 0.26), 0.78], corner), base]];
}

function twoWithLoop(r) {
  const left = r.between(-0.04, 0.06);
  const high = r.between(0.12, 0.2);
  return [
    [
      curve(
        ...bowOfTwo(r),
        [left + 0.22, 0.84],
        [left + 0.1, 0.97],
        [left, 0.97],
        [left - 0.03, 1 - high * 0.6],
        [left + 0.07, 1 - high],
        [left + 0.22, 0.94 - high * 0.3],
        [left + 0.42, 1],
        [r.between(0.6, 0.72), r.between(0.86, 0.96)],
      ),
    ],
  ];
}

const bellyOfThree = (r, waist) => [
  waist,
  [r.between(0.38, 0.44), waist[1] + 0.04],
  [r.between(0.54, 0.62), r.between(0.66, 0.74)],
  [r.between(0.4, 0.48), 0.94],
  [r.between(0.2, 0.3), 1],
  [r.between(-0.04, 0.04), r.between(0.84, 0.92)],
];

function roundThree(r) {
  const waist = [r.between(0.16, 0.26), r.between(0.43, 0.49)];
  const bow = curve(
    [r.between(0.02, 0.08), r.between(0.08, 0.18)],
    [r.between(0.22, 0.3), 0],
    [r.between(0.48, 0.54), r.between(0.14, 0.24)],
    [0.38, 0.41],
    waist,
  );
  return [[bow, curve(...bellyOfThree(r, waist))]];
}

function threeWithFlatTop(r) {
  const waist = [r.between(0.18, 0.28), r.between(0.36, 0.43)];
  const right = [r.between(0.5, 0.6), r.between(-0.02, 0.03)];
  return [
    [nearlyStraight(r, [r.between(0, 0.08), 0], right, 0.04), lines(right, waist), curve(...bellyOfThree(r, waist))],
  ];
}

/** A corner as of an L, and a stem that stands apart from it but for the crossing. */
function openFour(r) {
  const [left, bar] = [r.between(-0.02, 0.06), r.between(0.54, 0.66)];
  const stem = r.between(0.36, 0.48);
  const top = r.between(0, 0.3);
  return [
    [
      nearlyStraight(r, [r.between(0.1, 0.22), r.between(0, 0.05)], [left, bar], 0.05),
      nearlyStraight(r, [left, bar], [stem + r.between(0.12, 0.24), bar + r.between(-0.05, 0.03)], 0.03),
    ],
    [nearlyStraight(r, [stem + r.between(0, 0.06), top], [stem + r.between(-0.06, 0.02), 1], 0.03)],
  ];
}

function closedFour(r) {
  const [stem, bar] = [r.between(0.4, 0.5), r.between(0.6, 0.7)];
  const top = [stem + r.between(-0.03, 0.02), 0];
  const left = [r.between(-0.04, 0.06), bar];
  const right = [stem + r.between(0.12, 0.24), bar + r.between(-0.03, 0.02)];
  const foot = [stem + r.between(-0.05, 0.03), 1];
  if (r.chance(0.5)) return [[lines(top, left, right)], [nearlyStraight(r, [top[0] + 0.01, 0.01], foot, 0.02)]];
  return [[lines(right, left, top), nearlyStraight(r, top, foot, 0.02)]];
}

function bodyOfFive(r, shoulder) {
  const neck = [shoulder[0] + r.between(-0.08, -0.02), r.between(0.38, 0.46)];
  return [
    nearlyStraight(r, shoulder, neck, 0.04),
    curve(
      neck,
      [r.between(0.24, 0.32), r.between(0.33, 0.39)],
      [r.between(0.5, 0.58), r.between(0.58, 0.7)],
      [r.between(0.36, 0.46), 0.94],
      [r.between(0.16, 0.24), 1],
      [r.between(-0.06, 0.02), r.between(0.86, 0.93)],
    ),
  ];
}

function fiveOfOneStroke(r) {
  const shoulder = [r.between(0.08, 0.16), 0.02];
  const bar = nearlyStraight(r, [r.between(0.48, 0.6), r.between(-0.03, 0.03)], shoulder, 0.05);
  return [[bar, ...bodyOfFive(r, shoulder)]];
}

/** The bar begins to the right of the shoulder or above it, with air between. */
function fiveWithBarApart(r, air) {
  const shoulder = [r.between(0.08, 0.14), r.between(0.03, 0.08)];
  const beside = r.chance(0.6);
  const from = beside
    ? [shoulder[0] + air, shoulder[1] + r.between(-0.06, -0.01)]
    : [shoulder[0] + r.between(-0.06, 0.05), shoulder[1] - air];
  return [
    bodyOfFive(r, shoulder),
    [nearlyStraight(r, from, [from[0] + r.between(0.32, 0.46), from[1] + r.between(-0.06, 0.02)], 0.04)],
  ];
}

const stemOfSix = (r) => [
  [r.between(0.4, 0.54), 0],
  [r.between(0.18, 0.24), r.between(0.24, 0.3)],
  [r.between(0.01, 0.05), r.between(0.58, 0.66)],
  [r.between(0.04, 0.09), 0.88],
  [r.between(0.24, 0.3), 1],
  [r.between(0.46, 0.52), r.between(0.86, 0.9)],
  [r.between(0.5, 0.56), r.between(0.7, 0.76)],
];

const roundSix = (r) => [
  [curve(...stemOfSix(r), [r.between(0.36, 0.44), 0.54], [r.between(0.2, 0.26), 0.54], [0.05, r.between(0.7, 0.78)])],
];

/** The bowl comes round without reaching the stem, by about one pen's width or two. */
const sixNearlyClosed = (r, air) => [
  [curve(...stemOfSix(r), [r.between(0.38, 0.44), 0.55], [0.09 + air, r.between(0.56, 0.64)])],
];

const leftHook = (r) => [
  [r.between(-0.03, 0.03), r.between(0.12, 0.24)],
  [r.between(0, 0.05), r.between(0, 0.03)],
];

function seven(r, { hooked, crossed }) {
  const right = [r.between(0.48, 0.64), r.between(-0.02, 0.03)];
  const foot = [r.between(0.08, 0.3), 1];
  const left = hooked ? leftHook(r) : [[r.between(-0.02, 0.06), r.between(0, 0.04)]];
  const stem = nearlyStraight(r, right, foot, 0.07);
  const top =
    left.length > 1
      ? [lines(...left), nearlyStraight(r, left[1], right, 0.05)]
      : [nearlyStraight(r, left[0], right, 0.05)];
  const strokes = [[...top, stem]];
  if (crossed) {
    const y = r.between(0.42, 0.58);
    const x = right[0] + (foot[0] - right[0]) * y;
    const rise = r.between(-0.04, 0.06);
    strokes.push([
      nearlyStraight(r, [x - r.between(0.13, 0.25), y + rise], [x + r.between(0.12, 0.24), y - rise], 0.03),
    ]);
  }
  return strokes;
}

function eightOfOneStroke(r) {
  const [upper, lower] = [r.between(0.2, 0.26), r.between(0.25, 0.31)];
  const waist = r.between(0.43, 0.48);
  return [
    [
      curve(
        [0.3 + upper * 0.8, r.between(0.1, 0.16)],
        [0.3, 0],
        [0.3 - upper, waist * 0.5],
        [0.3, waist],
        [0.3 + lower, (1 + waist) / 2 + 0.02],
        [0.3, 1],
        [0.3 - lower, (1 + waist) / 2 + 0.02],
        [0.3, waist],
        [0.3 + upper, waist * 0.5],
        [0.3 + upper * 0.6, r.between(0.03, 0.08)],
      ),
    ],
  ];
}

function eightOfTwoCircles(r) {
  const upper = r.between(0.21, 0.25);
  const meet = r.between(-0.02, 0.015);
  const lower = (1 - 2 * upper - meet) / 2;
  const shift = r.between(-0.04, 0.04);
  return [
    [ring(r, 0.3 + shift, upper, upper * r.between(0.85, 1.1), upper)],
    [ring(r, 0.3, 1 - lower, lower * r.between(0.85, 1.1), lower)],
  ];
}

/** The ring of a 9, from its right end at the top round to the right again. */
function ringOfNine(r) {
  const [radiusX, radiusY] = [r.between(0.22, 0.28), r.between(0.22, 0.28)];
  const start = r.between(-0.14, -0.04);
  return { right: 0.28 + radiusX, piece: arc(0.28, radiusY, radiusX, radiusY, start, start - r.between(0.98, 1.04)) };
}

function nineWithStraightStem(r) {
  const { right, piece } = ringOfNine(r);
  const stem = nearlyStraight(
    r,
    [right + r.between(-0.01, 0.02), r.between(0, 0.12)],
    [right + r.between(-0.1, 0.04), 1],
    0.02,
  );
  return [[piece], [stem]];
}

function nineLikeG(r) {
  const { right, piece } = ringOfNine(r);
  const end = piece.points.at(-1);
  return [
    [
      piece,
      curve(
        end,
        [right, 0.4],
        [right - 0.01, r.between(0.66, 0.74)],
        [right - r.between(0.1, 0.14), 0.93],
        [right - r.between(0.24, 0.32), 1],
        [r.between(-0.02, 0.06), r.between(0.82, 0.92)],
      ),
    ],
  ];
}

function curvedNine(r) {
  const { right, piece } = ringOfNine(r);
  return [
    [
      piece,
      curve(
        piece.points.at(-1),
        [right - 0.02, 0.45],
        [right - r.between(0.08, 0.16), 0.75],
        [r.between(0.1, 0.24), 1],
      ),
    ],
  ];
}

/**
 * A form by name: what it draws. The second argument is the pen's width as a share of the height, so that what is apart
 * stays apart under a thick pen.
 * @type {Record<string, (random: RandomNumbers, pen: number) => Stroke[]>}
 */
export const digitForms = {
  'round 0': roundZero,
  'slashed 0': slashedZero,
  '0 open at the top': zeroOpenAtTop,
  '1 with an up-stroke of 25 to 45 %': (r, pen) => oneWithUpStroke(r, pen, r.between(0.25, 0.45)),
  '1 with an up-stroke of 50 %': (r, pen) => oneWithUpStroke(r, pen, 0.5),
  '1 with an up-stroke of 60 %': (r, pen) => oneWithUpStroke(r, pen, 0.6),
  '1 with an up-stroke of 70 %': (r, pen) => oneWithUpStroke(r, pen, 0.7),
  '1 with an up-stroke of 80 %': (r, pen) => oneWithUpStroke(r, pen, 0.8),
  '1 with an up-stroke of 90 %': (r, pen) => oneWithUpStroke(r, pen, 0.9),
  '1 with an up-stroke of 100 %': (r, pen) => oneWithUpStroke(r, pen, 1),
  '1 with flag and foot': oneWithFlagAndFoot,
  '1 as a plain bar': oneAsBar,
  '2 with a loop': twoWithLoop,
  '2 without a loop': twoWithoutLoop,
  'round 3': roundThree,
  '3 with a flat top': threeWithFlatTop,
  '4 open, of two strokes': openFour,
  '4 closed': closedFour,
  '5 of one stroke': fiveOfOneStroke,
  '5 with its bar apart': (r, pen) => fiveWithBarApart(r, pen + r.between(0.02, 0.06)),
  'round 6': roundSix,
  '6 nearly closed': (r, pen) => sixNearlyClosed(r, pen + r.between(0.02, 0.08)),
  '7 plain': (r) => seven(r, {}),
  '7 crossed': (r) => seven(r, { crossed: true }),
  '7 hooked': (r) => seven(r, { hooked: true }),
  '7 crossed and hooked': (r) => seven(r, { crossed: true, hooked: true }),
  '8 of one stroke': eightOfOneStroke,
  '8 of two circles': eightOfTwoCircles,
  '9 with a curved stem': curvedNine,
  '9 with a straight stem': nineWithStraightStem,
  '9 like a g': nineLikeG,
};
