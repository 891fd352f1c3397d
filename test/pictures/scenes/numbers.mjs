/**
 * Pictures of numbers written with digits of MNIST: apart, touching, faint beside dark, in boxes, in lines and grids, on
 * a slant, with signs. Limits: digits of one number have about one size.
 */

import { cos, exp, log, sin } from '../../../dist/numerics/elementary.js';
import { rectangle } from './lines.mjs';
import { contrastBetween, mix, someLineColour, someLook } from './looks.mjs';
import { photograph } from './sheet.mjs';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {import('./sheet.mjs').Mark} Mark */
/** @typedef {import('./sheet.mjs').Picture} Picture */
/** @typedef {(random: RandomNumbers, size: number) => { digit: number, mask: import('./sheet.mjs').Mark['mask'] }} Pick any digit, `size` pixels along its longer side */
/**
 * @typedef {(pick: Pick, random: RandomNumbers) => { digits: string, signs: number, picture: Picture }} DrawNumber `signs`
 *   is how many marks there are that are no digits
 */

const degree = 0.017453292519943295;
const [shortest, longest] = [2, 8];
/** Digits' longer side, and the most that the widest number takes; pixels. */
const [smallest, largest, widest] = [26, 110, 640];
/** Between two inks, of the left one's width; what is less than two pixels is not seen. */
const [leastGap, leastPixels] = [0.05, 2];

const someSize = (random, count) =>
  Math.round(smallest * exp(random.between(0, log(Math.min(largest, widest / count) / smallest))));

/** Contrast of faint ink before the light falls on it, grey levels. */
const leastFaint = 25;

const widthOf = (line) => Math.max(...line.map(({ mask, left }) => left + mask.width));

/**
 * One line of digits on a base line at 0, which their feet miss by a few hundredths of the size.
 * @param {{ count: number, size: number, gap: [number, number] }} how gaps between inks as shares of the left digit's
 *   width
 */
function writeLine(pick, random, { count, size, gap: [narrowest, widestGap] }) {
  const usual = random.between(narrowest, widestGap);
  let left = 0;
  return Array.from({ length: count }, () => {
    const { digit, mask } = pick(random, size * random.between(0.92, 1.06));
    const mark = { digit, mask, left, top: Math.round(size * random.between(-0.05, 0.05)) - mask.height };
    left += mask.width + Math.max(leastPixels, Math.ceil(mask.width * usual * random.between(1, 1.5)));
    return mark;
  });
}

/** Around all marks some paper; their places are moved to the picture's. */
function around(marks, size, random, [least, most] = [0.1, 0.8]) {
  const [left, top, right, bottom] = [0, 1, 2, 3].map(() => Math.round(size * random.between(least, most)));
  const leftmost = Math.min(...marks.map((mark) => mark.left));
  const topmost = Math.min(...marks.map((mark) => mark.top));
  const moved = marks.map((mark) => ({ ...mark, left: mark.left - leftmost + left, top: mark.top - topmost + top }));
  const width = widthOf(moved) + right;
  return { width, height: Math.max(...moved.map((mark) => mark.top + mark.mask.height)) + bottom, marks: moved };
}

const digitsOf = (marks) => marks.flatMap(({ digit }) => (digit === undefined ? [] : [digit])).join('');

/** Marks in the order of reading; those without a digit are signs. */
function numberOf(marks, size, random, look = someLook(random, { photo: 0.65, dark: 0.25, angle: 0.25 })) {
  const digits = digitsOf(marks);
  return {
    digits,
    signs: marks.length - digits.length,
    picture: photograph(around(marks, size, random), look, random),
  };
}

function someLine(pick, random, gap, least = shortest) {
  const count = random.integer(least, longest);
  const size = someSize(random, count);
  return { size, line: writeLine(pick, random, { count, size, gap }) };
}

/** @type {DrawNumber} */
export function withGaps(pick, random) {
  const { size, line } = someLine(pick, random, [leastGap, 0.6]);
  return numberOf(line, size, random);
}

