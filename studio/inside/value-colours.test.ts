/** Colours of values: 0 is neutral, both signs are told apart, and what is written on them can be read. */

import { expect, test } from 'vitest';
import { type Colour, colourOf, textColourOn } from './value-colours.js';

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test.each(['light', 'dark'] as const)('in %s colours numbers have a contrast of 4.5 to 1 on every value', (theme) => {
  for (let value = -1; value <= 1; value += 0.01) {
    const colour = colourOf(value, 1, theme);
    const ground = luminanceOf(colour);
    const text = textColourOn(colour) === '#fff' ? 1 : 0;
    const contrast = (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05);
    expect(contrast).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(['light', 'dark'] as const)(
  'in %s colours blue is above 0, orange below, and the farther the stronger',
  (theme) => {
    const zero = colourOf(0, 1, theme);
    const distance = (value: number) =>
      colourOf(value, 1, theme).reduce((sum, channel, index) => sum + Math.abs(channel - zero[index]), 0);
    expect(distance(0.5)).toBeGreaterThan(distance(0.2));
    expect(distance(-0.5)).toBeGreaterThan(distance(-0.2));
    const [red, , blue] = colourOf(0.8, 1, theme);
    expect(blue).toBeGreaterThan(red);
    const [redBelow, , blueBelow] = colourOf(-0.8, 1, theme);
    expect(redBelow).toBeGreaterThan(blueBelow);
    expect(colourOf(3, 1, theme)).toEqual(colourOf(1, 1, theme));
    expect(colourOf(0, 0, theme)).toEqual(zero);
  },
);
