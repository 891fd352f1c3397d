/** Values as colours in pictures: blue below zero, white at zero, orange above, as `divergingColours`. */

import { divergingColours } from './theme.js';

/** 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number];

const stops = divergingColours.map(colourOf);

/** @param hex such as `#0072b2` */
export function colourOf(hex: string): Colour {
  const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
  return [red, green, blue];
}

/** @param share of the scale's end, -1 to 1; further out is taken for the end */
export function valueColour(fraction: number): Colour {
  const place = ((Math.min(1, Math.max(-1, fraction)) + 1) / 2) * (stops.length - 1);
  const first = Math.min(stops.length - 2, Math.floor(place));
  return mix(stops[first], stops[first + 1], place - first);
}

/** @param share of the second colour, 0 to 1 */
export function mix(first: Colour, second: Colour, fraction: number): Colour {
  const part = (index: 0 | 1 | 2) => Math.round(first[index] + (second[index] - first[index]) * fraction);
  return [part(0), part(1), part(2)];
}

/** The largest absolute value: where a scale around zero ends. */
export function largestValue(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** One row of pixels from one end of the scale to the other: a legend. */
export function colourScale(width: number): Uint8Array {
  return Uint8Array.from(
    Array.from({ length: width }, (_, x) => valueColour((2 * x) / Math.max(1, width - 1) - 1)).flat(),
  );
}