/** The least distance between two inks along any row of pixels; undefined where they share none. */
function distanceBetween(one, other) {
  const ends = ({ mask, left, top }, fromRight) => {
    const found = new Map();
    for (let y = 0; y < mask.height; y++) {
      for (let step = 0; step < mask.width; step++) {
        const x = fromRight ? mask.width - 1 - step : step;
        if (!(mask.cover[y * mask.width + x] >= 0.5)) continue;
        found.set(top + y, left + x);
        break;
      }
    }
    return found;
  };
  const right = ends(one, true);
  const gaps = [...ends(other, false)].flatMap(([y, x]) => (right.has(y) ? [x - right.get(y) - 1] : []));
  return gaps.length > 0 ? Math.min(...gaps) : undefined;
}

/**
 * One pair is moved together until its inks touch, by a pen's width at most; pairs that would slide under each other are
 * written anew.
 * @type {DrawNumber}
 */
export function withTouchingPair(pick, random) {
  for (;;) {
    const { size, line } = someLine(pick, random, [0.12, 0.5]);
    const second = random.integer(1, line.length - 1);
    const distance = distanceBetween(line[second - 1], line[second]);
    if (distance === undefined) continue;
    const shift = distance + Math.round(size * random.between(0.01, 0.05));
    const overlap = line[second - 1].left + line[second - 1].mask.width - (line[second].left - shift);
    if (overlap > 0.15 * Math.min(line[second - 1].mask.width, line[second].mask.width)) continue;
    const marks = line.map((mark, index) => (index < second ? mark : { ...mark, left: mark.left - shift }));
    return numberOf(marks, size, random);
  }
}

/** Some digits with 18 to 40 % of the others' contrast; the paper is quiet enough for them. @type {DrawNumber} */
export function faintBesideDark(pick, random) {
  const { size, line } = someLine(pick, random, [0.12, 0.6]);
  for (;;) {
    const look = someLook(random, { photo: 0.75, dark: 0.15, angle: 0.2 });
    const contrast = contrastBetween(look.paper, look.ink);
    if (contrast < 110) continue;
    const share = random.between(0.18, 0.4);
    if (share * contrast < leastFaint) continue;
    const dark = random.integer(0, line.length - 1);
    const faint = (dark + random.integer(1, line.length - 1)) % line.length;
    const isFaint = line.map((_, index) => index === faint || (index !== dark && random.chance(0.5)));
    const marks = line.map((mark, index) => {
      const strength = isFaint[index] ? share * random.between(0.9, 1.1) : random.between(0.85, 1);
      return { ...mark, ink: mix(look.paper, look.ink, strength) };
    });
    const quiet = 0.1 * share * contrast;
    const { grain, mottle } = look;
    const paper =
      grain === undefined
        ? {}
        : { grain: Math.min(grain, quiet), mottle: { ...mottle, amount: Math.min(mottle.amount, quiet) } };
    const jpeg = look.jpeg && Math.max(60, look.jpeg);
    return numberOf(marks, size, random, { ...look, ...paper, jpeg });
  }
}

/**
 * A strip of a form, a digit a box: boxes side by side or a little apart, or a comb whose teeth are short. The strip is
 * cut at its lines, within them or around.
 * @type {DrawNumber}
 */
