/**
 * From any picture of a digit to what the network reads, step by step as docs/predict.md lists them. The same bytes in
 * Node and in browsers.
 */

import { checkPicture, type Picture } from '../pictures/picture.js';
import { brightnessOf } from './brightness.js';
import { type Box, boxHeight, boxWidth, type Component, findComponents } from './connected-components.js';
import { digitShape, shapeSide } from './digit-shape.js';
import type { DroppedMark } from './dropped-marks.js';
import { countSideBySide, findDigit, marksBeside } from './find-digits.js';
import { inkOnFlatPaper } from './flat-paper.js';
import type { FoundDigit } from './found-digit.js';
import { inkMask } from './ink-mask.js';
import { type InkedPicture, type Place, withPaperAround } from './inked-picture.js';
import { likeTrainingImage } from './like-training-image.js';
import { likelyMarks, smallestSide } from './likely-marks.js';
import { withoutNoise } from './noise.js';
import { inkOf, polaritiesOf } from './paper.js';
import { placeDigit } from './place-digit.js';
import { averageAreas, type Plane } from './plane.js';
import { boxOfLine, findRuledLines, withoutRuledLines } from './ruled-lines.js';
import type { DigitPreprocessing } from './settings.js';
import { cutSheet } from './sheet-of-paper.js';
import { strokeWidth } from './stroke-width.js';

/** A digit, or what may be one, as the network sees it. */
export interface PreparedDigit {
  /** `[height * width]`, 0 to 255. */
  readonly image: Uint8Array;
  /** Where it is in the picture, in its pixels. */
  readonly box: Box;
  /** How many digits seem to stand side by side where one was looked for; 1 where all were. */
  readonly sideBySide: number;
  /** Whether there is nothing of the digit or of what is like ink at the picture's edges, which could mislead. */
  readonly isCertain: boolean;
  /** What else looked like ink where one digit was looked for; empty where all were. */
  readonly dropped: readonly DroppedMark[];
}

/**
 * The digit of a picture: its largest component with the strokes near to it. A picture that is an image like those that
 * the model was trained on is taken as it is, turned to the model's polarity.
 * @returns undefined where nothing is drawn
 * @throws InklingError (argument) where the picture's data does not fit its size
 * @example
 * ```ts
 * const digit = prepareDigit(picture, preprocessingLikeMnist([28, 28], 'light on dark'));
 * console.log(digit?.box);
 * ```
 */
export function prepareDigit(picture: Picture, preprocessing: DigitPreprocessing): PreparedDigit | undefined {
  return findPreparedDigit(picture, preprocessing).digit;
}

/** As `prepareDigit`, with what looked like ink where there is no digit in it. */
export function findPreparedDigit(
  picture: Picture,
  preprocessing: DigitPreprocessing,
): { readonly digit: PreparedDigit | undefined; readonly dropped: readonly DroppedMark[] } {
  checkPicture(picture);
  const brightness = brightnessOf(picture);
  const image = likeTrainingImage(brightness, preprocessing);
  if (image) {
    const box = { left: 0, top: 0, right: picture.width, bottom: picture.height };
    return { digit: { image, box, sideBySide: 1, isCertain: true, dropped: [] }, dropped: [] };
  }
  const { drawing, inked } = findDrawing(brightness);
  if (!inked) return { digit: undefined, dropped: [] };
  if (!drawing) return { digit: undefined, dropped: inPicture(inked.dropped, inked, picture) };
  const digit = onlyDigit(picture, drawing, preprocessing);
  return { digit, dropped: digit.dropped };
}

/** Of a picture that should have one digit, with what stands beside it. */
function onlyDigit(picture: Picture, drawing: Drawing, preprocessing: DigitPreprocessing): PreparedDigit {
  const { inked, found } = drawing;
  const dropped = inPicture([...inked.dropped, ...marksBeside(inked, found)], inked, picture);
  return { ...placed(picture, drawing, preprocessing), sideBySide: countSideBySide(inked), dropped };
}

