/**
 * Values as colours: blue above 0, orange below, the stronger the farther from 0. People tell the two apart however
 * they see colours, and 0 is the colour of the page around it.
 */

import type { Theme } from '../shell/theme.js';

export type Colour = readonly [red: number, green: number, blue: number];

const scales: Record<Theme, { readonly zero: Colour; readonly above: Colour; readonly below: Colour }> = {
  light: { zero: [247, 245, 240], above: [0, 84, 150], below: [184, 84, 0] },
  dark: { zero: [34, 37, 43], above: [125, 200, 255], below: [255, 164, 66] },
};

/** @param largest where the scale ends on both sides of 0; farther out is taken for the end */
export function colourOf(value: number, largest: number, theme: Theme): Colour {
  const { zero, above, below } = scales[theme];
  const strength = largest > 0 ? Math.min(1, Math.abs(value) / largest) : 0;
  const end = value < 0 ? below : above;
  const mix = (channel: 0 | 1 | 2) => Math.round(zero[channel] + (end[channel] - zero[channel]) * strength);
  return [mix(0), mix(1), mix(2)];
}

export function cssOf([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Black or white, whichever has more contrast on the colour: at least 4.5 to 1. */
export function textColourOn(colour: Colour): '#000' | '#fff' {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? '#000' : '#fff';
}

/** Where a scale around 0 ends. */
export function largestOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < values.length; index++) largest = Math.max(largest, Math.abs(values[index]));
  return largest;
}