export function inBoxes(pick, random) {
  const count = random.integer(shortest, longest);
  const size = someSize(random, count);
  const look = someLook(random, { photo: 0.75, dark: 0.12, angle: 0.6 });
  const [cellWidth, cellHeight] = [1.12, 1.2].map((least) => size * random.between(least, 1.7));
  const kind = random.chooseByWeight({ joined: 5, apart: 3, comb: 2 });
  const gap = kind === 'apart' ? size * random.between(0.08, 0.3) : 0;
  const [left, top, right, bottom] = [0, 1, 2, 3].map(() => Math.round(size * random.between(-0.04, 0.3)));
  const width = Math.round(count * cellWidth + (count - 1) * gap) + left + right;
  const height = Math.round(cellHeight) + top + bottom;
  const thickness = Math.max(1, size * random.between(0.012, 0.06));
  const how = {
    thickness,
    colour: someLineColour(look, random, 0.35),
    angle: degree * random.between(-2.5, 2.5),
    centre: [width / 2, height / 2],
  };
  const cells = Array.from({ length: count }, (_, index) => left + index * (cellWidth + gap));
  const toothTop = top + cellHeight * random.between(0.5, 0.75);
  const lines = cells.flatMap((cell) => {
    const box = {
      left: cell,
      top: kind === 'comb' ? toothTop : top,
      right: cell + cellWidth,
      bottom: top + cellHeight,
    };
    return rectangle(box, { ...how, ...(kind === 'comb' ? { sides: ['left', 'right', 'bottom'] } : {}) });
  });
  const marks = cells.map((cell) => {
    const { digit, mask } = pick(random, size * random.between(0.85, 1.02));
    const [x, y] = [cellWidth - mask.width, cellHeight - mask.height].map(
      (spare) => thickness + random.between(0.15, 0.85) * Math.max(0, spare - 2 * thickness),
    );
    return { digit, mask, left: Math.round(cell + x), top: Math.round(top + y) };
  });
  return { digits: digitsOf(marks), signs: 0, picture: photograph({ width, height, marks, lines }, look, random) };
}

/** Lines under each other: the lowest ink of one and the highest of the next are `gap` of the size apart. */
function underEachOther(lines, size, gapOf) {
  let bottom = 0;
  return lines.flatMap((line) => {
    const top = Math.min(...line.map((mark) => mark.top));
    const shift = bottom - top;
    const moved = line.map((mark) => ({ ...mark, top: mark.top + shift }));
    bottom =
      Math.max(...moved.map((mark) => mark.top + mark.mask.height)) + Math.max(leastPixels, Math.round(gapOf() * size));
    return moved;
  });
}

/** Two to four lines of two to four digits, at most eight, closer than a quarter of the size. @type {DrawNumber} */
export function inCloseLines(pick, random) {
  const lengths = random.choose([
    [2, 2],
    [3, 3],
    [3, 2],
    [2, 3],
    [4, 4],
    [4, 3],
    [2, 2, 2],
    [3, 2, 2],
    [2, 3, 3],
    [2, 2, 2, 2],
  ]);
  const size = someSize(random, 2 * Math.max(...lengths));
  const gap = [random.between(0.1, 0.3), 0.6];
  const lines = lengths.map((count) => writeLine(pick, random, { count, size, gap }));
  const between = random.between(0.06, 0.22);
  return numberOf(
    underEachOther(lines, size, () => between * random.between(0.85, 1.1)),
    size,
    random,
  );
}

/** Columns and rows, nine digits at most. @type {DrawNumber} */
export function inGrid(pick, random) {
  const [columns, rows] = random.choose([
    [2, 2],
    [3, 2],
    [2, 3],
    [3, 3],
    [4, 2],
    [2, 4],
    [3, 3],
  ]);
  const size = someSize(random, 1.5 * columns);
  const step = { x: size * random.between(1.05, 1.6), y: size * random.between(1.1, 1.6) };
  const marks = Array.from({ length: columns * rows }, (_, index) => {
    const { digit, mask } = pick(random, size * random.between(0.9, 1));
    const stray = () => 0.02 * size * random.bell();
    const left = Math.round((index % columns) * step.x - mask.width / 2 + stray());
    return { digit, mask, left, top: Math.round(Math.floor(index / columns) * step.y - mask.height / 2 + stray()) };
  });
  return numberOf(marks, size, random);
}

/** Sampled bilinearly; the box grows with it. */
function turn(mask, angle) {
  const [c, s] = [cos(angle), sin(angle)];
  const width = Math.ceil(Math.abs(mask.width * c) + Math.abs(mask.height * s));
  const height = Math.ceil(Math.abs(mask.width * s) + Math.abs(mask.height * c));
  const at = (x, y) => (x < 0 || y < 0 || x >= mask.width || y >= mask.height ? 0 : mask.cover[y * mask.width + x]);
  const cover = Float32Array.from({ length: width * height }, (_, i) => {
    const [u, v] = [(i % width) + 0.5 - width / 2, Math.floor(i / width) + 0.5 - height / 2];
    const [x, y] = [u * c + v * s + mask.width / 2 - 0.5, v * c - u * s + mask.height / 2 - 0.5];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const upper = at(left, top) + (x - left) * (at(left + 1, top) - at(left, top));
    const lower = at(left, top + 1) + (x - left) * (at(left + 1, top + 1) - at(left, top + 1));
    return upper + (y - top) * (lower - upper);
  });
  return { width, height, cover };
}

