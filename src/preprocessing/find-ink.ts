/**
 * From a picture's brightness to its ink and the marks in it, steps 1 to 8 of docs/predict.md: of a picture with paper
 * around what is written, and of a piece of paper that was cut at the ink.
 */

import { boxHeight, boxWidth, type Component, findComponents, longerSide, pixelsOf } from './connected-components.js';
import type { DroppedMark } from './dropped-marks.js';
import { withoutRuledLines } from './erase-lines.js';
import { withFaintMarks } from './faint-marks.js';
import { findDigit } from './find-digits.js';
import { inkOnFlatPaper } from './flat-paper.js';
import { inkMask } from './ink-mask.js';
import { type InkedPicture, type Place, withPaperAround } from './inked-picture.js';
import { likelyMarks, smallestMark } from './likely-marks.js';
import { withoutNoise } from './noise.js';
import { inkOf, type Polarity, polaritiesOf } from './paper.js';
import { averageAreas, type Plane } from './plane.js';
import { boxOfLine } from './ruled-line.js';
import { findRuledLines, maskOfLines } from './ruled-lines.js';
import { isShadow } from './shadows.js';
import { cutSheet } from './sheet-of-paper.js';

/** Larger pictures are scaled down to this many pixels on their longer side. */
const longestSide = 1600;
/** Rests of a frame are at most this share of the picture wide or high. */
const thinRest = 0.12;
/** Of a picture that was cut at the ink no more than this share is ink, but where it is as narrow as a 1. */
const [mostInk, narrowest] = [0.6, 0.5];
/** Where more than this share of a picture is ink, it may be paper in a frame of so many lines. */
const [filled, leastOfFrame] = [0.45, 3];
/** What is taken for lines may be strokes where without them this share of the largest mark is left. */
const minWithoutLines = 0.5;

/** The ink of a picture. Of the likelier polarity first, as whoever asks may find no strokes in it. */
export function* findInk(brightness: Plane): Generator<InkedPicture> {
  const { clean, scale } = cleaned(brightness); // 1. Brightness, 2. Grain
  const { paper, left, top } = cutSheet(clean); // 3. The sheet
  const inkedIn = (polarity: Polarity) => {
    const inked = findMarks(inkOf(paper, polarity), { left, top, scale }); // 4. Polarity, 5. Paper
    return inked && withoutShadows(inked);
  };
  const [likelier, other] = polaritiesOf(paper);
  const first = inkedIn(likelier);
  const isFilled = first && pixelsOf(first.inkMask.mask) > filled * paper.data.length;
  // The second one costs as much as the first: where there is no doubt, whoever has had enough does not wait for it.
  const framed = isFilled ? inkedIn(other) : undefined;
  if (first && framed && isInFrame(framed, first)) {
    yield framed;
    yield first;
    return;
  }
  if (first) yield first;
  const second = framed ?? inkedIn(other);
  if (second) yield second;
}

/** Whether what seemed to be ink is the paper within a frame, and the ink is on it. */
function isInFrame(ink: InkedPicture, paper: InkedPicture): boolean {
  return ink.lines >= leastOfFrame || (isMostlyInk(paper, paper.ink) && ink.marks.length > 0);
}

/**
 * The same of a piece of paper that was cut at the ink: it is all paper, of one brightness but for a slope, and there is
 * paper around it.
 */
export function* findInkOfCut(brightness: Plane): Generator<InkedPicture> {
  const { clean, scale } = cleaned(brightness);
  for (const polarity of polaritiesOf(clean)) {
    const ink = inkOnFlatPaper(clean, polarity);
    const place = { left: 0, top: 0, scale };
    const found = findMarks(ink, place, { isCut: true });
    if (!found || isMostlyInk(found, clean)) continue;
    const inked = withoutShadows(found);
    if (isEmptyField(inked)) return;
    yield inked;
    const withLines = inked.lines > 0 ? findMarks(ink, place, { isCut: true, keepLines: true }) : undefined;
    if (withLines && mostPixels(inked.marks) >= minWithoutLines * mostPixels(withLines.marks)) yield withLines;
  }
}

/** Printed lines, rests of a frame and shadows with nothing between them: what is between them is not ink of the other polarity. */
export function isEmptyField({ marks, dropped, lines, ink: { width, height } }: InkedPicture): boolean {
  const isThin = ({ box }: DroppedMark) => Math.min(boxWidth(box) / width, boxHeight(box) / height) < thinRest;
  return (
    marks.length === 0 &&
    (lines > 0 || dropped.some(({ reason }) => reason === 'shadow') || (dropped.length > 0 && dropped.every(isThin)))
  );
}

/** What is left where marks are shadows, nothing where that is too small for a digit. */
function withoutShadows(inked: InkedPicture): InkedPicture {
  const { ink, map } = inked;
  const smallest = smallestMark(ink.width, ink.height);
  let { marks, dropped } = inked;
  for (;;) {
    const digit = findDigit({ ...inked, marks });
    if (!digit || !isShadow(ink, map, digit)) break;
    const [shadows, others] = [true, false].map((is) => marks.filter(({ label }) => digit.labels.has(label) === is));
    marks = others.some(({ box }) => longerSide(box) >= smallest) ? others : [];
    dropped = [...dropped, ...shadows.map(({ box }) => ({ box, reason: 'shadow' as const }))];
  }
  return { ...inked, marks, dropped };
}

/** There is more paper than ink, but around a 1. */
function isMostlyInk({ inkMask: { mask } }: InkedPicture, { width, height }: Plane): boolean {
  if (Math.min(width, height) < narrowest * Math.max(width, height)) return false;
  return pixelsOf(mask) > mostInk * width * height;
}

const mostPixels = (marks: readonly Component[]) => marks.reduce((most, { pixels }) => Math.max(most, pixels), 0);

function cleaned(brightness: Plane): { readonly clean: Plane; readonly scale: number } {
  const scale = Math.max(1, Math.max(brightness.width, brightness.height) / longestSide);
  return { clean: withoutNoise(scaleDown(brightness, scale)), scale };
}

/**
 * Steps 6 to 8.
 * @param options isCut: puts paper around what is cut at the ink; keepLines: takes what may be printed lines for strokes
 * @returns undefined where nothing is drawn
 */
function findMarks(
  ink: Plane,
  place: Place,
  { isCut = false, keepLines = false }: { readonly isCut?: boolean; readonly keepLines?: boolean } = {},
): InkedPicture | undefined {
  const found = inkMask(ink); // 6. Threshold
  if (!found) return undefined;
  const { width, height } = ink;
  const lines = keepLines ? [] : findRuledLines(maskOfLines(ink, found)); // 7. Ruled lines
  const onPaper = withoutRuledLines(ink, found.mask, lines, found.full);
  const map = findComponents(onPaper.mask); // 8. Components
  const { marks, dropped } = likelyMarks(map, width, height, lines, isCut);
  const rules = lines.map((line) => ({ box: boxOfLine(line, width, height), reason: 'rule' as const }));
  const inkedMask = { ...found, mask: onPaper.mask };
  const inked = withFaintMarks({
    ink: onPaper.ink,
    inkMask: inkedMask,
    map,
    faint: new Map(),
    marks,
    dropped: [...dropped, ...rules],
    lines: lines.length,
    place,
  });
  return isCut ? withPaperAround(inked) : inked;
}

function scaleDown(plane: Plane, scale: number): Plane {
  if (scale === 1) return plane;
  const area = { left: 0, top: 0, right: plane.width, bottom: plane.height };
  const side = (size: number) => Math.max(1, Math.round(size / scale));
  return averageAreas(plane, area, side(plane.width), side(plane.height));
}
