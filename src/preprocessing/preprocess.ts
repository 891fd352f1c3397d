/**
 * From any picture of a digit to what the network reads, step by step as docs/predict.md lists them. The same bytes in
 * Node and in browsers.
 */

import { checkPicture, type Picture } from '../pictures/picture.js';
import { brightnessOf } from './brightness.js';
import { type Box, boxHeight, boxWidth } from './connected-components.js';
import { digitShape, shapeSide } from './digit-shape.js';
import type { DroppedMark } from './dropped-marks.js';
import { countSideBySide, findBrokenDigit, findDigit, marksBeside } from './find-digits.js';
import { findInk, findInkOfCut, isEmptyField } from './find-ink.js';
import type { FoundDigit } from './found-digit.js';
import { tellFrameSides } from './frame-sides.js';
import type { InkedPicture, Place } from './inked-picture.js';
import { likeTrainingImage } from './like-training-image.js';
import { smallestSide } from './likely-marks.js';
import { placeDigit } from './place-digit.js';
import type { Plane } from './plane.js';
import type { DigitPreprocessing } from './settings.js';
import { cut } from './sheet-of-paper.js';
import { strokeWidth } from './stroke-width.js';

/** A digit, or what may be one, as the network sees it. */
export interface PreparedDigit {
  /** `[height * width]`, 0 to 255. */
  readonly image: Uint8Array;
  /** Where it is in the picture, in its pixels. */
  readonly box: Box;
  /** How many digits seem to stand side by side where one was looked for; 1 where all were. */
  readonly sideBySide: number;
  /**
   * Whether the way it was found is not in doubt: there is nothing of the digit or of what is like ink at the picture's
   * edges, which could mislead; of another reading, the digit touches the edges as one that is cut at the ink does.
   */
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
  const dropped = tellFrameSides([...inked.dropped, ...marksBeside(inked, found)], found.box, inked.ink);
  return {
    ...placed(picture, drawing, preprocessing),
    sideBySide: countSideBySide(inked),
    dropped: inPicture(dropped, inked, picture),
  };
}

/**
 * Other readings of a picture than that of `prepareDigit`, likelier ones first: as a piece of paper that was cut at the
 * ink, so that edges say nothing of what is paper; of a small picture also with parts that stand apart, as thin strokes
 * break there. A network tells which of them shows a digit.
 * @throws InklingError (argument) where the picture's data does not fit its size
 * @example
 * ```ts
 * const readings = [prepareDigit(picture, preprocessing), ...prepareOtherReadings(picture, preprocessing)];
 * ```
 */
export function prepareOtherReadings(picture: Picture, preprocessing: DigitPreprocessing): PreparedDigit[] {
  checkPicture(picture);
  if (Math.min(picture.width, picture.height) < smallestSide) return [];
  const isSmall = Math.max(picture.width, picture.height) <= smallPicture;
  const readings: PreparedDigit[] = [];
  for (const inked of findInkOfCut(brightnessOf(picture))) {
    const found = findDigit(inked);
    const broken = found && isSmall ? findBrokenDigit(inked, found) : undefined;
    for (const digit of [found, broken]) {
      if (!digit) continue;
      const isCertain = isLikeACut(inked, digit, picture);
      readings.push({ ...onlyDigit(picture, drawingOf(inked, digit), preprocessing), isCertain });
    }
  }
  return readings;
}

/** A frame along the picture's edges is within this share of its shorter side. */
const frameMargin = 0.08;

/**
 * What is drawn inside a frame along the picture's edges: a shade that ends at the frame is one with it. For pictures
 * in which no other reading shows a digit, as this one may cut what is near to the edges: it is never certain.
 * @returns undefined where nothing is drawn there, or the picture is too small for a frame
 * @throws InklingError (argument) where the picture's data does not fit its size
 * @example
 * ```ts
 * const digit = prepareDigitInFrame(picture, preprocessingLikeMnist([28, 28], 'light on dark'));
 * ```
 */
export function prepareDigitInFrame(picture: Picture, preprocessing: DigitPreprocessing): PreparedDigit | undefined {
  checkPicture(picture);
  const { width, height } = picture;
  const margin = Math.ceil(frameMargin * Math.min(width, height));
  if (Math.min(width, height) - 2 * margin < smallestSide) return undefined;
  const inside = { left: margin, top: margin, right: width - margin, bottom: height - margin };
  const { drawing } = findDrawing(cut(brightnessOf(picture), inside));
  if (!drawing) return undefined;
  const { left, top, scale } = drawing.inked.place;
  const place = { left: left + margin / scale, top: top + margin / scale, scale };
  const moved = { ...drawing, inked: { ...drawing.inked, place } };
  return { ...onlyDigit(picture, moved, preprocessing), isCertain: false };
}

/** In pictures up to so many pixels a side, a thin pen's strokes are narrower than a pixel. */
const smallPicture = 64;

/** What runs through this share of a picture and takes less than that of it the other way is a bar, not a digit. */
const [through, leastOfPicture] = [0.9, 0.4];
/**
 * At most this share of its box's sides, and so many pixels, lies along the picture's edges as ink: of shoulders in a
 * photo it is more. A 1 whose box is narrower than this for its length may fill the picture.
 */
const [mostAlongEdges, andPixels] = [0.25, 2];
const [mostOfNarrow, narrowest] = [0.8, 0.5];

/** Whether the digit is no bar through the picture, and touches edges as little as one that is cut at the ink. */
function isLikeACut(inked: InkedPicture, { labels, box }: FoundDigit, picture: Picture): boolean {
  const { scale } = inked.place;
  const [width, height] = [boxWidth(box), boxHeight(box)];
  const shares = [(width * scale) / picture.width, (height * scale) / picture.height];
  const most = Math.min(width, height) < narrowest * Math.max(width, height) ? mostOfNarrow : mostAlongEdges;
  const isBar = Math.max(...shares) >= through && Math.min(...shares) < leastOfPicture;
  const edgePixels = inked.marks.reduce((sum, mark) => sum + (labels.has(mark.label) ? mark.edgePixels : 0), 0);
  return !isBar && edgePixels <= most * 2 * (width + height) + andPixels;
}

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
/** A sheet within a frame, on which a digit is a hole: it takes this share of the picture each way, of which more is ink. */
const [sheetSide, sheetInk] = [0.6, 0.7];

function isSheet({ marks, ink }: InkedPicture, { labels, box }: FoundDigit): boolean {
  const [width, height] = [boxWidth(box), boxHeight(box)];
  const isNarrow = Math.min(width, height) < narrowest * Math.max(width, height);
  if (isNarrow || Math.min(width / ink.width, height / ink.height) < sheetSide) return false;
  const pixels = marks.reduce((sum, mark) => sum + (labels.has(mark.label) ? mark.pixels : 0), 0);
  return pixels > sheetInk * width * height;
}

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
    if (drawing.width <= solidFraction * shapeSide && !isSheet(inked, found)) return { drawing, inked };
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