/**
 * Other readings of a picture than that of `prepareDigit`, likelier ones first: as a piece of paper that was cut at the
 * ink, so that edges say nothing of what is paper. A network tells which of them shows a digit.
 * @throws InklingError (argument) where the picture's data does not fit its size
 * @example
 * ```ts
 * const readings = [prepareDigit(picture, preprocessing), ...prepareOtherReadings(picture, preprocessing)];
 * ```
 */
export function prepareOtherReadings(picture: Picture, preprocessing: DigitPreprocessing): PreparedDigit[] {
  checkPicture(picture);
  if (Math.min(picture.width, picture.height) < smallestSide) return [];
  const readings: PreparedDigit[] = [];
  for (const inked of findInkOfCut(brightnessOf(picture))) {
    const found = findDigit(inked);
    if (found) readings.push(onlyDigit(picture, drawingOf(inked, found), preprocessing));
  }
  return readings;
}

/** Larger pictures are scaled down to this many pixels on their longer side. */
const longestSide = 1600;

/** Steps 1 to 8: the ink of a picture. Of the likelier polarity first, as whoever asks may find no strokes in it. */
function* findInk(brightness: Plane): Generator<InkedPicture> {
  const { clean, scale } = cleaned(brightness); // 1. Brightness, 2. Grain
  const { paper, left, top } = cutSheet(clean); // 3. The sheet
  for (const polarity of polaritiesOf(paper)) {
    const ink = inkOf(paper, polarity); // 4. Polarity, 5. Paper
    const inked = findMarks(ink, { left, top, scale }, false);
    if (inked) yield inked;
  }
}

/**
 * The same of a piece of paper that was cut at the ink: it is all paper, of one brightness but for a slope, and there is
 * paper around it.
 */
function* findInkOfCut(brightness: Plane): Generator<InkedPicture> {
  const { clean, scale } = cleaned(brightness);
  for (const polarity of polaritiesOf(clean)) {
    const ink = inkOnFlatPaper(clean, polarity);
    const place = { left: 0, top: 0, scale };
    const inked = findMarks(ink, place, true);
    if (!inked || isMostlyInk(inked, clean)) continue;
    if (isEmptyField(inked)) return;
    yield inked;
    const withLines = inked.lines > 0 ? findMarks(ink, place, true, true) : undefined;
    if (withLines && mostPixels(inked.marks) >= minWithoutLines * mostPixels(withLines.marks)) yield withLines;
  }
}

/** Printed lines and rests of a frame with nothing between them: what is between them is not ink of the other polarity. */
function isEmptyField({ marks, dropped, lines, ink: { width, height } }: InkedPicture): boolean {
  const isThin = ({ box }: DroppedMark) => Math.min(boxWidth(box) / width, boxHeight(box) / height) < thinRest;
  return marks.length === 0 && (lines > 0 || (dropped.length > 0 && dropped.every(isThin)));
}

/** There is more paper than ink, but around a 1. */
function isMostlyInk({ inkMask: { mask } }: InkedPicture, { width, height }: Plane): boolean {
  if (Math.min(width, height) < narrowest * Math.max(width, height)) return false;
  return mask.data.reduce((sum, value) => sum + value, 0) > mostInk * width * height;
}

const mostPixels = (marks: readonly Component[]) => marks.reduce((most, { pixels }) => Math.max(most, pixels), 0);

function cleaned(brightness: Plane): { readonly clean: Plane; readonly scale: number } {
  const scale = Math.max(1, Math.max(brightness.width, brightness.height) / longestSide);
  return { clean: withoutNoise(scaleDown(brightness, scale)), scale };
}

/** Steps 6 to 8. @param isCut puts paper around what is cut at the ink @returns undefined where nothing is drawn */
function findMarks(ink: Plane, place: Place, isCut: boolean, keepLines = false): InkedPicture | undefined {
  const found = inkMask(ink); // 6. Threshold
  if (!found) return undefined;
  const { width, height } = ink;
  const lines = keepLines ? [] : findRuledLines(found.mask); // 7. Ruled lines
  const onPaper = withoutRuledLines(ink, found.mask, lines);
  const map = findComponents(onPaper.mask); // 8. Components
  const { marks, dropped } = likelyMarks(map, width, height, lines, isCut);
  const rules = lines.map((line) => ({ box: boxOfLine(line, width, height), reason: 'rule' as const }));
  const inked = {
    ink: onPaper.ink,
    inkMask: { ...found, mask: onPaper.mask },
    map,
    marks,
    dropped: [...dropped, ...rules],
    lines: lines.length,
    place,
  };
  return isCut ? withPaperAround(inked) : inked;
}

