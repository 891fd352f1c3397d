/**
 * Faint strokes beside dark ones: each has a threshold at half of its own strength. Limits: they are at least 13 % as
 * strong as the dark ink, do not touch it, and are about as high and as thick; there is at least one dark mark.
 */

import { inkBesideDark, isAnythingBeside, labelled, solidComponents, valuesOf } from './beside-dark-ink.js';
import {
  type Box,
  boxHeight,
  boxWidth,
  type Component,
  type ComponentMap,
  eachPixelOf,
  findComponents,
  gapBetween,
  longerSide,
  type Mask,
  unionOf,
} from './connected-components.js';
import type { DroppedMark, DropReason } from './dropped-marks.js';
import { strengthOfStrokes } from './ink-mask.js';
import type { InkedPicture } from './inked-picture.js';
import { shareNear, slopeAtEdges, thicknessOf } from './stroke-measures.js';

/** How strong a faint stroke is at least, of the dark ink's strength: JPEG rings with less. */
const faintest = 0.13;
/** The same by the paper's deviations: a stroke is many pixels, each of which may stand out less than the first ink. */
const faintestDeviations = 4;
/** Less than this share of a dark mark's height is not looked at. */
const smallestPart = 0.1;
/** Parts of one mark are no further apart than this share of the height of a dark one. */
const partGap = 0.12;
/** What a mark is like that may be a digit, all as shares of what the dark marks have. */
interface Limits {
  /** Of the highest one's height. Such as are a little lower or wider are told. */
  readonly high: readonly [least: number, most: number];
  readonly lowestTold: number;
  readonly widest: number;
  /** Of the thickness of strokes. */
  readonly thick: readonly [least: number, most: number];
}
const alone: Limits = { high: [0.5, 2], lowestTold: 0.35, widest: 2, thick: [0.4, 2.5] };
/** Rests of printed lines, of boxes and of grids are not told, and only what is most like a digit is taken for one. */
const besideLines: Limits = { high: [0.6, 1.3], lowestTold: Number.POSITIVE_INFINITY, widest: 1.3, thick: [0.6, 2.5] };
/** Its edges are at least so steep (see `Part`): those of shadows are not. What is between both may have been written. */
const [leastSlopeTold, leastSlope] = [0.4, 0.5];
/** What ends at the picture's edge is a fold or a shadow up to this one. */
const leastSlopeAtEdge = 0.7;
/** JPEG rings within so many pixels of dark ink: no more than this share of a mark is there. */
const [ringing, mostNear] = [5, 0.6];
/** Its box and that of a dark mark have no more than this share of the smaller one in common: boxes and grids have more. */
const mostCommon = 0.35;

/** Adds to a picture's marks the faint ones beside them, and tells of those that are not certain to be strokes. */
export function withFaintMarks(picture: InkedPicture): InkedPicture {
  const { ink, map, marks } = picture;
  const solid = solidComponents(picture);
  const darkBoxes = marks.filter(({ label }) => solid[label] === 1).map(({ box }) => box);
  if (darkBoxes.length === 0) return picture;
  const { width, height } = ink;
  const darkHeight = Math.max(...darkBoxes.map(boxHeight));
  if (!isAnythingBeside(picture, solid, darkHeight)) return picture;
  const dark = { width, height, data: labelled(map, solid) };
  const faint = inkBesideDark(picture, dark, smallestPart * darkHeight);
  if (!faint) return picture;
  const own = faint.mask;
  const found = findComponents(own);
  const judge = judgeOf(dark, own, found, darkBoxes, faint.hasLines ? besideLines : alone);
  const groups = groupsOf(partsOf(picture, dark, own, found, smallestPart * darkHeight), partGap * darkHeight);
  const judged = groups.map((group) => {
    const sharp = group.filter(({ slope }) => slope >= leastSlope);
    const verdict = sharp.length > 0 ? judge(sharp) : 'nothing';
    if (verdict === 'mark') return { group: sharp, verdict };
    return { group, verdict: judge(group) === 'nothing' ? verdict : 'told' };
  });
  const kept = judged.filter(({ verdict }) => verdict === 'mark').flatMap(({ group }) => group);
  const told = judged
    .filter(({ verdict }) => verdict === 'told')
    .map(({ group }) => ({ box: boxOf(group), reason: reasonFor(group, width, height) }));
  return withMarks(picture, found, kept, told);
}

/** A component of a faint mark, and ink's strength in the midst of its strokes. */
interface Part {
  readonly component: Component;
  readonly full: number;
  /** How steep its edges are, as a share of the dark ones, each by its own strength. */
  readonly slope: number;
}

