/**
 * Where digits that touch each other may be cut: the ways from top to bottom that cross the least ink (as in Avidan,
 * Shamir, "Seam carving for content-aware image resizing", 2007). Which of them is right, a network has to say.
 */

import { columnOf, type FoundDigit, isWithin, type Seam } from './found-digit.js';
import { type InkedPicture, strengthAt } from './inked-picture.js';

/** A seam, and how much ink it crosses, in pixels. */
export interface Cut {
  readonly seam: Seam;
  readonly ink: number;
}

/** What a step of a seam costs beside the ink that it crosses: straight down, and to a neighbouring column. */
const [straightStep, slantedStep] = [0.01, 0.06];
/** Seams are looked for through these rows, as shares of the height. */
const rowsAsked = [0.2, 0.35, 0.5, 0.65, 0.8];
/** Two seams differ where this share of a digit's ink lies between them; at either side of each there is as much. */
const inkBetween = 0.06;
/** What is cut off is at least as high as this share of a digit: a slice of a bar is not. */
const lowestSide = 0.5;

/**
 * @param digit one or more digits that hang together
 * @param height of a digit in its line, in pixels
 * @returns the best cuts, from left to right
 */
export function findCuts(picture: InkedPicture, digit: FoundDigit, height: number, most: number): Cut[] {
  const { box } = digit;
  const ways = waysThrough(strengthsOf(picture, digit), box.right - box.left, box.bottom - box.top);
  const { width, rows } = ways;
  const all = inkLeftOf(ways, new Int32Array(rows).fill(width)).ink;
  const least = inkBetween * all * Math.min(1, height / width);
  const taken: { columns: Int32Array; ink: number; left: number }[] = [];
  for (const { x, y, ink } of placesAsked(ways)) {
    if (taken.length === most) break;
    const columns = columnsThrough(ways, x, y);
    const left = inkLeftOf(ways, columns);
    const right = inkRightOf(ways, columns);
    if (Math.min(left.ink, right.ink) < least || Math.min(left.rows, right.rows) < lowestSide * height) continue;
    if (taken.every((other) => inkFrom(ways, columns, other.columns) >= least)) {
      taken.push({ columns, ink, left: left.ink });
    }
  }
  return taken
    .sort((a, b) => a.left - b.left)
    .map(({ columns, ink }) => ({ seam: { top: box.top, columns: columns.map((x) => x + box.left) }, ink }));
}

/** The cheapest ways through each pixel of a digit's box. */
interface Ways {
  readonly width: number;
  readonly rows: number;
  /** Ink in each pixel, 0 to 1. */
  readonly strengths: Float64Array;
  /** What the way from the first row to each pixel costs, and from the last one, both with that pixel. */
  readonly down: Float64Array;
  readonly up: Float64Array;
  /** In each row how much ink is to the left of a column, `[rows, width + 1]`. */
  readonly before: Float64Array;
}

function waysThrough(strengths: Float64Array, width: number, rows: number): Ways {
  const before = new Float64Array((width + 1) * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0, at = y * (width + 1); x < width; x++, at++) before[at + 1] = before[at] + strengths[y * width + x];
  }
  const down = cheapestWays(strengths, width, rows, false);
  return { width, rows, strengths, down, up: cheapestWays(strengths, width, rows, true), before };
}

/** Pixels, the ones with the cheapest ways through them first. */
function placesAsked({ width, rows, strengths, down, up }: Ways): { x: number; y: number; ink: number }[] {
  const places: { x: number; y: number; ink: number }[] = [];
  for (const y of new Set(rowsAsked.map((share) => Math.floor(share * rows)))) {
    for (let x = 1; x < width; x++) {
      const at = y * width + x;
      places.push({ x, y, ink: down[at] + up[at] - strengths[at] });
    }
  }
  const fromMiddle = ({ x }: { x: number }) => Math.abs(x - width / 2);
  return places.sort((a, b) => a.ink - b.ink || fromMiddle(a) - fromMiddle(b) || a.x - b.x || a.y - b.y);
}