/** Rests of a frame are at most this share of the picture wide or high. */
const thinRest = 0.12;
/** Of a picture that was cut at the ink no more than this share is ink, but where it is as narrow as a 1. */
const [mostInk, narrowest] = [0.6, 0.5];
/** What is taken for lines may be strokes where without them this share of the largest mark is left. */
const minWithoutLines = 0.5;

/** A digit, cut out of its picture. */
export interface Drawing {
  readonly inked: InkedPicture;
  readonly found: FoundDigit;
  readonly shape: Plane;
  /** Of its strokes, in pixels of the shape. */
  readonly width: number;
}

/** Strokes of digits are never as wide as this share of the digit's longer side. */
const solidFraction = 0.4;

/**
 * Steps 9 and 10, in the polarity where there are strokes: of a dark digit on a sheet on a dark table the sheet is the
 * first find, and solid.
 */
export function findDrawing(brightness: Plane): {
  readonly drawing: Drawing | undefined;
  /** Of the drawing, or of the likelier polarity; undefined where there is no ink at all. */
  readonly inked: InkedPicture | undefined;
} {
  let [solid, likelier]: [Drawing | undefined, InkedPicture | undefined] = [undefined, undefined];
  for (const inked of findInk(brightness)) {
    likelier ??= inked;
    const found = findDigit(inked); // 9. The digit's box
    if (!found && isEmptyField(inked)) break;
    if (!found) continue;
    const drawing = drawingOf(inked, found);
    if (drawing.width <= solidFraction * shapeSide) return { drawing, inked };
    solid ??= drawing;
  }
  return { drawing: solid, inked: solid?.inked ?? likelier };
}

export function drawingOf(inked: InkedPicture, found: FoundDigit): Drawing {
  const shape = digitShape(inked, found); // 10. Strokes
  return { inked, found, shape, width: strokeWidth(shape) };
}

/** Step 11. */
export function placed({ width, height }: Picture, drawing: Drawing, preprocessing: DigitPreprocessing): PreparedDigit {
  return {
    image: placeDigit(drawing.shape, preprocessing, drawing.width),
    box: boxInPicture(drawing.found.box, drawing.inked.place, { width, height }),
    sideBySide: 1,
    isCertain: isCertain(drawing.inked),
    dropped: [],
  };
}

/** Marks that were left out, where they are in the picture as it came. */
export function inPicture(dropped: readonly DroppedMark[], inked: InkedPicture, picture: Picture): DroppedMark[] {
  return dropped.map(({ box, reason }) => ({ box: boxInPicture(box, inked.place, picture), reason }));
}

/** Sides of a picture that was scaled down are rounded: its last pixel may end a little beyond the picture. */
function boxInPicture(
  { left, top, right, bottom }: Box,
  place: Place,
  { width, height }: Pick<Picture, 'width' | 'height'>,
): Box {
  return {
    left: Math.max(0, Math.floor((place.left + left) * place.scale)),
    top: Math.max(0, Math.floor((place.top + top) * place.scale)),
    right: Math.min(Math.ceil((place.left + right) * place.scale), width),
    bottom: Math.min(Math.ceil((place.top + bottom) * place.scale), height),
  };
}

function isCertain({ map, dropped, ink: { width, height } }: InkedPicture): boolean {
  if (dropped.some(({ reason }) => reason === 'rule')) return false;
  return map.components.every(
    ({ box: { left, top, right, bottom } }) => left > 1 && top > 1 && right < width - 1 && bottom < height - 1,
  );
}

function scaleDown(plane: Plane, scale: number): Plane {
  if (scale === 1) return plane;
  const area = { left: 0, top: 0, right: plane.width, bottom: plane.height };
  const side = (size: number) => Math.max(1, Math.round(size / scale));
  return averageAreas(plane, area, side(plane.width), side(plane.height));
}
