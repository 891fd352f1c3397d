import { expect, test } from 'vitest';
import { type AugmentationOptions, augmentationFromData } from '../data/augmentation.js';
import { augmentedImage } from './augmentation.js';

const side = 20;
/** A ring 3 pixels wide. */
const ring = Uint8Array.from({ length: side * side }, (_, index) => {
  const distance = Math.hypot(Math.floor(index / side) - 10, (index % side) - 9);
  return Math.abs(distance - 5) < 1.5 ? 200 : 0;
});
const places = 400;

/** An image under a rule, at each of 400 places of a batch. */
function augmented(options: AugmentationOptions, values = ring): Float64Array[] {
  const rule = augmentationFromData(options, 'test');
  return Array.from({ length: places }, (_, place) => {
    return augmentedImage({ values, shape: [side, side, 1] }, rule, { seed: 1, step: 0, place });
  });
}

const still = augmented({})[0];
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
/** How bright an image is, as a share of the unchanged one. */
const brightness = (image: Float64Array) => sum(image) / sum(still);
const middle = (image: Float64Array) => sum(image.map((value, index) => value * (index % side))) / sum(image);
const range = (values: readonly number[]) => [Math.min(...values), Math.max(...values)];

test('nothing asked for is nothing done', () => {
  expect(still).toEqual(Float64Array.from(ring, (value) => value / 255));
});

test('shifts are in pixels, and go all the way', () => {
  const shifts = augmented({ shift: 2 }).map((image) => middle(image) - middle(still));
  expect(range(shifts)).toEqual([expect.closeTo(-2, 1), expect.closeTo(2, 1)]);
});

test('the scale is a factor of size', () => {
  const areas = augmented({ scale: [0.5, 1.2] }).map(brightness);
  expect(range(areas)).toEqual([expect.closeTo(0.25, 1), expect.closeTo(1.44, 1)]);
});

test('half a pixel a side is half of what lies along the edges, also where the image shrinks', () => {
  const bar = new Uint8Array(side * side).map((_, index) => {
    const [y, x] = [Math.floor(index / side), index % side];
    return y >= 8 && y < 11 && x >= 3 && x < 17 ? 255 : 0;
  });
  // 3 by 14 pixels: 34 more lie along its edges, and 12 have no edge.
  const stroke = { thinning: 0.5, thickening: 0.5 };
  const [thinnest, thickest] = range(augmented({ stroke }, bar).map(sum));
  expect([thinnest, thickest]).toEqual([expect.closeTo((42 + 12) / 2, 0), expect.closeTo(42 + 34 / 2, 0)]);
  const [, shrunk] = range(augmented({ stroke, scale: [0.625, 0.625] }, bar).map(sum));
  // 42 + 34 / 2 / 0.625 = 69.2, but for what falls between the samples; 59 if the stroke shrank with the image.
  expect(shrunk / 0.625 ** 2).toBeGreaterThan(66);
  expect(shrunk / 0.625 ** 2).toBeLessThan(72);
});

test('noise has the standard deviation that it says', () => {
  const deviations = augmented({ noise: 0.1 }, new Uint8Array(side * side).fill(128)).map((image) => {
    const mean = sum(image) / image.length;
    return Math.sqrt(sum(image.map((value) => (value - mean) ** 2)) / image.length);
  });
  const [least, most] = range(deviations);
  expect(least).toBeLessThan(0.003);
  expect(most).toBeGreaterThan(0.095);
  expect(most).toBeLessThan(0.11);
});

test('a quarter turn and a shear move what is beside or below the middle', () => {
  const dot = (y: number, x: number) =>
    new Uint8Array(side * side).map((_, index) => (index === y * side + x ? 255 : 0));
  // Rows are 0 to 19 with the middle at 9.5: eight rows below it a slope of 0.5 moves a pixel by four columns at most.
  const sheared = augmented({ shear: 0.5 }, dot(17, 9)).map((image) => middle(image) - 9);
  expect(range(sheared)).toEqual([expect.closeTo(-3.75, 0), expect.closeTo(3.75, 0)]);
  const turned = augmented({ rotation: 90 }, dot(17, 9)).map((image) => middle(image) - 9.5);
  expect(range(turned)).toEqual([expect.closeTo(-7.5, 0), expect.closeTo(7.5, 0)]);
});

test('no pixel comes from further away than the elastic strength', () => {
  // A ramp across shows where each pixel came from.
  const ramp = new Uint8Array(side * side).map((_, index) => (index % side) * 10);
  const inner = [...ramp.keys()].filter((index) => index % side > 3 && index % side < 16 && index > 80 && index < 320);
  const moves = augmented({ elastic: { strength: 3, smoothness: 4 } }, ramp).flatMap((image) => {
    return inner.map((index) => (image[index] * 255 - ramp[index]) / 10);
  });
  const [least, most] = moves.reduce(([low, high], move) => [Math.min(low, move), Math.max(high, move)], [0, 0]);
  expect(Math.max(-least, most)).toBeLessThan(3);
  expect(Math.min(-least, most)).toBeGreaterThan(1.2);
});

test('each effect touches its share of the images, and `unchanged` keeps its own', () => {
  const before = still.join();
  const touched = (options: AugmentationOptions) => {
    return augmented(options).filter((image) => image.join() !== before).length / places;
  };
  const near = (fraction: number) => expect.closeTo(fraction, 1);
  expect(touched({ shift: 3, probability: 0.3 })).toEqual(near(0.3));
  expect(touched({ shift: 3, unchanged: 0.25 })).toEqual(near(0.75));
  expect(touched({ shift: 3, rotation: 20, probability: 0.5 })).toEqual(near(0.75));
});
