/** What is taken away with a line, and what of a stroke on it stays. */

import { describe, expect, it } from 'vitest';
import type { Mask } from './connected-components.js';
import { withoutRuledLines } from './erase-lines.js';
import { newPlane, type Plane } from './plane.js';
import { findRuledLines, maskOfLines } from './ruled-lines.js';

const [width, height] = [100, 60];

/** A line of this strength at rows 29 to 31, and strokes of strength 1 where the function says so. */
function lineOf(strength: number, isStroke: (x: number, y: number) => boolean): Plane {
  const ink = newPlane(width, height);
  ink.data.forEach((_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    ink.data[i] = isStroke(x, y) ? 1 : Math.abs(y - 30) <= 1 ? strength : 0;
  });
  return ink;
}

function erased(ink: Plane) {
  const mask: Mask = { width, height, data: Uint8Array.from(ink.data, (value) => (value > 0.5 ? 1 : 0)) };
  const lines = findRuledLines(maskOfLines(ink, { mask, paper: 0, full: 1, deviation: 0 }));
  expect(lines.length).toBe(1);
  return withoutRuledLines(ink, mask, lines, 1);
}

/** It ends on the line. */
const bar = (x: number, y: number) => x >= 40 && x < 60 && y >= 24 && y < 32;

describe('a line that is paler than ink', () => {
  it('is found where the threshold of ink lets nothing of it through, and leaves the ink', () => {
    const { ink, mask } = erased(lineOf(0.4, () => false));
    expect(Math.max(...mask.data)).toBe(0);
    expect(Math.max(...ink.data)).toBe(0);
  });

  it.each([0.4, 0.6])('of strength %d leaves a stroke whole that ends on it', (strength) => {
    const { ink, mask } = erased(lineOf(strength, bar));
    const whole = lineOf(0, bar).data;
    expect([...mask.data]).toEqual([...whole]);
    expect([...ink.data]).toEqual([...whole]);
  });
});

it('cuts a stroke that ends on a line as dark as it', () => {
  const { mask } = erased(lineOf(1, bar));
  const rows = (from: number, to: number) => mask.data.slice(from * width, to * width).reduce((sum, it) => sum + it, 0);
  expect(rows(24, 28)).toBe(4 * 20);
  expect(rows(28, 60)).toBe(0);
});

it('leaves a stroke that crosses a line as dark as it', () => {
  const crossing = (x: number, y: number) => x >= 40 && x < 46 && y >= 10 && y < 50;
  const { mask } = erased(lineOf(1, crossing));
  for (let y = 10; y < 50; y++) for (let x = 40; x < 46; x++) expect(mask.data[y * width + x], `${x}, ${y}`).toBe(1);
});

it('does not take for a line what is hardly darker than paper', () => {
  const ink = lineOf(0.25, bar);
  expect(
    findRuledLines(
      maskOfLines(ink, { mask: { width, height, data: new Uint8Array() }, paper: 0, full: 1, deviation: 0 }),
    ),
  ).toEqual([]);
});
