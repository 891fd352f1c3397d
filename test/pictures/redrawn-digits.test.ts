/** Redrawn digits: the cubic against its definition, place, polarity and contrast as promised, same seed same bytes. */

import { expect, test } from 'vitest';
import { brightness, redrawing, redrawnDigit, scaleBicubic } from './redrawn-digits.mjs';
import { contrastOf, isOpaque, sumOfPictures } from './sum-of-pictures.js';

const corners = new Uint8Array(784);
for (let y = 4; y < 24; y++) for (let x = 4; x < 24; x++) if (x === 14 || y < 7 || y > 20) corners[y * 28 + x] = 255;

const numbers = Array.from({ length: 400 }, (_, index) => index);

test('scaling to its own size changes nothing, and keeps a constant and a ramp where it has all neighbours', () => {
  expect([...scaleBicubic(corners, 28)]).toEqual([...corners]);
  const ramp = Float32Array.from({ length: 784 }, (_, i) => 3 * (i % 28));
  const side = 112;
  const scaled = scaleBicubic(ramp, side);
  for (let x = 12; x < side - 12; x++) {
    expect(scaled[56 * side + x]).toBeCloseTo(3 * (((x + 0.5) * 28) / side - 0.5), 3);
  }
});

test('halfway between two pixels the cubic weighs its four neighbours -1, 9, 9, -1 sixteenths', () => {
  const single = new Uint8Array(784);
  single[14 * 28 + 14] = 160;
  // At half the size the new pixels lie between two old ones each way.
  const scaled = scaleBicubic(single, 14);
  const row = [...scaled.subarray(7 * 14 + 5, 7 * 14 + 9)];
  expect(row).toEqual([0, (-160 * 9) / 256, (160 * 81) / 256, 0]);
});

test('sides, places, both polarities and contrasts are as promised', () => {
  const drawings = numbers.map((index) => redrawing(index, 7));
  for (const { side, left, top, ink, background } of drawings) {
    expect(side >= 40 && side <= 240 && left >= 0 && top >= 0 && left + side <= 400 && top + side <= 300).toBe(true);
    expect(Math.abs(brightness(ink) - brightness(background))).toBeGreaterThanOrEqual(64);
  }
  const light = drawings.filter(({ ink, background }) => brightness(ink) > brightness(background)).length;
  expect(light).toBeGreaterThan(150);
  expect(light).toBeLessThan(250);
  const sides = drawings.map(({ side }) => side);
  expect(Math.min(...sides)).toBeLessThan(45);
  expect(Math.max(...sides)).toBeGreaterThan(235);
});

test('the picture is 400 x 300, opaque, plain outside of the digit, and both colours are in it', () => {
  for (const index of numbers.slice(0, 30)) {
    const { side, left, top, ink, background } = redrawing(index, 3);
    const picture = redrawnDigit(corners, index, 3);
    expect([picture.width, picture.height, isOpaque(picture)]).toEqual([400, 300, true]);
    const plain = background.join();
    let inks = 0;
    for (let i = 0; i < 400 * 300; i++) {
      const [x, y] = [i % 400, Math.floor(i / 400)];
      const rgb = picture.data.subarray(4 * i, 4 * i + 3).join();
      if (rgb === ink.join()) inks++;
      if (x < left || x >= left + side || y < top || y >= top + side)
        if (rgb !== plain) throw new Error(`ink at ${x}, ${y}`);
    }
    expect(inks).toBeGreaterThan(0);
    expect(contrastOf(picture)).toBeGreaterThanOrEqual(64);
  }
});

test('the same index and seed give the same bytes, others others', () => {
  const draw = (seed: number) => numbers.slice(0, 20).map((index) => redrawnDigit(corners, index, seed));
  expect(sumOfPictures(draw(1))).toBe('17ec2e8a4961ed049ef1647cbbe309c58e5fede0c1430068cdea165f264d55ee');
  expect(sumOfPictures(draw(2))).not.toBe(sumOfPictures(draw(1)));
});
