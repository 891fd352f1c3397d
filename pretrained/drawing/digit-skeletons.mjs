/**
 * Skeletons (see strokes.mjs) of digits as hands write them in different countries: fixed ones, and forms whose
 * proportions are drawn by lot.
 */

import { cos, sin } from '../../dist/numerics/elementary.js';

/** @typedef {import('./random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {string | ((random: RandomNumbers) => string)} Form a skeleton, or what draws one */

const turn = 2 * Math.PI;
const write = (...numbers) => numbers.map((number) => Math.round(number * 100) / 100).join(' ');

/** Part of an ellipse as a curve, from one share of a turn to another, clockwise from its right end. */
function arc(x, y, radiusX, radiusY, from, to) {
  const points = Array.from({ length: 9 }, (_, i) => {
    const angle = turn * (from + ((to - from) * i) / 8);
    return [x + radiusX * cos(angle), y + radiusY * sin(angle)];
  });
  return `~${write(...points.flat())}`;
}

/**
 * A 1 whose up-stroke is anything from a dot to longer than the stem, steep or flat, straight or bent. The longer it is
 * the steeper, lest it become the roof of a 7.
 */
function oneWithUpStroke(random, shortest = 0, longest = 10.5) {
  const long = random.between(shortest, longest);
  const reach = 0.4 + long * random.between(0.18, 1 - 0.045 * long);
  const foot = random.between(-1.7, 1.7);
  const bend = random.chance(0.4) ? random.between(-0.7, 0.7) : 0;
  const up = write(5 - reach, long, 5 - reach / 2 + bend, long / 2 + bend / 2, 5, 0);
  const down = write(5, 0, 5 + foot / 2 + random.between(-0.3, 0.3), 5, 5 + foot, 10);
  return `~${up}|~${down}`;
}

function oneWithFoot(random) {
  const long = random.between(0, 5.5);
  const [left, right] = [random.between(0.8, 4.2), random.between(5.8, 9.2)];
  const low = 10 + random.between(-0.1, 0.6);
  const flag = write(5 - long * random.between(0.4, 1.15), long, 5, 0, 5 + random.between(-0.6, 0.6), 10);
  return `${flag}|${write(left, low, right, low + random.between(-0.5, 0.5))}`;
}

/** With serifs at both ends, as some print it. */
const oneWithSerifs = (random) =>
  `${write(5 - random.between(0.8, 2.5), random.between(0.2, 1.2), 5, 0, 5, 10)}|${write(3, 10, 7, 10)}`;

/** The stroke through it may be short, or reach far beyond the ring; it rises to the right, rarely to the left. */
function slashedZero(random) {
  const [wide, reach] = [random.between(2, 5), random.between(0.45, 1.4)];
  const [across, up] = [wide * reach * (random.chance(0.05) ? -1 : 1), 5 * reach * random.between(0.5, 1)];
  return `o 5 5 ${write(wide, 5)}|${write(5 - across, 5 + up, 5 + across, 5 - up)}`;
}

function openZero(random) {
  const [gap, middle] = [random.between(0.03, 0.15), -0.25 + random.between(-0.1, 0.1)];
  return arc(5, 5, random.between(2.2, 5), 5, middle - gap / 2, middle + gap / 2 - 1);
}

/** Ends beyond its beginning, inside or outside. */
function overlappingZero(random) {
  const start = random.between(-0.4, -0.05);
  return `${arc(5, 5, random.between(2, 4.8), 5, start, start - 0.97)} ${write(5 + random.between(-1, 2), random.between(-0.5, 1.5))}`;
}

function two(random, end) {
  const [right, low] = [random.between(6, 9), random.between(1.8, 4)];
  const bow = write(random.between(0.3, 2), random.between(1.2, 3.6), 4, 0, right, low / 3, right, low);
  return `~${bow} ${write(right * 0.62, 6)} ${end}`;
}

const twoWithoutLoop = (random) => {
  const left = random.between(0.5, 2);
  const base = write(left, 10, random.between(6.5, 10.5), 10 + random.between(-1.2, 0.5));
  return `${two(random, write(left, 10))}|${base}`;
};