/** One line to three that rise or fall by 5 to 15 degrees, the digits upright or turned with them. @type {DrawNumber} */
export function onSlantedLines(pick, random) {
  const lengths = random.choose([[6], [8], [3, 3], [4, 3], [4, 4], [4, 4], [2, 3, 3], [3, 3, 2]]);
  const size = someSize(random, 1.2 * Math.max(...lengths));
  const gap = [0.12, 0.6];
  const lines = lengths.map((length) => writeLine(pick, random, { count: length, size, gap }));
  const marks = underEachOther(lines, size, () => random.between(0.2, 0.5));
  const angle = degree * random.between(5, 15) * (random.chance(0.5) ? 1 : -1);
  const isTurned = random.chance(0.5);
  const [c, s] = [cos(angle), sin(angle)];
  const placed = marks.map(({ digit, mask, left, top }) => {
    const [x, y] = [left + mask.width / 2, top + mask.height / 2];
    const own = isTurned ? turn(mask, angle) : mask;
    const [turnedX, turnedY] = isTurned ? [x * c - y * s, x * s + y * c] : [x, y + (x * s) / c];
    return { digit, mask: own, left: Math.round(turnedX - own.width / 2), top: Math.round(turnedY - own.height / 2) };
  });
  return numberOf(placed, size, random);
}

/** A short stroke with round ends from corner to corner of its box, less the pen; `lean` is x per y. */
function strokeMask(length, pen, isUpright, lean = 0) {
  const [dx, dy] = isUpright ? [-lean * length, length] : [length, 0];
  const [width, height] = [Math.abs(dx) + pen, Math.abs(dy) + pen].map((value) => Math.max(1, Math.ceil(value)));
  const [x0, y0] = [(width - dx) / 2, (height - dy) / 2];
  const squared = dx * dx + dy * dy;
  const cover = Float32Array.from({ length: width * height }, (_, i) => {
    const [u, v] = [(i % width) + 0.5 - x0, Math.floor(i / width) + 0.5 - y0];
    const along = squared > 0 ? Math.min(1, Math.max(0, (u * dx + v * dy) / squared)) : 0;
    const [a, b] = [u - along * dx, v - along * dy];
    return Math.min(1, Math.max(0, pen / 2 - Math.sqrt(a * a + b * b) + 0.5));
  });
  return { width, height, cover };
}

/** A decimal point or comma between two digits, a minus sign before the first, or both. @type {DrawNumber} */
export function withSigns(pick, random) {
  const { size, line } = someLine(pick, random, [0.15, 0.5]);
  const pen = size * random.between(0.09, 0.15);
  const kind = random.chooseByWeight({ point: 4, comma: 2, minus: 3, both: 1 });
  const space = () => Math.max(leastPixels, Math.round(size * random.between(0.08, 0.25)));
  const marks = [];
  let shift = 0;
  if (kind === 'minus' || kind === 'both') {
    const mask = strokeMask(size * random.between(0.25, 0.5), pen, false);
    shift = mask.width + space();
    marks.push({ mask, left: 0, top: Math.round(-size * random.between(0.4, 0.55)) });
  }
  const before = kind === 'minus' ? -1 : random.integer(1, line.length - 1);
  for (const [index, mark] of line.entries()) {
    if (index === before) {
      const mask =
        kind === 'comma'
          ? strokeMask(size * random.between(0.1, 0.16), pen, true, 0.5)
          : strokeMask(0, 1.1 * pen, true);
      // The gap of the line stands before the sign.
      const dropped = kind === 'comma' ? 0.6 * mask.height : 0;
      marks.push({ mask, left: mark.left + shift, top: Math.round(dropped) - mask.height });
      shift += mask.width + space();
    }
    marks.push({ ...mark, left: mark.left + shift });
  }
  return numberOf(marks, size, random);
}
