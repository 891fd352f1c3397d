/** Where a digit goes and how large it gets, for any model's size and polarity. */

import { describe, expect, it } from 'vitest';
import { planeOf, sevenAt, strokeAt } from '../../test/pictures/painted.js';
import { middleOf, placeDigit } from './place-digit.js';
import { preprocessingLikeMnist } from './settings.js';
import { strokeWidth } from './stroke-width.js';

const usual = preprocessingLikeMnist([28, 28], 'light on dark');
const seven = (pen: number) => planeOf(80, 90, (x, y) => sevenAt(x, y, 18, 14, 60 - pen, pen));

function measured(image: Uint8Array, width: number) {
  let [mass, massX, massY] = [0, 0, 0];
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const [i, value] of image.entries()) {
    if (value === 0) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    xs.push(x);
    ys.push(y);
    mass += value;
    massX += value * (x + 0.5);
    massY += value * (y + 0.5);
  }
  const span = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
  return { centre: [massX / mass, massY / mass], sides: [span(xs), span(ys)] };
}

describe('placeDigit', () => {
  it.each([2, 5, 9, 14])(
    'makes the longer side 20 and puts the centre of mass on the middle pixel, pen of %d',
    (pen) => {
      const { centre, sides } = measured(placeDigit(seven(pen), usual), 28);
      expect(Math.max(...sides)).toBe(20);
      for (const coordinate of centre) expect(Math.abs(coordinate - 14.5)).toBeLessThanOrEqual(0.5 + 1e-9);
    },
  );

  it('makes wide shapes 20 wide, and keeps proportions', () => {
    // Three pixels of 28 thick: nothing to thicken.
    const { sides } = measured(
      placeDigit(
        planeOf(80, 40, (x, y) => Number(x >= 10 && x < 70 && y >= 15 && y < 24)),
        usual,
      ),
      28,
    );
    expect(sides).toEqual([20, 3]);
  });

  it('turns the polarity and doubles for a model of twice the size', () => {
    const image = placeDigit(seven(7), usual);
    const dark = placeDigit(seven(7), preprocessingLikeMnist([28, 28], 'dark on light'));
    expect([...dark]).toEqual([...image].map((value) => 255 - value));
    const large = placeDigit(seven(7), preprocessingLikeMnist([56, 56], 'light on dark'));
    const { centre, sides } = measured(large, 56);
    expect(Math.max(...sides)).toBe(40);
    for (const coordinate of centre) expect(Math.abs(coordinate - 28.5)).toBeLessThanOrEqual(0.5 + 1e-9);
  });

  it('brings strokes to the nearer end of what is usual, and leaves usual ones', () => {
    const widthOf = (pen: number) => {
      const image = placeDigit(seven(pen), usual);
      return strokeWidth(planeOf(28, 28, (x, y) => image[y * 28 + x] / 255));
    };
    expect(Math.abs(widthOf(2) - 2)).toBeLessThan(0.35);
    expect(Math.abs(widthOf(9) - 3)).toBeLessThan(0.35);
    expect(Math.abs(widthOf(18) - 4)).toBeLessThan(0.5);
    // The same strokes drawn anew are the same image.
    const wide = { ...usual, strokeWidths: [0.1, 19] as const };
    expect([...placeDigit(seven(9), usual)]).toEqual([...placeDigit(seven(9), wide)]);
    expect([...placeDigit(seven(2), usual)]).not.toEqual([...placeDigit(seven(2), wide)]);
  });

  it('always reaches full ink', () => {
    for (const pen of [2, 7, 16]) expect(Math.max(...placeDigit(seven(pen), usual))).toBe(255);
  });

  it('keeps a digit within the image where its mass lies at one end', () => {
    const club = planeOf(90, 90, (x, y) =>
      Math.max(strokeAt(x, y, [20, 75, 20, 75], 14), strokeAt(x, y, [20, 75, 75, 15], 3)),
    );
    const image = placeDigit(club, usual);
    expect(measured(image, 28).sides.every((side) => side <= 20)).toBe(true);
    expect(Math.max(...measured(image, 28).sides)).toBe(20);
  });

  it('fills models of any size and shape with bytes', () => {
    for (const size of [
      [1, 1],
      [2, 3],
      [8, 8],
      [28, 64],
      [64, 28],
    ] as const) {
      const image = placeDigit(seven(7), preprocessingLikeMnist(size, 'light on dark'));
      expect(image).toHaveLength(size[0] * size[1]);
      expect(Math.max(...image)).toBe(255);
    }
  });
});

it('the middle is the pixel behind it', () => {
  expect([28, 27, 56, 1].map(middleOf)).toEqual([14.5, 13.5, 28.5, 0.5]);
});
