/**
 * CSV as Kaggle has MNIST: a row an image, `label,pixel0,...,pixel783`, grey values from 0 to 255 row by row from the
 * top, of images as high as wide. The line of names may be missing. Read byte by byte: a file of MNIST's size has 47
 * million numbers.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { matchParts, type NamedPart, type Parts } from './parts.js';

const [comma, newline, carriageReturn, zero, nine] = [0x2c, 0x0a, 0x0d, 0x30, 0x39];
const largestSide = 1024;
/** The names of that many pixels, and more. */
const longestLine = 2 ** 24;
/** Of a cell that is shown in a message. */
const longestCell = 20;

export interface CsvFiles {
  readonly train: string;
  readonly test: string;
}

export function isCsvName(name: string): boolean {
  return /\.csv$/i.test(name);
}

/**
 * Which of these tables are the two files: `train.csv` and `test.csv`, or the same with a prefix as in
 * `mnist_train.csv`.
 * @throws InklingError of kind `file` where one is missing or two could be meant
 */
export function findCsvFiles(tables: readonly string[], folder: string): CsvFiles {
  const find = (part: string) => {
    const found = tables.filter((name) => new RegExp(`(?:^|[-_.])${part}\\.csv$`, 'i').test(name));
    if (found.length === 1) return found[0];
    throw new InklingError(
      'file',
      found.length > 1
        ? `${folder} holds ${found.join(' and ')}: which one is meant? Keep the two files of one data set in a folder.`
        : `${folder} lacks ${part}.csv: expected train.csv and test.csv, both with labels. Received: ${tables.slice(0, 10).join(', ')}. ${twoFiles}`,
    );
  };
  return { train: find('train'), test: find('test') };
}

/** What to do where there is one file alone. */
export const twoFiles =
  'Move some of the labelled rows, such as a sixth, to a test.csv beside train.csv, and name their folder.';

/** @throws InklingError of kind `file` or `data`, naming the file and the line */
export async function loadCsv(folder: string, { train, test }: CsvFiles): Promise<Parts> {
  const read = async (name: string) => {
    const path = platform.joinPath(folder, name);
    return readCsv(await platform.readFile(path), path);
  };
  return matchParts(await read(train), await read(test));
}

interface Line {
  readonly start: number;
  /** Without the end of the line. */
  readonly end: number;
}

/** Lines that hold something, in place; a byte order mark is none of the first. */
function* linesOf(bytes: Uint8Array): Generator<Line> {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(newline, start);
    const next = found < 0 ? bytes.length : found;
    const end = next > start && bytes[next - 1] === carriageReturn ? next - 1 : next;
    if (end > start) yield { start, end };
    start = next + 1;
  }
}

function textOf(bytes: Uint8Array, { start, end }: Line): string {
  return new TextDecoder().decode(bytes.subarray(start, end));
}

/**
 * Reads one file.
 * @param source the file's name, for error messages
 * @throws InklingError of kind `data`
 */
export function readCsv(bytes: Uint8Array, source: string): NamedPart {
  let rows = 0;
  let first: Line | undefined;
  for (const line of linesOf(bytes)) {
    first ??= line;
    rows++;
  }
  if (!first)
    throw new InklingError('data', `${source} is empty: expected rows such as label,pixel0,pixel1 and so on.`);
  if (first.end - first.start > longestLine) {
    throw new InklingError(
      'data',
      `${source} begins with a line of ${first.end - first.start} bytes: expected at most ${longestLine}. Check what wrote the file.`,
    );
  }
  const cells = textOf(bytes, first).split(',');
  const hasNames = !/^\d+$/.test(cells[0]);
  const side = sideOf(cells, hasNames, source);
  if (hasNames) rows--;
  if (rows === 0) throw new InklingError('data', `${source} holds no images: expected rows below the line of names.`);
  // A pixel takes a digit and a comma: where there are more rows than that allows, one is too short and is refused.
  const mostRows = Math.min(rows, Math.ceil(bytes.length / (2 * side * side)));
  const images = new Uint8Array(mostRows * side * side);
  const labels = new Uint8Array(rows);
  let row = 0;
  let isNames = hasNames;
  for (const line of linesOf(bytes)) {
    if (!isNames)
      readRow(bytes, line, images.subarray(row * side * side, (row + 1) * side * side), labels, row++, source);
    isNames = false;
  }
  return {
    images: { data: images, shape: [rows, side, side, 1] },
    imagesName: source,
    labels,
    labelsName: source,
  };
}

/** @throws InklingError (data) where the columns are not a label and the pixels of a square */
function sideOf(cells: readonly string[], hasNames: boolean, source: string): number {
  const isSquare = (count: number) => count > 0 && Number.isInteger(Math.sqrt(count));
  const isPixel = /^"?(pixel|px|\d+x\d+)/i.test(cells[0]);
  if (isSquare(cells.length) && !isSquare(cells.length - 1) && (!hasNames || isPixel)) {
    throw new InklingError(
      'data',
      `${source} has no labels: its ${cells.length} columns are the pixels of an image, and expected is the label before them. ` +
        `Kaggle's test.csv is such a file, which cannot be tested on. ${twoFiles}`,
    );
  }
  const side = Math.sqrt(cells.length - 1);
  const isLabelFirst = !hasNames || !isPixel;
  if (isLabelFirst && side >= 1 && Number.isInteger(side) && side <= largestSide) return side;
  throw new InklingError(
    'data',
    `${source} has ${cells.length} columns, of which the first is "${cells[0].slice(0, longestCell)}": expected the label and then the ` +
      'pixels of an image as high as wide, such as 785 for 28 x 28. Write such rows, or images in class folders.',
  );
}

/** The label and the pixels of one line. */
function readRow(
  bytes: Uint8Array,
  line: Line,
  pixels: Uint8Array,
  labels: Uint8Array,
  row: number,
  source: string,
): void {
  let column = 0;
  let at = line.start;
  while (at <= line.end) {
    const start = at;
    let value = 0;
    for (; at < line.end && bytes[at] !== comma; at++) {
      const isDigit = bytes[at] >= zero && bytes[at] <= nine;
      // Not a number, and so outside the range for good.
      value = isDigit ? value * 10 + bytes[at] - zero : Number.NaN;
    }
    if (at === start || !(value <= 255)) throw notAByte(bytes, { start, end: line.end }, column, source);
    if (column === 0) labels[row] = value;
    else if (column <= pixels.length) pixels[column - 1] = value;
    column++;
    at++;
  }
  if (column === pixels.length + 1) return;
  throw new InklingError(
    'data',
    `${source}, line ${lineNumber(bytes, line.start)}, has ${column} columns: expected ${pixels.length + 1}, as in the first line. ` +
      'Check what wrote the file.',
  );
}

function notAByte(bytes: Uint8Array, rest: Line, column: number, source: string): InklingError {
  const cell = textOf(bytes, { start: rest.start, end: Math.min(rest.end, rest.start + 200) }).split(',')[0];
  return new InklingError(
    'data',
    `${source}, line ${lineNumber(bytes, rest.start)}, column ${column + 1}: expected a whole number from 0 to 255. ` +
      `Received: "${cell.slice(0, longestCell)}". Check what wrote the file.`,
  );
}

/** Counted only where something is wrong. */
function lineNumber(bytes: Uint8Array, position: number): number {
  let number = 1;
  for (let at = 0; at < position; at++) if (bytes[at] === newline) number++;
  return number;
}