/** The components that are strong enough, and have edges. */
function partsOf(
  { ink, inkMask: { paper, deviation, full } }: InkedPicture,
  dark: Mask,
  own: Mask,
  { components, labels }: ComponentMap,
  smallest: number,
): Part[] {
  const least = paper + Math.max(faintest * (full - paper), faintestDeviations * deviation);
  const parts = components
    .filter(({ box }) => longerSide(box) >= smallest)
    .map((component) => ({ component, full: strengthOfStrokes(valuesOf(ink, labels, component)) }))
    .filter((part) => part.full >= least);
  if (parts.length === 0) return [];
  const slopeOfDark = slopeAtEdges(ink, dark, wholeOf(dark)) / (full - paper);
  return parts.flatMap((part) => {
    const slope = slopeAtEdges(ink, own, part.component.box) / (part.full - paper) / slopeOfDark;
    return slope >= leastSlopeTold ? [{ ...part, slope }] : [];
  });
}

/** Parts near to each other, as of a stroke that is broken. */
function groupsOf(parts: readonly Part[], gap: number): Part[][] {
  const groups: Part[][] = [];
  let rest = parts;
  while (rest.length > 0) {
    const group = [rest[0]];
    rest = rest.slice(1);
    for (let next = 0; next < group.length; next++) {
      const isNear = ({ component }: Part) => gapBetween(group[next].component.box, component.box) <= gap;
      group.push(...rest.filter(isNear));
      rest = rest.filter((part) => !isNear(part));
    }
    groups.push(group);
  }
  return groups;
}

/** Whether parts together are a mark that may be a digit, or such that they may have been written, or none of both. */
function judgeOf(
  dark: Mask,
  own: Mask,
  { labels }: ComponentMap,
  darkBoxes: readonly Box[],
  limits: Limits,
): (group: readonly Part[]) => 'mark' | 'told' | 'nothing' {
  const darkHeight = Math.max(...darkBoxes.map(boxHeight));
  const darkThickness = thicknessOf(dark, wholeOf(dark));
  return (group) => {
    const box = boxOf(group);
    const components = group.map(({ component }) => component);
    const [high, wide] = [boxHeight(box) / darkHeight, boxWidth(box) / darkHeight];
    const thick = thicknessOf(own, box) / darkThickness;
    const isStroke =
      thick >= limits.thick[0] &&
      thick <= limits.thick[1] &&
      darkBoxes.every((other) => commonArea(box, other) <= mostCommon) &&
      shareNear(dark, components, labels, ringing) <= mostNear;
    const isCut = components.some(({ edgePixels }) => edgePixels > 0);
    if (isStroke && !isCut && high >= limits.high[0] && high <= limits.high[1] && wide <= limits.widest) return 'mark';
    return isStroke && high >= limits.lowestTold && high <= limits.high[1] ? 'told' : 'nothing';
  };
}

/** What goes through the whole picture is a rule, and what is soft and ends at the picture's edge a shadow on the paper. */
function reasonFor(group: readonly Part[], width: number, height: number): DropReason {
  const box = boxOf(group);
  if (boxWidth(box) === width || boxHeight(box) === height) return 'rule';
  const isCut = group.some(({ component }) => component.edgePixels > 0);
  return isCut && group.every(({ slope }) => slope < leastSlopeAtEdge) ? 'shadow' : 'faint';
}

const boxOf = (group: readonly Part[]) => unionOf(group.map(({ component }) => component.box));

const wholeOf = ({ width, height }: Mask): Box => ({ left: 0, top: 0, right: width, bottom: height });

/** The area that two boxes have in common, as a share of the smaller one. */
function commonArea(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / Math.min(boxWidth(a) * boxHeight(a), boxWidth(b) * boxHeight(b));
}

/** The picture with parts as components, instead of what was dark in them. */
function withMarks(
  picture: InkedPicture,
  found: ComponentMap,
  parts: readonly Part[],
  told: readonly DroppedMark[],
): InkedPicture {
  const { ink, map, marks, dropped } = picture;
  if (parts.length === 0) return told.length === 0 ? picture : { ...picture, dropped: [...dropped, ...told] };
  const labels = map.labels.slice();
  const within = new Set<number>();
  const faint = new Map<number, number>();
  const added = parts.map(({ component, full }, index) => {
    const label = map.components.length + index + 1;
    faint.set(label, full);
    eachPixelOf(component, found.labels, ink.width, (pixel) => {
      if (labels[pixel] !== 0) within.add(labels[pixel]);
      labels[pixel] = label;
    });
    return { ...component, label };
  });
  for (let index = 0; index < labels.length; index++) if (within.has(labels[index])) labels[index] = 0;
  const boxes = new Set(map.components.filter(({ label }) => within.has(label)).map(({ box }) => box));
  return {
    ...picture,
    map: { components: [...map.components.filter(({ label }) => !within.has(label)), ...added], labels },
    faint,
    marks: [...marks.filter(({ label }) => !within.has(label)), ...added],
    dropped: [...dropped.filter(({ box }) => !boxes.has(box)), ...told],
  };
}
