/** Which components stand in one line: rising ones, close ones, and those of unequal height. */

import { describe, expect, it } from 'vitest';
import type { Component } from './connected-components.js';
import { findTextLines } from './text-lines.js';

/** Boxes 20 wide around middles, as components. */
const at = (...places: readonly (readonly [x: number, y: number, height: number])[]): Component[] =>
  places.map(([x, y, height], index) => ({
    label: index + 1,
    box: { left: x - 10, right: x + 10, top: y - height / 2, bottom: y + height / 2 },
    pixels: 20 * height,
    edgePixels: 0,
  }));
const labels = (components: readonly Component[]) =>
  findTextLines(components).map((line) => line.components.map(({ label }) => label));

describe('findTextLines', () => {
  it('finds lines a twentieth of their height apart, rising by a tenth', () => {
    const rows = [0, 1, 2].flatMap((row) =>
      [0, 1, 2, 3, 4].map((column) => [50 + 35 * column, 200 + 42 * row - 3.5 * column, 40] as const),
    );
    expect(labels(at(...rows))).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10],
      [11, 12, 13, 14, 15],
    ]);
    // In whatever order they come.
    const shuffled = at(...rows).sort((a, b) => ((a.label * 7) % 16) - ((b.label * 7) % 16));
    expect(labels(shuffled)).toEqual(labels(at(...rows)));
  });

  it('follows a line that falls by more than its height', () => {
    const falling = [0, 1, 2, 3, 4, 5].map((column) => [50 + 50 * column, 100 + 12 * column, 40] as const);
    expect(labels(at(...falling))).toEqual([[1, 2, 3, 4, 5, 6]]);
  });

  it('does not take two digits at different heights for a slanted line', () => {
    expect(labels(at([37, 37, 43], [93, 28, 42], [163, 47, 44]))).toEqual([[1, 2, 3]]);
  });

  it('keeps low ones with their line, and knows its height by the others', () => {
    const [line, ...others] = findTextLines(at([50, 100, 40], [90, 95, 20], [130, 100, 38], [170, 102, 36]));
    expect(others).toEqual([]);
    expect(line.components.map(({ label }) => label)).toEqual([1, 2, 3, 4]);
    expect(line.height).toBe(38);
  });

  it('reads from the top, wherever lines begin', () => {
    expect(labels(at([150, 150, 40], [50, 100, 40], [90, 100, 40]))).toEqual([[2, 3], [1]]);
    expect(labels([])).toEqual([]);
  });
});
