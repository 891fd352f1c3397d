/**
 * Printed lines of ruled and squared paper, boxes, combs and frames: those that run across the picture, level or turned
 * by some degrees, and those that go from one of them to another.
 */

import { cutTeethOf, linesBeyond, sidesAt, teethOf } from './box-sides.js';
import type { Mask } from './connected-components.js';
import type { InkMask } from './ink-mask.js';
import { covered, freeEndsOf, linesWithin, refined, surfaceOf, type View, viewOf } from './line-search.js';
import type { Plane } from './plane.js';
import { isAmong, middleAt, type RuledLine } from './ruled-line.js';

/** Lines are looked for in the mask at as many pixels as a square of this side has. */
const searchedSide = 208;
/** Lines are turned by no more than the first, as the tangent of the angle; seen at an angle, sides of a long row of boxes by more. */
const [turned, leaning, steepest, steepestSide] = [0.1, 0.1, 0.2, 0.75];
/**
 * In pictures narrower than this, for their length, a line down along them may be all of a digit 1: but for lines that are
 * thinner than the second share of the picture, and as near to its edge as the third.
 */
const [narrowest, thinBeside, besideOne] = [0.5, 0.12, 0.15];
/** Of a line that is alone, this share is in the picture. */
const mostlyVisible = 0.8;
/** A line without others of its direction, whose slopes differ by no more than the second, is turned by no more than this. */
const [steepestAlone, parallel] = [0.12, 0.15];
/** Sides of a frame meet where no more than this is between them, beside the other one's thickness; pixels. */
const meetingPixels = 2;
/** A line with gaps is covered for this share, and has so many sides. */
const [withGaps, leastSides] = [0.5, 3];
/** It is no thicker than this share of the picture's shorter side, and a pixel: strokes are. */
const thinWithGaps = 0.05;
/** A comb has so many teeth; one whose line is not in the picture has more, and they take up no more than this share of it. */
const [leastTeeth, longestTooth] = [2, 0.45];
/** Of the picture, the thickness of a line that is not in it. */
const thinnest = 0.02;

/** Printed lines may be paler than half of the ink's strength, where the threshold of ink is: this share of it; or of light. */
const [palest, weakest] = [0.3, 0.1];

/** Where lines may be: what is darker than paper by less than ink is. */
export function maskOfLines({ width, height, data }: Plane, { paper, full }: InkMask): Mask {
  const threshold = paper + Math.min(0.5 * (full - paper), Math.max(palest * (full - paper), weakest));
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) if (data[i] > threshold) mask[i] = 1;
  return { width, height, data: mask };
}

/** The lines of a mask, of all directions together. */
export function findRuledLines(mask: Mask): RuledLine[] {
  const scale = Math.max(1, Math.sqrt(mask.width * mask.height) / searchedSide);
  const small = scaledDown(mask, scale);
  const views = [viewOf(small, true), viewOf(small, false)];
  const found = linesOf(views).map(({ start, thickness, from, to, ...line }) => ({
    ...line,
    start: start * scale,
    thickness: thickness * scale,
    from: from * scale,
    to: to * scale,
  }));
  if (found.length === 0) return found;
  return found.map((line) => refined(surfaceOf(mask, line.across), line, scale));
}

/** A pixel is ink where one of those that it stands for is, so that no thin line is lost. */
function scaledDown(mask: Mask, scale: number): Mask {
  if (scale === 1) return mask;
  const [width, height] = [Math.ceil(mask.width / scale), Math.ceil(mask.height / scale)];
  const data = new Uint8Array(width * height);
  for (let y = 0, index = 0; y < mask.height; y++) {
    const row = Math.floor(y / scale) * width;
    for (let x = 0; x < mask.width; x++, index++) if (mask.data[index] === 1) data[row + Math.floor(x / scale)] = 1;
  }
  return { width, height, data };
}

const steepestOf = ({ length, depth }: View) => turned + (leaning * depth) / length;

function linesOf(views: readonly View[]): RuledLine[] {
  const whole = views.map((view) => wholeLines(view, covered).filter((line) => !mayBeOne(view, line)));
  const known = views.flatMap((_, index) =>
    whole[index].filter((line) => !isDrawn(views, whole, line) && !isSlantedAlone(line, whole[index])),
  );
  if (known.length === 1 && isCut(views[known[0].across ? 0 : 1], known[0])) known.pop();
  if (known.length === 0) known.push(...linesWithGaps(views));
  if (known.length === 0) known.push(...views.flatMap(combBeyond));
  if (known.length === 0) return known;
  for (let pass = 0; pass < 2; pass++) {
    for (const view of [views[1], views[0]]) {
      for (const line of sidesOf(view, known)) if (!isAmong(line, known)) known.push(line);
    }
  }
  return known;
}

