/** Sides of boxes and the teeth of combs are lines; strokes that cross lines or stand on one are not. */

import { describe, expect, it } from 'vitest';
import type { Mask } from './connected-components.js';
import { middleAt } from './ruled-line.js';
import { findRuledLines } from './ruled-lines.js';

const [width, height] = [300, 60];

type Painter = (x: number, y: number) => boolean;

/** A strip of 300 x 60 with ink where one of the functions says so. */
function strip(...painters: readonly Painter[]): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    painters.some((isInk) => isInk(i % width, Math.floor(i / width))) ? 1 : 0,
  );
  return { width, height, data };
}

const level =
  (at: number, from = 0, to = width): Painter =>
  (x, y) =>
    Math.abs(y + 0.5 - at) <= 1 && x >= from && x < to;

/** From one row to another, leaning by so many pixels a row, where it is `at` in the middle. */
const upright =
  (at: number, from: number, to: number, lean = 0, thickness = 2): Painter =>
  (x, y) =>
    y >= from && y < to && Math.abs(x + 0.5 - at - lean * (y - (from + to) / 2)) <= thickness / 2;

/** Where uprights are half-way down, from left to right. */
const uprights = (mask: Mask) =>
  findRuledLines(mask)
    .filter(({ across }) => !across)
    .map((line) => Math.round(middleAt(line, (line.from + line.to) / 2)))
    .sort((a, b) => a - b);

const rules = [level(10), level(50)];
const places = [40, 100, 160, 220, 280];

describe('between two lines', () => {
  it('finds the sides of boxes, upright or leaning as far as paper that is seen at an angle makes them', () => {
    expect(uprights(strip(...rules, ...places.map((at) => upright(at, 10, 50))))).toEqual(places);
    const leaning = places.map((at) => upright(at, 10, 50, (at - 150) / 250));
    expect(uprights(strip(...rules, ...leaning))).toEqual(places);
  });

  it('leaves a stroke that goes on beyond the lines which it crosses', () => {
    expect(uprights(strip(level(16), level(44), upright(100, 8, 52)))).toEqual([]);
  });

  it('leaves a stroke that is upright at a line and leans further away from it', () => {
    const bent: Painter = (x, y) => y >= 10 && y < 50 && Math.abs(x + 0.5 - 100 - Math.max(0, 44 - y)) <= 1.5;
    expect(uprights(strip(...rules, bent))).toEqual([]);
  });

  it('leaves a stroke that ends between them, and a thick one that ends at both', () => {
    expect(uprights(strip(...rules, upright(100, 20, 42)))).toEqual([]);
    expect(uprights(strip(...rules, upright(100, 10, 50, 0, 12)))).toEqual([]);
  });
});

describe('teeth of a comb', () => {
  it('are two or more of one length at one line', () => {
    expect(uprights(strip(level(50), ...places.map((at) => upright(at, 34, 50))))).toEqual(places);
    expect(uprights(strip(level(50), upright(100, 34, 50)))).toEqual([]);
    expect(uprights(strip(level(50), upright(100, 34, 50), upright(160, 18, 50)))).toEqual([]);
  });

  it('are found where the line at which they begin is not in the picture, if there are three', () => {
    expect(uprights(strip(...places.map((at) => upright(at, 44, 60))))).toEqual(places);
    expect(uprights(strip(upright(40, 44, 60), upright(160, 44, 60)))).toEqual([]);
  });

  it('are no longer than strokes are, where their line is not in the picture', () => {
    expect(uprights(strip(...places.map((at) => upright(at, 20, 60))))).toEqual([]);
  });

  it('are cut at the edge like their line, which goes out of the picture', () => {
    const falling: Painter = (x, y) => Math.abs(y + 0.5 - 52 - x / 20) <= 1;
    const teeth = places.map((at) => upright(at, Math.min(40, 36 + at / 20), 52 + at / 20));
    expect(uprights(strip(falling, ...teeth))).toEqual(places);
  });
});

it('finds lines with gaps by the sides that end at them, and not without', () => {
  const cells = [
    [50, 130],
    [170, 250],
  ];
  const gaps = cells.flatMap(([from, to]) => [level(10, from, to), level(50, from, to)]);
  const sides = cells.flatMap(([from, to]) => [upright(from + 1, 10, 50), upright(to - 1, 10, 50)]);
  const found = findRuledLines(strip(...gaps, ...sides));
  expect(found.filter(({ across }) => across).map((line) => Math.round(middleAt(line, 150)))).toEqual([10, 50]);
  expect(uprights(strip(...gaps, ...sides))).toEqual([51, 129, 171, 249]);
  expect(findRuledLines(strip(...gaps))).toEqual([]);
});
