/**
 * Augmentation of any images, however the batch is cut into shards: the same changes as in the twin, and none where
 * none is asked for.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Augmentation } from '../../src/data/augmentation.js';
import { augmentation, augmentationFromData } from '../../src/data/augmentation.js';
import { arithmetics, type VectorBits } from '../../src/engine/kernels.js';
import {
  augmentationKey,
  augmentationNumbers,
  augmentationScratchBytes,
} from '../../src/engine/program/augmentation-numbers.js';
import { augmentedImage } from '../../src/reference/augmentation.js';
import goldens from '../goldens/augmentation.json' with { type: 'json' };
import { forAllBuilds, forRandomShapes, type Numbers, oneTo } from './cases.js';
import { expectEqual, expectNear } from './compare.js';
import { Workspace } from './workspace.js';

type Shape = readonly [height: number, width: number, channels: number];

/** A batch of images in a mixed order, of which a shard is augmented. */
interface Batch {
  readonly dataset: Uint8Array;
  readonly order: readonly number[];
  readonly shape: Shape;
  readonly seed: number;
  readonly step: number;
}

function augment(space: Workspace, batch: Batch, rule: Augmentation, firstRow: number, rows: number): Float32Array {
  const { shape, seed, step } = batch;
  const order = space.keep(Uint32Array.from(batch.order));
  const record = space.record({ step, order, rows: batch.order.length });
  const x = space.output(rows * shape[0] * shape[1] * shape[2]);
  space.run('gatherAugmentedImages', {
    dataset: space.keep(batch.dataset),
    record,
    x: x.address,
    firstRow,
    rows,
    height: shape[0],
    width: shape[1],
    channels: shape[2],
    seed,
    key: augmentationKey,
    ...augmentationNumbers(rule),
    scratch: space.bytes(augmentationScratchBytes(shape, rule)).address,
  });
  return x.values;
}

/** Blots of grey on black, or nothing but noise. */
function someImages(count: number, [height, width, channels]: Shape, numbers: Numbers): Uint8Array {
  const values = numbers.next(count * height * width * channels);
  return Uint8Array.from(values, (value) => Math.max(0, Math.floor(value * 1000) % 256));
}

const fraction = fc.constantFrom(0, 0.3, 1);
const amount = (highest: number) => fc.double({ min: 0, max: highest, noNaN: true });
const rules = fc
  .record({
    unchanged: fc.constantFrom(0, 0, 0.3, 1),
    probability: fraction,
    shift: amount(5),
    rotation: amount(180),
    scale: fc.tuple(amount(1), amount(1)).map(([low, high]): [number, number] => [0.2 + 0.8 * low, 1 + 3 * high]),
    shear: amount(1),
    elastic: fc.record({ strength: fc.constantFrom(0, 1, 4), smoothness: fc.constantFrom(1, 2.5, 7, 40) }),
    stroke: fc.record({ thinning: amount(1), thickening: amount(1) }),
    noise: fc.constantFrom(0, 0.2, 1),
  })
  .map((options) => augmentationFromData(options, 'test'));

const cases = fc.record({
  shape: fc.tuple(oneTo(30), oneTo(30), fc.constantFrom(1, 1, 2, 3, 17)),
  batchRows: oneTo(4),
  firstRow: fc.nat(3),
  seed: fc.nat({ max: 2 ** 32 - 1 }),
  step: fc.nat({ max: 100_000 }),
  rule: rules,
});

forRandomShapes('gatherAugmentedImages', cases, (space, { shape, rule, ...given }, numbers) => {
  const images = 3;
  const firstRow = Math.min(given.firstRow, given.batchRows);
  const rows = given.batchRows - firstRow;
  const order = Array.from(numbers.next(given.batchRows), (value) => Math.floor(Math.abs(value) * 1000) % images);
  const batch = { ...given, shape, order, dataset: someImages(images, shape, numbers) };
  const size = shape[0] * shape[1] * shape[2];
  const actual = augment(space, batch, rule, firstRow, rows);
  const expected = order.slice(firstRow).flatMap((image, row) => {
    const values = batch.dataset.subarray(image * size, (image + 1) * size);
    return [...augmentedImage({ values, shape }, rule, { ...given, place: firstRow + row })];
  });
  // Places are off by some roundings of the largest number on the way to them; a value changes by at most 2 from one
  // pixel to the next.
  const reach = (6 * (shape[0] + shape[1]) + 20) / rule.scale[0];
  const tolerance = 8 * 2 ** -24 * reach + 16 * 2 ** -24 * (1 + rule.noise * 4);
  expectNear('x', actual, Float64Array.from(expected), new Float64Array(expected.length).fill(tolerance));
});

/** What SciPy makes of some images. */
const golden = goldens.cases.map(({ name, shape, image, rule, ...draw }) => ({
  name,
  draw,
  image: Uint8Array.from(image),
  values: Float64Array.from(draw.values),
  shape: shape as [number, number, number],
  rule: rule as unknown as Augmentation,
}));
const near = (expected: Float64Array, tolerance: number) => new Float64Array(expected.length).fill(tolerance);

test.each(golden)('the twin does what SciPy does: $name, $shape', ({ name, draw, image, shape, rule, values }) => {
  expectNear(name, augmentedImage({ values: image, shape }, rule, draw), values, near(values, 1e-8));
});

forAllBuilds('the kernel does what SciPy does', (space) => {
  for (const { name, draw, image, shape, rule, values } of golden) {
    const batch = { ...draw, shape, dataset: image, order: Array.from({ length: draw.place + 1 }, () => 0) };
    expectNear(name, augment(space, batch, rule, draw.place, 1), values, near(values, 2e-5));
  }
});

/** A bright ring, and noise in a corner. */
const ring = Uint8Array.from({ length: 400 }, (_, index) => {
  const [y, x] = [Math.floor(index / 20), index % 20];
  if (y < 3 && x < 3) return (index * 97) % 256;
  return Math.abs(Math.sqrt((y - 10) ** 2 + (x - 9) ** 2) - 6) < 1.5 ? 200 + (index % 50) : 0;
});
const rings = { dataset: ring, order: new Array<number>(64).fill(0), shape: [20, 20, 1], seed: 3, step: 8 } as const;

test('vectors of 128 and of 256 bits give the same bytes, in either arithmetic', () => {
  for (const arithmetic of arithmetics) {
    const of = (vectorBits: VectorBits) => {
      return augment(new Workspace(arithmetic, vectorBits), rings, augmentation('strong'), 0, 64);
    };
    expect(of(256)).toEqual(of(128));
  }
});

forAllBuilds('an image is the same in any shard, and another in each place', (space) => {
  const whole = augment(space, rings, augmentation('strong'), 0, 64);
  const cut = [
    ...augment(space, rings, augmentation('strong'), 0, 5),
    ...augment(space, rings, augmentation('strong'), 5, 59),
  ];
  expectEqual('cut', cut, whole);
  const different = new Set(Array.from({ length: 64 }, (_, row) => whole.subarray(row * 400, row * 400 + 400).join()));
  // The unchanged ones are alike.
  expect(different.size).toBeGreaterThan(50);
});

forAllBuilds('an augmentation that does nothing is gatherImages, to the byte', (space) => {
  for (const options of [{}, { unchanged: 1, shift: 5, noise: 1 }, { probability: 0, rotation: 90 }]) {
    const actual = augment(space, rings, augmentationFromData(options, 'test'), 0, 1);
    expectEqual(
      'x',
      actual,
      Float64Array.from(ring, (value) => Math.fround(value / 255)),
    );
  }
});
