/** Ruled and squared paper: takes away lines that run across the picture, and leaves the strokes that cross them. */

import type { Mask } from './connected-components.js';

/** A row or column is a line where ink covers this share of it, in runs. */
const covered = 0.8;
/** Lines are at most this share of the picture's shorter side thick, or one pixel. */
const thickest = 0.02;

/** @returns the mask without lines, itself where there are none */
export function withoutRuledLines(mask: Mask): Mask {
  const rows = linesOf(mask, true);
  const columns = linesOf(mask, false);
  if (rows.length === 0 && columns.length === 0) return mask;
  const data = mask.data.slice();
  for (const { first, last } of rows) erase(mask, data, first, last, true);
  for (const { first, last } of columns) erase(mask, data, first, last, false);
  return { ...mask, data };
}

interface Line {
  readonly first: number;
  readonly last: number;
}

function linesOf({ width, height, data }: Mask, across: boolean): Line[] {
  const [count, length] = across ? [height, width] : [width, height];
  const [stepLine, stepAlong] = across ? [width, 1] : [1, width];
  const isLine = (line: number) => {
    let ink = 0;
    for (let along = 0; along < length; along++) ink += data[line * stepLine + along * stepAlong];
    return ink > covered * length;
  };
  const most = Math.max(1, thickest * Math.min(width, height));
  const lines: Line[] = [];
  for (let first = 0; first < count; first++) {
    if (!isLine(first)) continue;
    let last = first;
    while (last + 1 < count && isLine(last + 1)) last++;
    if (last - first + 1 <= most) lines.push({ first, last });
    first = last;
  }
  return lines;
}

/** Ink stays where a stroke goes on at both sides of the line. */
function erase({ width, height, data }: Mask, result: Uint8Array, first: number, last: number, across: boolean): void {
  const [count, length] = across ? [height, width] : [width, height];
  const [stepLine, stepAlong] = across ? [width, 1] : [1, width];
  // Blurred edges of a line reach one pixel further.
  const [from, to] = [Math.max(0, first - 1), Math.min(count - 1, last + 1)];
  const inkNear = (line: number, along: number) => {
    if (line < 0 || line >= count) return false;
    for (let near = Math.max(0, along - 1); near <= Math.min(length - 1, along + 1); near++) {
      if (data[line * stepLine + near * stepAlong] === 1) return true;
    }
    return false;
  };
  for (let along = 0; along < length; along++) {
    if (inkNear(from - 1, along) && inkNear(to + 1, along)) continue;
    for (let line = from; line <= to; line++) result[line * stepLine + along * stepAlong] = 0;
  }
}