/** How much ink a seam has at its left, and from which row to which, in rows. */
function inkLeftOf({ width, rows, before }: Ways, columns: Int32Array): { ink: number; rows: number } {
  return sumOfRows(rows, (row) => before[row * (width + 1) + columns[row]]);
}

function inkRightOf({ width, rows, before }: Ways, columns: Int32Array): { ink: number; rows: number } {
  return sumOfRows(rows, (row) => before[row * (width + 1) + width] - before[row * (width + 1) + columns[row]]);
}

/** How much ink lies between two seams. */
function inkFrom({ width, rows, before }: Ways, one: Int32Array, other: Int32Array): number {
  return sumOfRows(rows, (row) =>
    Math.abs(before[row * (width + 1) + one[row]] - before[row * (width + 1) + other[row]]),
  ).ink;
}

function sumOfRows(rows: number, inkOf: (row: number) => number): { ink: number; rows: number } {
  let [ink, first, last] = [0, rows, 0];
  for (let row = 0; row < rows; row++) {
    const own = inkOf(row);
    ink += own;
    if (own < 0.5) continue;
    first = Math.min(first, row);
    last = row + 1;
  }
  return { ink, rows: Math.max(0, last - first) };
}

/** Ink's strength, 0 to 1, in the digit's box. */
function strengthsOf(picture: InkedPicture, { labels, box }: FoundDigit): Float64Array {
  const { ink, map } = picture;
  const width = box.right - box.left;
  const strengths = new Float64Array(width * (box.bottom - box.top));
  for (let i = 0; i < strengths.length; i++) {
    const y = Math.floor(i / width);
    const at = (box.top + y) * ink.width + box.left + i - y * width;
    if (labels.has(map.labels[at])) strengths[i] = strengthAt(picture, at, map.labels[at]);
  }
  return strengths;
}

/** What the cheapest way from the first row (the last one, where `up`) to each pixel costs, with that pixel. */
function cheapestWays(cost: Float64Array, width: number, rows: number, up: boolean): Float64Array {
  const ways = new Float64Array(width * rows);
  for (let step = 0; step < rows; step++) {
    const y = up ? rows - 1 - step : step;
    const before = (up ? y + 1 : y - 1) * width;
    for (let x = 0; x < width; x++) {
      const own = cost[y * width + x];
      ways[y * width + x] = step === 0 ? own : own + cheapest(ways, before, x, width).cost;
    }
  }
  return ways;
}

function cheapest(ways: Float64Array, row: number, x: number, width: number): { column: number; cost: number } {
  let [column, cost] = [x, ways[row + x] + straightStep];
  for (const near of [x - 1, x + 1]) {
    if (near < 0 || near >= width || ways[row + near] + slantedStep >= cost) continue;
    [column, cost] = [near, ways[row + near] + slantedStep];
  }
  return { column, cost };
}

/** The cheapest way through a pixel: in each row the first column to the right of the cut. */
function columnsThrough({ width, rows, down, up }: Ways, x: number, y: number): Int32Array {
  const columns = new Int32Array(rows);
  columns[y] = x;
  for (let row = y - 1; row >= 0; row--) columns[row] = cheapest(down, row * width, columns[row + 1], width).column;
  for (let row = y + 1; row < rows; row++) columns[row] = cheapest(up, row * width, columns[row - 1], width).column;
  return columns;
}

/** What is left of a digit between two cuts. @returns undefined where no ink is */
export function pieceBetween(
  { ink, map }: InkedPicture,
  whole: FoundDigit,
  from: Seam | undefined,
  to: Seam | undefined,
): FoundDigit | undefined {
  const piece = { labels: whole.labels, box: whole.box, from, to };
  let { right: left, left: right, bottom: top, top: bottom } = whole.box;
  for (let y = whole.box.top; y < whole.box.bottom; y++) {
    const first = from ? Math.max(columnOf(from, y), whole.box.left) : whole.box.left;
    const end = to ? Math.min(columnOf(to, y), whole.box.right) : whole.box.right;
    for (let x = first; x < end; x++) {
      if (!whole.labels.has(map.labels[y * ink.width + x]) || !isWithin(piece, x, y)) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return left < right ? { ...piece, box: { left, top, right, bottom } } : undefined;
}
