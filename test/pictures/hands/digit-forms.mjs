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
  const up = nearlyStraight(r, [top - reach, share], [top, 0], 0.05);
  return [[up, nearlyStraight(r, [top, 0], foot, 0.03)]];
}

const oneWithFlagAndFoot = (r) => {
  const [x, share] = [r.between(0.25, 0.4), r.between(0.12, 0.5)];
  const foot = x + r.between(-0.06, 0.06);
  const low = 1 + r.between(-0.01, 0.05);
  const [left, right] = [foot - r.between(0.12, 0.4), foot + r.between(0.12, 0.4)];
  return [
    [
      nearlyStraight(r, [x - share * r.between(0.55, 1.25), share], [x, 0], 0.08),
      nearlyStraight(r, [x, 0], [foot, 1], 0.03),
    ],
    [nearlyStraight(r, [left, low + r.between(-0.03, 0.03)], [right, low + r.between(-0.05, 0.03)], 0.05)],
  ];
};

const oneAsBar = (r) => [[nearlyStraight(r, [0.2 + r.between(-0.12, 0.22), 0], [0.2, 1], 0.05)]];

const roundZero = (r) => [[ring(r, 0.35, 0.5, r.between(0.2, 0.52), 0.5)]];

function slashedZero(r) {
  const radius = r.between(0.22, 0.48);
  const reach = r.between(0.5, 1.3);
  const [across, up] = [radius * reach, r.between(0.28, 0.46) * reach];
  return [[ring(r, 0.4, 0.5, radius, 0.5)], [nearlyStraight(r, [0.4 - across, 0.5 + up], [0.4 + across, 0.5 - up])]];
}

/** Both ends come near each other at the top without meeting; one may lie a little lower. */
function zeroOpenAtTop(r) {
  const [radius, gap, middle] = [r.between(0.24, 0.5), r.between(0.06, 0.16), r.between(-0.31, -0.17)];
  const stroke = arc(0.4, 0.5, radius, 0.5, middle - gap / 2, middle + gap / 2 - 1);
  stroke.points[0][1] += r.between(-0.03, 0.03);
  stroke.points.at(-1)[1] += r.between(-0.04, 0.04);
  return [[stroke]];
}

function bowOfTwo(r) {
  const [right, low] = [r.between(0.42, 0.66), r.between(0.16, 0.36)];
  return [
    [r.between(-0.04, 0.1), r.between(0.1, 0.32)],
    [right * 0.22, 0.06],
    [right * 0.52, 0],
    [right * 0.92, low * 0.4],
    [right, low],
    [right * 0.74, r.between(0.48, 0.6)],
  ];
}

function twoWithoutLoop(r) {
  const corner = [r.between(-0.02, 0.06), 1];
  const base = nearlyStraight(r, corner, [r.between(0.45, 0.86), 1 + r.between(-0.1, 0.05)], 0.09);
  return [[curve(...bowOfTwo(r), [r.between(0.2, 0.26), 0.78], corner), base]];
}

function twoWithLoop(r) {
  const left = r.between(-0.04, 0.06);
  const high = r.between(0.12, 0.3);
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
        [r.between(0.54, 0.8), r.between(0.82, 1.02)],
      ),
    ],
  ];
}

function bellyOfThree(r, waist) {
  const right = r.between(0.46, 0.7);
  const middle = (1 + waist[1]) / 2;
  return [
    waist,
    [waist[0] + 0.55 * (right - waist[0]), waist[1] + 0.04],
    [right, middle + r.between(-0.05, 0.03)],
    [right * 0.76, 0.94],
    [right * 0.45, 1],
    [r.between(-0.1, 0.06), r.between(0.78, 0.94)],
  ];
}

function roundThree(r) {
  const waist = [r.between(0.08, 0.3), r.between(0.36, 0.54)];
  const right = r.between(0.4, 0.6);
  const bow = curve(
    [r.between(-0.04, 0.08), r.between(0.06, 0.2)],
    [right * 0.48, 0],
    [right, waist[1] * r.between(0.35, 0.5)],
    [right * 0.78, waist[1] - 0.05],
    waist,
  );
  return [[bow, curve(...bellyOfThree(r, waist))]];
}

function threeWithFlatTop(r) {
  const waist = [r.between(0.1, 0.32), r.between(0.3, 0.46)];
  const right = [r.between(0.44, 0.66), r.between(-0.06, 0.04)];
  return [
    [
      nearlyStraight(r, [r.between(-0.04, 0.08), r.between(-0.03, 0.05)], right, 0.06),
      lines(right, waist),
      curve(...bellyOfThree(r, waist)),
    ],
  ];
}

