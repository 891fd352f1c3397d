/** Augmentation of any images, however the batch is cut into shards: the same changes as in the twin, and none where none is asked for. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { type AugmentationOptions, augmentation, augmentationFromData } from '../../src/data/augmentation.js';
import {
  type AugmentationRule,
  augmentationKey,
  augmentationNumbers,
  augmentationScratchBytes,
} from '../../src/engine/augmentation-rule.js';
import { augmentedImage } from '../../src/engine/reference/augmentation.js';
import { forAllBuilds, forRandomShapes, type Numbers, oneTo } from './cases.js';
import { expectEqual, expectNear } from './compare.js';
import type { Workspace } from './workspace.js';

type Shape = readonly [height: number, width: number, channels: number];

/** A batch of images in a mixed order, of which a shard is augmented. */
interface Batch {
  readonly dataset: Uint8Array;
  readonly order: readonly number[];
  readonly shape: Shape;
  readonly seed: number;
  readonly step: number;
}

function augment(space: Workspace, batch: Batch, rule: AugmentationRule, firstRow: number, rows: number): Float32Array {
  const { shape, seed, step } = batch;
  const order = space.keep(Uint32Array.from(batch.order));
  const record = space.record({ step, order, rows: batch.order.length });
  const x = space.output(rows * shape[0] * shape[1] * shape[2]);
  space.kernels.gatherAugmentedImages(
    ...([space.keep(batch.dataset), record, x.address, firstRow, rows, ...shape, seed, augmentationKey] as const),
    ...augmentationNumbers(rule),
    space.bytes(augmentationScratchBytes(shape, rule)).address,
  );
  return x.values;
}

/** Blots of grey on black, or nothing but noise. */
function someImages(count: number, [height, width, channels]: Shape, numbers: Numbers): Uint8Array {
  const values = numbers.next(count * height * width * channels);
  return Uint8Array.from(values, (value) => Math.max(0, Math.floor(value * 1000) % 256));
}

const share = fc.constantFrom(0, 0.3, 1);
const amount = (highest: number) => fc.double({ min: 0, max: highest, noNaN: true });
const rules = fc
  .record({
    unchanged: fc.constantFrom(0, 0, 0.3, 1),
    probability: share,
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
  // Places are off by some roundings of the largest number on the way to them; a value changes by at most 2 from one pixel to the next.
  const reach = (6 * (shape[0] + shape[1]) + 20) / rule.scale[0];
  const tolerance = 8 * 2 ** -24 * reach + 16 * 2 ** -24 * (1 + rule.noise * 4);
  expectNear('x', actual, Float64Array.from(expected), new Float64Array(expected.length).fill(tolerance));
});