function mayBeOne({ across, length, depth }: View, line: RuledLine): boolean {
  if (across || depth >= narrowest * length) return false;
  const middle = middleAt(line, length / 2);
  return line.thickness > thinBeside * depth || Math.min(middle, depth - middle) > besideOne * depth;
}

/**
 * What ends in the picture at both sides was drawn in it, such as the bar of a 4 or a 1; but for the sides of a frame or
 * of boxes, which end at each other.
 */
function isDrawn(views: readonly View[], whole: readonly (readonly RuledLine[])[], line: RuledLine): boolean {
  const own = line.across ? 0 : 1;
  const ends = freeEndsOf(views[own], line);
  if (ends.length < 2) return false;
  const others = views[1 - own];
  const sides = sidesAt(others, [line], steepestSideOf(others), whole[own]);
  const certain = [...sides.filter((side) => side.ends === 2), ...teethOf(sides, leastTeeth)];
  const meeting = [...whole[1 - own], ...certain.map((side) => side.line)];
  return !ends.every((along) =>
    meeting.some(
      (other) => Math.abs(middleAt(other, middleAt(line, along)) - along) <= other.thickness + meetingPixels,
    ),
  );
}

/** A stem is slanted; lines of a picture that is turned or seen at an angle are so together. */
function isSlantedAlone(line: RuledLine, all: readonly RuledLine[]): boolean {
  if (Math.abs(line.slope) <= steepestAlone) return false;
  return !all.some((other) => other !== line && Math.abs(other.slope - line.slope) <= parallel);
}

/** Whether much of it is not in the picture, which lies along the rest: that may be a stroke as well. */
function isCut({ length, depth }: View, line: RuledLine): boolean {
  const ends = [middleAt(line, 0), middleAt(line, length)];
  const visible = ends.map((at) => Math.min(depth, Math.max(0, at)));
  return Math.abs(visible[1] - visible[0]) < mostlyVisible * Math.abs(ends[1] - ends[0]);
}

/** From edge to edge of the picture, as precisely as pixels tell. */
function wholeLines(view: View, least: number): RuledLine[] {
  const found = linesWithin(view, 0, view.length, Math.min(steepest, steepestOf(view)), least);
  return found.map((line) => refined(view, line, 1));
}

const steepestSideOf = (view: View) => Math.min(steepestSide, steepestOf(view));

function sidesOf(view: View, lines: readonly RuledLine[]): RuledLine[] {
  const others = lines.filter(({ across }) => across !== view.across);
  if (others.length === 0) return [];
  const sides = sidesAt(view, others, steepestSideOf(view));
  const teeth = teethOf(sides, leastTeeth);
  const thickness = Math.max(...others.map((line) => line.thickness));
  const cut = teeth.length > 0 ? sidesAt(view, linesBeyond(view, thickness), steepestSideOf(view)) : [];
  return [...sides.filter(({ ends }) => ends === 2), ...teeth, ...cutTeethOf(cut, teeth)].map(({ line }) => line);
}

/** Lines with gaps, such as boxes a little apart have, and which only the sides between them tell from strokes. */
function linesWithGaps(views: readonly View[]): RuledLine[] {
  return views.flatMap((view, index) => {
    const most = thinWithGaps * Math.min(view.length, view.depth) + 1;
    const broken = wholeLines(view, withGaps).filter(({ thickness }) => thickness <= most);
    if (broken.length === 0) return [];
    const between = views[1 - index];
    return broken.filter((line) => {
      const sides = sidesAt(between, [line], steepestSideOf(between), broken);
      return sides.filter(({ ends }) => ends === 2).length >= leastSides;
    });
  });
}

/** The teeth of a comb, where its line is beyond the picture. */
function combBeyond(view: View): RuledLine[] {
  const sides = sidesAt(view, linesBeyond(view, thinnest * view.length), steepestSideOf(view));
  const short = sides.filter(({ line }) => line.to - line.from <= longestTooth * view.length);
  return teethOf(short, leastSides).map(({ line }) => line);
}