/** A corner as of an L, and a stem that stands apart from it but for the crossing; some bars end before they cross. */
function openFour(r, pen) {
  const [left, bar] = [r.between(-0.04, 0.08), r.between(0.44, 0.72)];
  const stem = r.between(0.34, 0.56);
  const top = r.between(-0.06, bar - 0.18);
  const end = r.chance(0.35) ? stem - pen - r.between(0, 0.05) : stem + r.between(0.04, 0.36);
  return [
    [
      nearlyStraight(r, [left + r.between(-0.04, 0.22), r.between(0, 0.1)], [left, bar], 0.09),
      nearlyStraight(r, [left, bar], [end, bar + r.between(-0.1, 0.06)], 0.06),
    ],
    [nearlyStraight(r, [stem + r.between(0, 0.12), top], [stem + r.between(-0.1, 0.03), 1], 0.05)],
  ];
}

function closedFour(r) {
  const [stem, bar] = [r.between(0.34, 0.58), r.between(0.5, 0.74)];
  const top = [stem + r.between(-0.04, 0.03), 0];
  const left = [r.between(-0.06, 0.06), bar + r.between(-0.03, 0.03)];
  const right = [stem + r.between(0.06, 0.32), bar + r.between(-0.06, 0.04)];
  const foot = [stem + r.between(-0.08, 0.04), 1];
  const across = nearlyStraight(r, right, left, 0.04);
  if (r.chance(0.5)) return [[across, nearlyStraight(r, left, top, 0.05), nearlyStraight(r, top, foot, 0.02)]];
  const down = nearlyStraight(r, [top[0] + 0.01, r.between(-0.04, 0.04)], foot, 0.02);
  return [[nearlyStraight(r, top, left, 0.05), nearlyStraight(r, left, right, 0.04)], [down]];
}

function bodyOfFive(r, shoulder) {
  const neck = [shoulder[0] + r.between(-0.1, 0), r.between(0.3, 0.5)];
  const right = r.between(0.44, 0.66);
  const belly = (1 + neck[1]) / 2;
  return [
    nearlyStraight(r, shoulder, neck, 0.06),
    curve(
      neck,
      [right * 0.5, neck[1] - r.between(0, 0.1)],
      [right, belly + r.between(-0.07, 0.02)],
      [right * 0.74, 0.94],
      [right * 0.38, 1],
      [r.between(-0.12, 0.04), r.between(0.82, 0.95)],
    ),
  ];
}

function fiveOfOneStroke(r) {
  const shoulder = [r.between(0.08, 0.18), 0.02];
  const bar = nearlyStraight(r, [r.between(0.4, 0.68), r.between(-0.08, 0.05)], shoulder, 0.07);
  return [[bar, ...bodyOfFive(r, shoulder)]];
}

/** The bar begins to the right of the shoulder or above it, with air between. */
function fiveWithBarApart(r, air) {
  const shoulder = [r.between(0.06, 0.16), r.between(0.03, 0.1)];
  const from = r.chance(0.6)
    ? [shoulder[0] + air, shoulder[1] + r.between(-0.08, 0)]
    : [shoulder[0] + r.between(-0.06, 0.06), shoulder[1] - air];
  return [
    bodyOfFive(r, shoulder),
    [nearlyStraight(r, from, [from[0] + r.between(0.26, 0.52), from[1] + r.between(-0.1, 0.03)], 0.06)],
  ];
}

/** From the top down the left side and round the bowl to its right end; `bowl` is where the bowl's top lies. */
function stemOfSix(r, bowl) {
  const right = r.between(0.42, 0.62);
  const middle = (1 + bowl) / 2;
  return {
    right,
    middle,
    points: [
      [r.between(0.26, 0.6), r.between(0, 0.03)],
      [r.between(0.16, 0.24), r.between(0.24, 0.32)],
      [r.between(0, 0.05), r.between(0.55, 0.66)],
      [0.07, 0.88],
      [right * 0.5, 1],
      [right * 0.92, (1 + middle) / 2 + 0.02],
      [right, middle],
    ],
  };
}

function roundSix(r) {
  const bowl = r.between(0.36, 0.64);
  const { right, middle, points } = stemOfSix(r, bowl);
  return [[curve(...points, [right * 0.76, bowl + 0.01], [right * 0.44, bowl], [r.between(0.02, 0.1), middle])]];
}