function twoWithLoop(random) {
  const [left, high] = [random.between(0.3, 1.6), random.between(1, 3)];
  const loop = write(left + 1.3, 9.4, left, 9.6, left + 0.2, 10 - high, left + 1.8, 10 - high * 0.8, left + 4, 9.8);
  return two(random, `${loop} ${write(random.between(7, 10), random.between(8, 10))}`);
}

/** Two that is all corners, as a Z with a bent back. */
const twoLikeZ = (random) =>
  `~${write(1, random.between(0, 1.5), 5, 0, 8.5, random.between(0, 1.2))}|~${write(8.5, 0.8, 5.5, 5, 1.5, 10)}|${write(1.5, 10, 9, 10)}`;

function three(random, top, waistX, waistY) {
  const right = random.between(6.5, 9.3);
  const belly = write(right * 0.8, waistY + 0.7, right, (10 + waistY) / 2, right * 0.7, 9.7, 4, 10);
  return `${top}|~${write(waistX, waistY)} ${belly} ${write(random.between(0, 2), random.between(8, 9.5))}`;
}

function threeWithFlatTop(random) {
  const [x, y] = [random.between(2.5, 5), random.between(3, 4.8)];
  const top = write(
    random.between(0.5, 2),
    random.between(-0.3, 0.6),
    random.between(6.5, 9),
    random.between(-0.7, 0.4),
    x,
    y,
  );
  return three(random, top, x, y);
}

function roundThree(random) {
  const [x, y, right] = [random.between(1.8, 4.8), random.between(3.6, 5.6), random.between(6, 8.8)];
  const top = write(
    random.between(0.3, 2),
    random.between(0.6, 2.4),
    right * 0.55,
    0,
    right,
    y * 0.42,
    right * 0.7,
    y * 0.9,
    x,
    y,
  );
  return three(random, `~${top}`, x, y);
}

function openFour(random) {
  const [left, bar, stem] = [random.between(0, 2), random.between(4.2, 7.4), random.between(5, 8)];
  const corner = write(
    left + random.between(-0.2, 3),
    random.between(0, 1),
    left,
    bar,
    stem + random.between(0.4, 3.5),
    bar + random.between(-1, 0.5),
  );
  const down = write(
    stem + random.between(-0.2, 1.2),
    random.between(-0.5, bar - 2),
    stem + random.between(-1.2, 0.3),
    10,
  );
  return `${corner}|${down}`;
}

/** The corner round, as of a u, in one stroke with the stem or in two. */
function roundOpenFour(random) {
  const [left, bar, stem] = [random.between(0.5, 2), random.between(4, 6), random.between(5.5, 8)];
  const bowl = write(
    left + random.between(0, 1),
    0.3,
    left,
    bar * 0.6,
    left + 1.5,
    bar,
    stem,
    bar + random.between(-0.6, 0.6),
  );
  return `~${bowl}|${write(stem, random.between(0, 2), stem + random.between(-1, 0.4), 10)}`;
}

function closedFour(random) {
  const [stem, bar, left] = [random.between(5, 7.8), random.between(5, 7.6), random.between(0, 1.5)];
  const triangle = write(stem, 0, left, bar, stem + random.between(0.5, 3.2), bar + random.between(-0.5, 0.4));
  return `${triangle}|${write(stem + random.between(-0.3, 0.3), random.between(-0.5, 0.8), stem + random.between(-0.9, 0.5), 10)}`;
}

function bodyOfFive(random, x, y) {
  const [neck, right] = [random.between(3, 5), random.between(6.5, 9)];
  const belly = write(right * 0.55, neck - random.between(0, 0.9), right, (10 + neck) / 2, right * 0.72, 9.7, 3.8, 10);
  return `${write(x, y, x - random.between(0, 0.9), neck)}|~${write(x - 0.4, neck)} ${belly} ${write(random.between(0, 1.8), random.between(8.3, 9.6))}`;
}

function fiveWithBarApart(random) {
  const [x, air] = [random.between(1.5, 3), random.between(0.3, 1.8)];
  const beside = random.chance(0.6);
  const [fromX, fromY] = beside ? [x + air, random.between(-0.4, 0.6)] : [x + random.between(-0.8, 0.8), -air];
  return `${bodyOfFive(random, x, 0.5)}|${write(fromX, fromY, fromX + random.between(2.5, 5.8), fromY + random.between(-0.9, 0.4))}`;
}

