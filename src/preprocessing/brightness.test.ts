/** From colours to one number a pixel: grey, colours of one brightness, transparency. */

import { describe, expect, it } from 'vitest';
import { negativeOf, pictureOf, sevenAt } from '../../test/pictures/painted.js';
import { brightnessOf } from './brightness.js';

/** Each distinct value, and how many pixels have it, darkest first. */
function levelsOf(data: Float32Array): [number, number][] {
  const counts = new Map<number, number>();
  for (const value of data) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => a - b);
}

/** A fifth of the pixels ink. */
const drawing = (ink: readonly number[], paper: readonly number[]) =>
  brightnessOf(pictureOf(10, 10, (x) => (x % 5 === 0 ? ink : paper))).data;

describe('brightnessOf', () => {
  it('keeps greys, to float32', () => {
    const { width, height, data } = brightnessOf(pictureOf(16, 16, (x, y) => 16 * y + x));
    expect([width, height]).toEqual([16, 16]);
    for (const [i, value] of data.entries()) expect(value).toBeCloseTo(i, 4);
  });

  it('weighs colours as BT.601 does where brightness tells ink from paper', () => {
    const levels = levelsOf(drawing([200, 10, 10], [250, 240, 180]));
    expect(levels[0][0]).toBeCloseTo(0.299 * 200 + 0.587 * 10 + 0.114 * 10, 3);
    expect(levels[1][0]).toBeCloseTo(0.299 * 250 + 0.587 * 240 + 0.114 * 180, 3);
    expect(levels.map(([, count]) => count)).toEqual([20, 80]);
  });

  it.each([
    ['red on green', [200, 40, 60], [20, 132, 60]],
    ['blue on red', [40, 60, 255], [150, 48, 30]],
  ] as const)('tells colours of nearly one brightness: %s', (_, ink, paper) => {
    const brightness = (rgb: readonly number[]) => 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
    expect(Math.abs(brightness(ink) - brightness(paper))).toBeLessThan(20);
    const [[low], [high]] = levelsOf(drawing(ink, paper));
    expect(high - low).toBeGreaterThan(80);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(255);
  });

  it('of the negative is the negative, in colours too', () => {
    for (const picture of [
      pictureOf(20, 20, (x, y) => [10 * x, 5 * y, 255 - 12 * x]),
      pictureOf(20, 20, (x, y) => (sevenAt(x, y, 4, 4, 12, 2) > 0.5 ? [200, 40, 60] : [20, 132, 60])),
    ]) {
      const [positive, negative] = [brightnessOf(picture).data, brightnessOf(negativeOf(picture)).data];
      const swing = (data: Float32Array) => data.map((value) => Math.abs(value - data[0]));
      for (const [i, value] of swing(negative).entries()) expect(value).toBeCloseTo(swing(positive)[i], 2);
    }
  });

  it('lays ink on nothing upon its opposite', () => {
    const onNothing = (ink: number) =>
      levelsOf(drawing([ink, ink, ink, 255], [99, 99, 99, 0])).map(([value]) => Math.round(value));
    expect(onNothing(0)).toEqual([0, 255]);
    expect(onNothing(255)).toEqual([0, 255]);
    expect(onNothing(90)).toEqual([90, 255]);
  });

  it('mixes what is half transparent, whatever colours hide in nothing', () => {
    const { data } = brightnessOf(
      pictureOf(
        4,
        1,
        (x) =>
          [
            [0, 0, 0, 255],
            [0, 0, 0, 51],
            [0, 255, 9, 0],
            [255, 0, 0, 0],
          ][x],
      ),
    );
    expect(Array.from(data, Math.round)).toEqual([0, 204, 255, 255]);
  });

  it('fills holes in a picture with its mean', () => {
    const levels = levelsOf(
      brightnessOf(pictureOf(10, 10, (x, y) => (x === 0 ? [0, 0, 0, 0] : y < 5 ? 200 : 100))).data,
    );
    expect(levels.map(([value, count]) => [Math.round(value), count])).toEqual([
      [100, 45],
      [150, 10],
      [200, 45],
    ]);
  });

  it('of nothing at all is white', () => {
    expect([...brightnessOf(pictureOf(3, 2, () => [0, 0, 0, 0])).data]).toEqual(Array(6).fill(255));
  });

  it('is numbers for one pixel of any colour', () => {
    for (const colour of [
      [0, 0, 0],
      [255, 0, 3],
      [1, 2, 3, 4],
    ]) {
      const { data } = brightnessOf(pictureOf(1, 1, () => colour));
      expect(data).toHaveLength(1);
      expect(data[0]).toBeGreaterThanOrEqual(0);
      expect(data[0]).toBeLessThanOrEqual(255);
    }
  });
});
