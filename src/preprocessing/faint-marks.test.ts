/** Faint strokes beside a dark one, and what is as pale and no stroke. */

import { describe, expect, it } from 'vitest';
import { planeOf } from '../../test/pictures/painted.js';
import { digitShape } from './digit-shape.js';
import { findInk } from './find-ink.js';
import { digitOf } from './found-digit.js';
import type { InkedPicture } from './inked-picture.js';

type Paint = (x: number, y: number) => number;

const [paper, black] = [230, 30];
/** A stroke with one pixel of blur around it. */
const bar =
  (left: number, top: number, right: number, bottom: number): Paint =>
  (x, y) =>
    Math.min(1, Math.max(0, (Math.min(x - left, right - 1 - x, y - top, bottom - 1 - y) + 2) / 2));
const dark = bar(30, 30, 36, 70);

/** A dark stroke, and beside it something that is `strength` as strong where it covers the paper. */
function inked(strength: number, beside: Paint, grain: Paint = () => 0): InkedPicture {
  const ink: Paint = (x, y) => Math.max(dark(x, y), strength * beside(x, y));
  const [found] = findInk(planeOf(160, 100, (x, y) => paper + ink(x, y) * (black - paper) + grain(x, y)));
  return found;
}

const boxesOf = ({ marks }: InkedPicture) => marks.map(({ box }) => [box.left, box.top, box.right, box.bottom]);
const stroke = [30, 30, 36, 70];

describe('faint strokes beside a dark one', () => {
  it.each([0.18, 0.3, 0.45])('are marks from edge to edge where they are %d times as strong', (strength) => {
    const picture = inked(strength, bar(80, 32, 86, 69));
    expect(boxesOf(picture)).toEqual([stroke, [80, 32, 86, 69]]);
    const [, faint] = picture.marks;
    const { paper: none, full } = picture.inkMask;
    expect((picture.faint.get(faint.label)! - none) / (full - none)).toBeCloseTo(strength, 1);
    expect([...picture.faint.keys()]).toEqual([faint.label]);
    expect(picture.dropped).toEqual([]);
  });

  it('have shapes as strong as those of dark ones', () => {
    const picture = inked(0.25, bar(80, 30, 86, 70));
    const strongest = picture.marks.map((mark) => Math.max(...digitShape(picture, digitOf([mark])).data));
    expect(strongest[0]).toBeGreaterThan(0.95);
    expect(strongest[1]).toBeGreaterThan(0.95);
  });

  it('are whole where the strongest part of them is above the threshold of dark ink', () => {
    const half: Paint = (x, y) => bar(80, 30, 86, 70)(x, y) * (y < 45 ? 1 : 0.8);
    const picture = inked(0.56, half);
    expect(boxesOf(picture)).toEqual([stroke, [79, 29, 87, 70]]); // Half of the weaker part is as weak as the blur.
    const labels = new Set(picture.map.labels);
    expect([...labels].sort()).toEqual([0, ...picture.map.components.map(({ label }) => label)].sort());
  });

  it('stand out of grain', () => {
    const grain: Paint = (x, y) => ((x * 7919 + y * 104729) % 7) - 3;
    expect(boxesOf(inked(0.2, bar(80, 32, 86, 69), grain))).toHaveLength(2);
  });

  it('are told where they are too low or cut by the edge', () => {
    for (const beside of [bar(80, 50, 86, 67), bar(80, 60, 86, 110)]) {
      const picture = inked(0.3, beside);
      expect(boxesOf(picture)).toEqual([stroke]);
      expect(picture.dropped.map(({ reason }) => reason)).toEqual(['faint']);
    }
  });
});

describe('what is as pale as a faint stroke', () => {
  it('are told where their edges are too soft to be sure of it', () => {
    // Edges that rise over ten pixels, those of the dark stroke over one.
    const ramp = (distance: number, half: number) => Math.min(1, Math.max(0, (half - distance) / 10 + 0.5));
    const soft: Paint = (x, y) => ramp(Math.abs(x - 83), 5) * ramp(Math.abs(y - 50), 19);
    const picture = inked(0.35, soft);
    expect(picture.faint.size).toBe(0);
    expect(picture.dropped.map(({ reason }) => reason)).toEqual(['faint']);
  });

  it('are shadows where they are soft and end at the edge, and rules where they go through the picture', () => {
    const ramp = (distance: number, half: number) => Math.min(1, Math.max(0, (half - distance) / 10 + 0.5));
    const fold: Paint = (x, y) => ramp(Math.abs(x - 83), 5) * ramp(y, 40);
    expect(inked(0.35, fold).dropped.map(({ reason }) => reason)).toEqual(['shadow']);
    const wavy: Paint = (x, y) => (Math.abs(y - 84 - 7 * Math.sin(x / 18)) < 3 ? 1 : 0);
    expect(inked(0.35, wavy).dropped.map(({ reason }) => reason)).toEqual(['rule']);
  });

  const nothing: readonly (readonly [string, number, Paint])[] = [
    ['weaker than any stroke', 0.09, bar(80, 30, 86, 70)],
    ['a shadow', 0.3, (x, y) => Math.max(0, 1 - ((x - 100) ** 2 + (y - 50) ** 2) / 900)],
    ['ringing along a stroke', 0.35, (x, y) => (x === 39 && y >= 32 && y < 68 ? 1 : 0)],
    ['a rule across the picture', 0.3, (_, y) => (y >= 50 && y < 52 ? 1 : 0)],
    ['squared paper', 0.3, (x, y) => (x % 25 === 4 || y % 25 === 4 ? 1 : 0)],
    ['a box around the stroke', 0.4, (x, y) => Math.max(bar(14, 12, 52, 88)(x, y) - bar(17, 15, 49, 85)(x, y), 0)],
    ['a hair', 0.4, (x, y) => (x === 90 && y >= 30 && y < 70 ? 1 : 0)],
  ];
  it.each(nothing)('is no mark and not told: %s', (_, strength, beside) => {
    const picture = inked(strength, beside);
    expect(boxesOf(picture)).toEqual([stroke]);
    expect(picture.faint.size).toBe(0);
    expect(picture.dropped.filter(({ reason }) => reason !== 'rule')).toEqual([]);
  });

  it('is taken away as lines, and a faint stroke on them is a mark', () => {
    const rules: Paint = (_, y) => (y % 30 === 20 || y % 30 === 21 ? 0.7 : 0);
    const stroke: Paint = (x, y) => Math.max(bar(80, 32, 86, 69)(x, y), rules(x, y));
    const picture = inked(0.35, stroke);
    expect(boxesOf(picture)).toHaveLength(2);
    expect([...picture.faint.keys()]).toHaveLength(1);
  });
});