const fiveOfOneStroke = (random) => {
  const x = random.between(1.5, 3);
  return `${write(random.between(6, 9.5), random.between(-0.8, 0.5), x, 0.2)}|${bodyOfFive(random, x, 0.2)}`;
};

/** The bowl of a 6 ends at the stem, short of it or beyond; the stem is straight or curls over at the top. */
function six(random) {
  const [bowl, right] = [random.between(3.4, 6.6), random.between(6.5, 8.8)];
  const top = random.chance(0.3)
    ? write(random.between(6.5, 8.5), random.between(0.6, 2), random.between(5, 6.3), 0)
    : write(random.between(4, 8.5), 0);
  const down = write(
    random.between(2.6, 3.8),
    3,
    1.6,
    6.3,
    2.2,
    8.9,
    4.7,
    10,
    right * 0.93,
    8.9,
    right,
    (10 + bowl) / 2,
  );
  const end = random.between(0.8, 4.2);
  return `~${top} ${down} ${write(right * 0.8, bowl + 0.1, (right + end) / 2 - 0.5, bowl, end, bowl + random.between(0, 1.6))}`;
}

function seven(random, hooked, crossed) {
  const [right, roof] = [random.between(4.8, 9.8), random.between(-1, 0.6)];
  const foot = random.between(0.3, 0.95 * right);
  const hook = hooked ? `${write(1 + random.between(-0.8, 0.5), random.between(0.9, 3.2))} ` : '';
  const stem = `~${write(right, roof, (right + foot) / 2 + random.between(-0.9, 0.7), 5, foot, 10)}`;
  const y = random.between(3, 6.6);
  const x = right + (foot - right) * (y / 10);
  const [half, rise] = [random.between(1, 3.6), random.between(-0.8, 1.3)];
  const bar = crossed ? `|${write(x - half, y + rise, x + half * random.between(0.7, 1.2), y - rise)}` : '';
  return `${hook}${write(1, random.between(-0.2, 0.6), right, roof)}|${stem}${bar}`;
}

function eightOfTwoCircles(random) {
  const [upper, apart] = [random.between(1.8, 2.8), random.between(-0.5, 0.4)];
  const lower = (10 - 2 * upper - apart) / 2;
  const shift = random.between(-0.7, 0.9);
  const ring = (x, y, radius) =>
    arc(x, y, radius * random.between(0.7, 1.35), radius, -0.3, -0.3 - random.between(0.92, 1.05));
  return `${ring(5 + shift, upper, upper)}|${ring(5, 10 - lower, lower)}`;
}

/** One stroke that crosses itself at the waist; its ends at the top may stay apart. */
function eight(random) {
  const [upper, lower, waist] = [random.between(1.5, 3.2), random.between(2, 3.9), random.between(3.5, 5.6)];
  const down = write(
    5 + upper * random.between(0.5, 1),
    random.between(0.5, 1.9),
    5,
    0,
    5 - upper,
    waist / 2,
    5,
    waist,
  );
  const round = write(5 + lower, (10 + waist) / 2, 5, 10, 5 - lower, (10 + waist) / 2, 5, waist);
  return `~${down} ${round} ${write(5 + upper, waist * 0.55, 5 + upper * random.between(0.3, 0.9), random.between(0, 1))}`;
}

/** A ring that may stay open, and a stem by lot: straight, curved, or with the tail of a g. */
function nine(random, tail) {
  const [wide, high] = [random.between(1.6, 3.2), random.between(1.6, 3.4)];
  const start = random.between(-0.16, 0);
  const ring = arc(4.5, high, wide, high, start, start - random.between(0.9, 1.06));
  const right = 4.5 + wide;
  const stems = {
    straight: () =>
      write(right + random.between(-0.3, 0.4), random.between(-0.7, 1.6), right + random.between(-2, 0.8), 10),
    curved: () =>
      `~${write(right, high * 0.7, right - random.between(0, 0.6), 5.5, right - random.between(1, 4.5), 10)}`,
    likeG: () =>
      `~${write(right, high * 0.8, right + random.between(-0.3, 0.3), 5, right - 0.4, random.between(6.5, 8), right - 1.4, 9.4, right - random.between(2.4, 3.8), 10, right - random.between(4, 6.8), random.between(7.4, 9.5))}`,
  };
  return `${ring}|${stems[tail]()}`;
}

