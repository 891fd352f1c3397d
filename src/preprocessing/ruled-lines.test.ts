/** Lines across the picture go, strokes that cross them and everything else stays. */

import { expect, it } from 'vitest';
import { maskOf, rowsOf } from '../../test/pictures/painted.js';
import { withoutRuledLines } from './ruled-lines.js';

it('erases a line with the blur of its edges, and keeps a stroke that crosses it', () => {
  const stroke = '....#.....';
  const empty = '..........';
  const mask = maskOf(empty, stroke, stroke, stroke, '##########', stroke, stroke, stroke, empty);
  // Strokes are slanted: what is one pixel beside a stroke on both sides of the line may be stroke too.
  const kept = [empty, stroke, stroke, stroke, '...###....', stroke, stroke, stroke, empty];
  expect(rowsOf(withoutRuledLines(mask))).toEqual(kept);
});

it('erases upright lines the same way', () => {
  const rows = [
    '..#....',
    '..#....',
    '..#....',
    '.......',
    '..#....',
    '..#..#.',
    '..#....',
    '..#....',
    '..#....',
    '..#....',
  ];
  expect(rowsOf(withoutRuledLines(maskOf(...rows)))).toEqual(
    rows.map((row) => (row.includes('#.#') || row === '..#..#.' ? '.....#.' : '.......')),
  );
});

it('ends a stroke that ends on a line', () => {
  const mask = maskOf('...#......', '...#......', '...#......', '##########', '..........', '..........', '..........');
  expect(rowsOf(withoutRuledLines(mask)).slice(2)).toEqual(Array(5).fill('..........'));
  expect(rowsOf(withoutRuledLines(mask)).slice(0, 2)).toEqual(['...#......', '...#......']);
});

it('leaves what covers no more than four fifths, and what is thick', () => {
  const short = maskOf('..........', '########..', '..........');
  expect(withoutRuledLines(short)).toBe(short);
  const thick = maskOf('..........', '##########', '##########', '..........');
  expect(withoutRuledLines(thick)).toBe(thick);
});

it('takes lines of up to a fiftieth of the shorter side', () => {
  const rows = (lines: number) =>
    Array.from({ length: 120 }, (_, y) => (y >= 50 && y < 50 + lines ? '#' : '.').repeat(150));
  expect(withoutRuledLines(maskOf(...rows(2))).data.some((ink) => ink === 1)).toBe(false);
  const thick = maskOf(...rows(3));
  expect(withoutRuledLines(thick)).toBe(thick);
});

it('leaves one pixel, and never reads outside of lines at the edge', () => {
  const filled = maskOf('##########', '..........', '##########');
  expect(rowsOf(withoutRuledLines(filled))).toEqual(['..........', '..........', '..........']);
  expect(rowsOf(withoutRuledLines(maskOf('#')))).toEqual(['.']);
  expect(rowsOf(withoutRuledLines(maskOf('.')))).toEqual(['.']);
});
