/** Lines across the picture go, straight or turned; strokes that cross them and everything else stays. */

import { expect, it } from 'vitest';
import { maskOf, rowsOf } from '../../test/pictures/painted.js';
import type { Mask } from './connected-components.js';
import { withoutRuledLines } from './erase-lines.js';
import { newPlane } from './plane.js';
import { boxOfLine } from './ruled-line.js';
import { findRuledLines } from './ruled-lines.js';

const without = (mask: Mask) =>
  withoutRuledLines(newPlane(mask.width, mask.height), mask, findRuledLines(mask), 1).mask;
const count = ({ data }: Mask) => data.reduce((sum, value) => sum + value, 0);

/** A sheet of 100 x 80 with ink where the function says so. */
function sheet(isInk: (x: number, y: number) => boolean): Mask {
  const mask = { width: 100, height: 80, data: new Uint8Array(8000) };
  for (let i = 0; i < 8000; i++) mask.data[i] = isInk(i % 100, Math.floor(i / 100)) ? 1 : 0;
  return mask;
}

it('erases a line with the blur of its edges, and keeps a stroke that crosses it', () => {
  const stroke = '....#.....';
  const empty = '..........';
  const mask = maskOf(empty, stroke, stroke, stroke, '##########', stroke, stroke, stroke, empty);
  // Strokes are slanted: what is one pixel beside a stroke on both sides of the line may be stroke too.
  const kept = [empty, stroke, stroke, stroke, '...###....', stroke, stroke, stroke, empty];
  expect(rowsOf(without(mask))).toEqual(kept);
});

it('ends a stroke that ends on a line', () => {
  const mask = maskOf('...#......', '...#......', '...#......', '##########', '..........', '..........', '..........');
  expect(rowsOf(without(mask)).slice(2)).toEqual(Array(5).fill('..........'));
  expect(rowsOf(without(mask)).slice(0, 2)).toEqual(['...#......', '...#......']);
});

it.each([0, 1, 3, -3])('erases a thick line that is turned by %d degrees, level or upright', (degrees) => {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const level = sheet((x, y) => Math.abs(y - 40 - slope * (x - 50)) <= 2);
  expect(count(level)).toBeGreaterThan(400);
  expect(count(without(level))).toBe(0);
  const upright = sheet((x, y) => Math.abs(x - 30 - slope * (y - 40)) <= 2);
  expect(count(without(upright))).toBe(0);
});

it('takes nothing from the ink beside a line, and the ink of the line itself', () => {
  const mask = sheet((x, y) => y === 20 || (x >= 40 && x < 50 && y >= 40 && y < 70));
  const ink = newPlane(100, 80);
  ink.data.fill(0.5);
  const result = withoutRuledLines(ink, mask, findRuledLines(mask), 1);
  expect(count(result.mask)).toBe(300);
  expect(result.ink.data[20 * 100 + 10]).toBe(0);
  expect(result.ink.data[50 * 100 + 10]).toBe(0.5);
});

it('leaves what covers less than four fifths, and what is thick', () => {
  const short = sheet((x, y) => y === 40 && x < 78);
  expect(findRuledLines(short)).toEqual([]);
  const long = sheet((x, y) => y === 40 && x < 84);
  expect(findRuledLines(long).length).toBe(1);
  // An eighth of the shorter side.
  expect(findRuledLines(sheet((_, y) => y >= 30 && y < 40))).toEqual([]);
});

it('leaves a stroke of a digit that is in the midst of something thicker', () => {
  // A wedge: one of its rows is covered from side to side.
  expect(findRuledLines(sheet((x, y) => y >= 40 - x / 4 && y <= 40 + x / 4))).toEqual([]);
});

it('finds the sides of boxes between two rules, and not a stroke that ends between them', () => {
  const rules = (y: number) => y === 10 || y === 70;
  const boxes = findRuledLines(sheet((x, y) => rules(y) || ((x === 30 || x === 75) && y > 10 && y < 70)));
  expect(boxes.filter(({ across }) => !across).map(({ start }) => Math.round(start))).toEqual([31, 76]);
  const stroke = findRuledLines(sheet((x, y) => rules(y) || (x === 50 && y > 25 && y < 60)));
  expect(stroke.filter(({ across }) => !across)).toEqual([]);
});

it('takes the 1 that fills a narrow picture for no line', () => {
  const one = maskOf(...Array(20).fill('...##...'));
  expect(findRuledLines(one)).toEqual([]);
});

it('gives the box of a line, within the picture', () => {
  const [line] = findRuledLines(sheet((_, y) => y === 0));
  expect(boxOfLine(line, 100, 80)).toEqual({ left: 0, top: 0, right: 100, bottom: 2 });
});

it('reads masks of one pixel and of no ink', () => {
  const blank = maskOf('.');
  expect(without(blank)).toBe(blank);
  expect(() => without(maskOf('#'))).not.toThrow();
});

it('leaves a bar that ends in the picture at both sides, and takes the sides of a frame, which end at each other', () => {
  const isBar = (x: number, y: number) => Math.abs(y - 50) <= 2 && x >= 5 && x < 95;
  expect(findRuledLines(sheet(isBar))).toEqual([]);
  // As a 4 has it: a stem crosses it, and a stroke ends at its end.
  const isStem = (x: number, y: number) => Math.abs(x - 75) <= 2 && y >= 10 && y < 70;
  const isLeft = (x: number, y: number) => x >= 5 && x < 10 && y >= 15 && y < 50;
  expect(findRuledLines(sheet((x, y) => isBar(x, y) || isStem(x, y) || isLeft(x, y)))).toEqual([]);
  const toTheEdge = sheet((x, y) => Math.abs(y - 50) <= 2 && x >= 5);
  expect(count(without(toTheEdge))).toBe(0);
  const frame = sheet((x, y) => x >= 5 && x < 95 && y >= 5 && y < 75 && (x < 8 || x >= 92 || y < 8 || y >= 72));
  expect(findRuledLines(frame).length).toBe(4);
  expect(count(without(frame))).toBe(0);
});

it('takes three strokes that meet a stem from one side, as a 9 has them, for no comb', () => {
  const nine = sheet((x, y) => {
    const isStem = x >= 60 && x < 64 && y >= 8 && y < 72;
    const isBar = x >= 30 && x < 60 && [10, 38, 66].some((top) => y >= top && y < top + 4);
    return isStem || isBar || (x >= 30 && x < 34 && y >= 10 && y < 42);
  });
  expect(findRuledLines(nine)).toEqual([]);
});

it('leaves a slanted stem that goes from edge to edge, and takes lines that are turned so far together', () => {
  const at = (x: number, y: number, middle: number) => Math.abs(x - middle - 0.2 * (y - 40)) <= 2;
  expect(findRuledLines(sheet((x, y) => at(x, y, 50)))).toEqual([]);
  expect(findRuledLines(sheet((x, y) => at(x, y, 25) || at(x, y, 75))).length).toBe(2);
});
