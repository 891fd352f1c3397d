/** All digits of a picture, line by line, as a network sees them, and other ways to divide the ink of a line. */

import { checkPicture, type Picture } from '../pictures/picture.js';
import { brightnessOf } from './brightness.js';
import { type Candidate, divisionOf } from './divisions.js';
import type { DroppedMark } from './dropped-marks.js';
import type { FoundDigit } from './found-digit.js';
import { findMarkLines, joined } from './line-marks.js';
import { drawingOf, findDrawing, inPicture, type PreparedDigit, placed } from './preprocess.js';
import type { DigitPreprocessing } from './settings.js';

/** All digits of a picture as they first seem to be. */
export interface PreparedPage {
  /** From the top. */
  readonly lines: readonly PreparedLine[];
  /** What looked like ink and is in no digit. */
  readonly dropped: readonly DroppedMark[];
}

export interface PreparedLine {
  /** From left to right. */
  readonly digits: readonly PreparedDigit[];
  /**
   * Other ways to divide its ink, where there is doubt about it.
   * @param probabilities of each of the digits the largest one that the network gives, calibrated
   */
  divide(probabilities: readonly number[]): PreparedDivision;
}

/** As `Division`. */
export interface PreparedDivision {
  readonly bounds: number;
  readonly candidates: readonly PreparedCandidate[];
}

export interface PreparedCandidate extends Omit<Candidate, 'digit'> {
  /** Undefined where it is one of the line's digits. */
  readonly digit: PreparedDigit | undefined;
}

/**
 * All digits of a picture, line by line, each line from left to right; none where nothing is drawn. No network is asked:
 * digits that touch each other are one, and strokes of one that are apart may be two.
 * @throws InklingError (argument) where the picture's data does not fit its size
 * @example
 * ```ts
 * const digits = prepareDigits(picture, preprocessingLikeMnist([28, 28], 'light on dark'));
 * console.log(`${digits.length} digits`);
 * ```
 */
export function prepareDigits(picture: Picture, preprocessing: DigitPreprocessing): PreparedDigit[] {
  return preparePage(picture, preprocessing).lines.flatMap(({ digits }) => digits);
}

/** @throws InklingError (argument) where the picture's data does not fit its size */
export function preparePage(picture: Picture, preprocessing: DigitPreprocessing): PreparedPage {
  checkPicture(picture);
  const { drawing, inked } = findDrawing(brightnessOf(picture));
  if (!inked) return { lines: [], dropped: [] };
  if (!drawing) return { lines: [], dropped: inPicture(inked.dropped, inked, picture) };
  const prepare = (found: FoundDigit) => placed(picture, drawingOf(inked, found), preprocessing);
  const { lines, dropped } = findMarkLines(inked.marks);
  return {
    lines: lines.map((line) => ({
      digits: line.digits.map(({ first, end }) => prepare(joined(line.strokes.slice(first, end)))),
      divide: (probabilities) => {
        const { bounds, candidates } = divisionOf(inked, line, probabilities);
        const prepared = candidates.map((candidate) => ({
          ...candidate,
          digit: candidate.index === undefined ? prepare(candidate.digit) : undefined,
        }));
        return { bounds, candidates: prepared };
      },
    })),
    dropped: inPicture([...inked.dropped, ...dropped], inked, picture),
  };
}