/** The bowl comes round without reaching the stem, by about one pen's width or two. */
function sixNearlyClosed(r, air) {
  const bowl = r.between(0.38, 0.62);
  const { right, points } = stemOfSix(r, bowl);
  return [[curve(...points, [right * 0.74, bowl + 0.01], [0.08 + air, bowl + r.between(0, 0.08)])]];
}

/** Every 7 has its top and its stem; a hook is a serif at the left, a cross a bar through the stem. */
function seven(r, pen, { hooked, crossed }) {
  // With neither, a short roof would be the flag of a 1.
  const right = [r.between(hooked || crossed ? 0.4 : 0.54, 0.78) + 0.5 * pen, r.between(-0.12, 0.06)];
  const foot = [right[0] * r.between(0, 0.95), 1];
  const left = [r.between(-0.02, 0.08), r.between(-0.01, 0.06)];
  const top = nearlyStraight(r, left, right, 0.08);
  const hook = lines([left[0] + r.between(-0.08, 0.03), left[1] + r.between(0.1, 0.34)], left);
  const strokes = [[...(hooked ? [hook] : []), top, nearlyStraight(r, right, foot, 0.1)]];
  if (crossed) {
    const y = r.between(0.32, 0.6);
    const x = right[0] + (foot[0] - right[0]) * y;
    const rise = r.between(-0.08, 0.14);
    const [from, to] = [x - pen - r.between(0.06, 0.3), x + pen + r.between(0.06, 0.3)];
    strokes.push([nearlyStraight(r, [from, y + rise], [to, y - rise], 0.06)]);
  }
  return strokes;
}

function eightOfOneStroke(r) {
  const [upper, lower] = [r.between(0.15, 0.3), r.between(0.2, 0.36)];
  const waist = r.between(0.36, 0.54);
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

function eightOfTwoCircles(r, pen) {
  const upper = r.between(0.17, 0.27);
  // Above 0 there is air between the rings.
  const meet = r.chance(0.3) ? pen + r.between(0, 0.03) : r.between(-0.05, pen);
  const lower = (1 - 2 * upper - meet) / 2;
  return [
    [ring(r, 0.3 + r.between(-0.08, 0.1), upper, upper * r.between(0.75, 1.3), upper)],
    [ring(r, 0.3, 1 - lower, lower * r.between(0.75, 1.25), lower)],
  ];
}

/** The ring of a 9, from its right end at the top round to the right again; it may stay a little open. */
function ringOfNine(r) {
  const radiusY = r.between(0.17, 0.31);
  const radiusX = Math.min(0.28, radiusY * r.between(0.75, 1.25));
  const start = r.between(-0.14, -0.04);
  return { right: 0.28 + radiusX, piece: arc(0.28, radiusY, radiusX, radiusY, start, start - r.between(0.93, 1.05)) };
}

function nineWithStraightStem(r) {
  const { right, piece } = ringOfNine(r);
  const top = [right + r.between(-0.02, 0.03), r.between(-0.06, 0.12)];
  return [[piece], [nearlyStraight(r, top, [right + r.between(-0.13, 0.06), 1], 0.02)]];
}

function nineLikeG(r) {
  const { right, piece } = ringOfNine(r);
  return [
    [
      piece,
      curve(
        piece.points.at(-1),
        [right + r.between(-0.02, 0.03), 0.42],
        [right - r.between(0, 0.06), r.between(0.64, 0.76)],
        [right - r.between(0.1, 0.16), 0.93],
        [right - r.between(0.24, 0.36), 1],
        [right - r.between(0.36, 0.72), r.between(0.66, 0.94)],
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
  '5 with its bar apart': (r, pen) => fiveWithBarApart(r, pen + r.between(0.02, 0.09)),
  'round 6': roundSix,
  '6 nearly closed': (r, pen) => sixNearlyClosed(r, pen + r.between(0.02, 0.13)),
  '7 plain': (r, pen) => seven(r, pen, {}),
  '7 crossed': (r, pen) => seven(r, pen, { crossed: true }),
  '7 hooked': (r, pen) => seven(r, pen, { hooked: true }),
  '7 crossed and hooked': (r, pen) => seven(r, pen, { crossed: true, hooked: true }),
  '8 of one stroke': eightOfOneStroke,
  '8 of two circles': eightOfTwoCircles,
  '9 with a curved stem': curvedNine,
  '9 with a straight stem': nineWithStraightStem,
  '9 like a g': nineLikeG,
};