/** By digit; what comes more than once is drawn as often. The plainest, a fixed one, comes first. @type {readonly (readonly Form[])[]} */
export const digitSkeletons = [
  [
    'o 5 5 3.5 5',
    'o 5 5 4.5 5',
    '~5.5 0 2 2 1.5 6 4.5 10 8 7.5 8.3 3 5.5 0 4 0.5',
    slashedZero,
    slashedZero,
    slashedZero,
    openZero,
    overlappingZero,
  ],
  [
    '3 2 5.5 0 5.5 10',
    '5 0 5 10',
    oneWithUpStroke,
    oneWithUpStroke,
    oneWithUpStroke,
    oneWithUpStroke,
    (random) => oneWithUpStroke(random, 7.5),
    (random) => oneWithUpStroke(random, 7.5),
    (random) => oneWithUpStroke(random, 0, 4),
    (random) => write(5, 0, 5 + random.between(-3, 1), 10),
    oneWithFoot,
    oneWithSerifs,
  ],
  [
    '~1.5 2.5 4 0 8 1 8 4 4 7.5 1 10|1 10 9 10',
    '~1.5 2.5 4 0 8 1 8 4 4.5 8 2 9.7 1 8.7 2.2 7.8 5 9 8 10 9.3 9',
    twoWithoutLoop,
    twoWithoutLoop,
    twoWithLoop,
    twoWithLoop,
    twoLikeZ,
  ],
  [
    '~1.5 1 5 0 8.5 2 4.5 4.7 9 7.3 5.5 10 1 8.7',
    '~1.5 1.5 5 0 8 2 5.5 4.5|~5.5 4.5 8.7 6.5 7 9.5 4 10 1.5 8.8',
    threeWithFlatTop,
    threeWithFlatTop,
    roundThree,
    roundThree,
  ],
  ['6.5 10 6.5 0 0.5 6.7 9.5 6.7', openFour, openFour, roundOpenFour, closedFour, closedFour],
  [
    '8.5 0 2.5 0 2 4.5|~2 4.5 6 3.7 9 6.5 6.5 9.7 1.5 9.3',
    '~8.5 0.3 3 0.3 2.5 4.3 7 4.5 8.5 7 6 10 1.5 9.3',
    fiveWithBarApart,
    fiveWithBarApart,
    fiveOfOneStroke,
    fiveOfOneStroke,
  ],
  [
    '~7.5 0 3.5 3.5 1.8 7.5 5 10 8.3 7.5 6 5 2 7',
    '~8 0.7 5 0.5 2 5 2.3 8.8 5.5 10 8.2 7.8 6 5.5 2.5 6.5',
    six,
    six,
    six,
  ],
  [
    '1 0 9 0 4 10',
    '~1 0.5 5 0.3 9 0 6.5 4 5 10',
    (random) => seven(random, false, false),
    (random) => seven(random, true, false),
    (random) => seven(random, false, true),
    (random) => seven(random, true, true),
  ],
  [
    '~5 4.7 2 2.5 5 0 8 2.5 5 4.7 1.5 7.5 5 10 8.5 7.5 5 4.7',
    '~8 1.5 5 0 2.2 2 5 4.7 8.3 7.5 5 10 1.8 7.8 5 4.8 8 1.5',
    'o 5 2.4 2.6 2.4|o 5 7.3 3.3 2.7',
    eightOfTwoCircles,
    eightOfTwoCircles,
    eight,
    eight,
  ],
  [
    '~8 3 5 5.5 2 3 5 0 8 2.5 8 6 6.5 10',
    '~8 2.5 5 0 2 2.5 4.5 5.3 8 3 7.5 7.5 5 10 2 9',
    (random) => nine(random, 'straight'),
    (random) => nine(random, 'straight'),
    (random) => nine(random, 'curved'),
    (random) => nine(random, 'likeG'),
    (random) => nine(random, 'likeG'),
  ],
];
