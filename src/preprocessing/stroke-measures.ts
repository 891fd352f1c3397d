/** Of ink in a mask: how steep its edges are, how thick its strokes, and how much of it is near to other ink. */

import { type Box, type Component, eachPixelOf, type Mask } from './connected-components.js';
import type { Plane } from './plane.js';

/** How much ink changes from pixel to pixel across the edges of a mask, within a box: the mean; 0 where no edge is. */
export function slopeAtEdges({ width, height, data }: Plane, mask: Mask, { left, top, right, bottom }: Box): number {
  let [sum, count] = [0, 0];
  for (let y = Math.max(1, top); y < Math.min(height - 1, bottom); y++) {
    for (let x = Math.max(1, left); x < Math.min(width - 1, right); x++) {
      const at = y * width + x;
      if (mask.data[at] === 0) continue;
      if ((mask.data[at - 1] & mask.data[at + 1] & mask.data[at - width] & mask.data[at + width]) === 1) continue;
      const [across, down] = [data[at + 1] - data[at - 1], data[at + width] - data[at - width]];
      sum += Math.sqrt(across * across + down * down) / 2;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/**
 * How thick strokes are, in pixels, within a box: a stroke of length L and thickness w is w L pixels, which have 2 L
 * sides along paper. 0 where there is no ink.
 */
export function thicknessOf({ width, height, data }: Mask, { left, top, right, bottom }: Box): number {
  let [pixels, sides] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      if (data[at] === 0) continue;
      pixels++;
      if (x === 0 || data[at - 1] === 0) sides++;
      if (x === width - 1 || data[at + 1] === 0) sides++;
      if (y === 0 || data[at - width] === 0) sides++;
      if (y === height - 1 || data[at + width] === 0) sides++;
    }
  }
  return sides === 0 ? 0 : (2 * pixels) / sides;
}

/** Which share of the pixels of components has ink of a mask within `reach` pixels each way. */
export function shareNear(
  { width, height, data }: Mask,
  components: readonly Component[],
  labels: Int32Array,
  reach: number,
): number {
  const isNear = (x: number, y: number) => {
    for (let ny = Math.max(0, y - reach); ny <= Math.min(height - 1, y + reach); ny++) {
      for (let nx = Math.max(0, x - reach); nx <= Math.min(width - 1, x + reach); nx++) {
        if (data[ny * width + nx] === 1) return true;
      }
    }
    return false;
  };
  let [near, pixels] = [0, 0];
  for (const component of components) {
    pixels += component.pixels;
    eachPixelOf(component, labels, width, (index) => {
      const y = Math.floor(index / width);
      if (isNear(index - y * width, y)) near++;
    });
  }
  return near / pixels;
}
