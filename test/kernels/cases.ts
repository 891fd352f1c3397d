/**
 * Random cases for kernels: shapes by fast-check, numbers by a seeded stream, each case on every build of the kernels.
 */

import fc from 'fast-check';
import { describe, test } from 'vitest';
import { type Arithmetic, arithmetics } from '../../src/engine/kernels.js';
import { windowAxis } from '../../src/layers/window.js';
import type { Window } from '../../src/model/operations.js';
import { seededValues } from '../goldens/goldens.js';
import { sumTolerance } from './compare.js';
import { Workspace } from './workspace.js';

const builds = arithmetics.flatMap((arithmetic) => [[arithmetic, 128] as const, [arithmetic, 256] as const]);

export const oneTo = (largest: number) => fc.integer({ min: 1, max: largest });

/** The numbers of one case: integers, which no kernel rounds, or reals. */
export class Numbers {
  private readonly integers: boolean;
  private readonly seed: number;
  private stream = 0;

  constructor(integers: boolean, seed: number) {
    this.integers = integers;
    this.seed = seed;
  }

  /** `count` numbers from -1 to 1, or integers from -3 to 3. */
  next(count: number): Float64Array {
    const values = seededValues(this.seed, count, { stream: this.stream++, center: 0, scale: 1 });
    return this.integers ? values.map((value) => Math.round(value * 3)) : values;
  }

  /** The same, about half of them zero, as gradients are behind a relu. */
  sparse(count: number): Float64Array {
    const values = this.next(count);
    return values.map((value) => Math.max(value, 0));
  }

  /** How far a sum of `terms` products may be off: not at all where nothing is rounded. */
  tolerance(terms: number, magnitude: Float64Array): Float64Array {
    return this.integers ? magnitude.map(() => 0) : sumTolerance(terms, magnitude);
  }
}

export const absolute = (values: Float64Array) => values.map(Math.abs);

/** A test of random shapes on every build. After each case the memory outside of its arrays must be untouched. */
export function forRandomShapes<Shape>(
  name: string,
  shapes: fc.Arbitrary<Shape>,
  execute: (space: Workspace, shape: Shape, numbers: Numbers) => void,
  runs = 60,
): void {
  describe.each(builds)('%s, %i bits', (arithmetic, vectorBits) => {
    test(name, () => {
      const space = new Workspace(arithmetic, vectorBits);
      const property = fc.property(shapes, fc.boolean(), fc.nat(), (shape, integers, seed) => {
        space.clear();
        execute(space, shape, new Numbers(integers, seed));
        space.check();
      });
      fc.assert(property, { seed: 1, numRuns: runs });
    });
  });
}

/** A test of one case on every build. */
export function forAllBuilds(name: string, execute: (space: Workspace, arithmetic: Arithmetic) => void): void {
  test.each(builds)(`${name} (%s, %i bits)`, (arithmetic, vectorBits) => {
    const space = new Workspace(arithmetic, vectorBits);
    execute(space, arithmetic);
    space.check();
  });
}

/** Images and a window over them. */
export interface WindowCase {
  readonly images: number;
  readonly inputShape: readonly [number, number, number];
  readonly outputShape: readonly [number, number, number];
  readonly window: Window;
}

/**
 * Images of odd and even sizes, windows of 1 to 5, strides of 1 to 3, valid and same.
 * @param outputs of a convolution
 */
export function windowCases(largestOutputs?: number): fc.Arbitrary<WindowCase> {
  const pair = (largest: number) => fc.tuple(oneTo(largest), oneTo(largest));
  return fc
    .record({
      images: fc.integer({ min: 0, max: 3 }),
      size: pair(9),
      channels: oneTo(17),
      kernel: pair(5),
      strides: pair(3),
      padding: fc.constantFrom('valid' as const, 'same' as const),
      outputs: oneTo(largestOutputs ?? 1),
    })
    .filter(({ size, kernel, padding }) => padding === 'same' || (kernel[0] <= size[0] && kernel[1] <= size[1]))
    .map(({ images, size, channels, kernel, strides, padding, outputs }) => {
      const vertical = windowAxis(size[0], kernel[0], strides[0], padding);
      const horizontal = windowAxis(size[1], kernel[1], strides[1], padding);
      return {
        images,
        inputShape: [size[0], size[1], channels],
        outputShape: [vertical.output, horizontal.output, largestOutputs === undefined ? channels : outputs],
        window: {
          size: kernel,
          strides,
          padBefore: [vertical.padBefore, horizontal.padBefore],
          padAfter: [vertical.padAfter, horizontal.padAfter],
        },
      };
    });
}

/** Cuts `total` in up to three parts at multiples of `unit`, as threads share it: pairs of first and last. */
export function parts(total: number, unit = 1): [number, number][] {
  const cut = (fraction: number) => Math.min(Math.floor(Math.ceil(total / unit) * fraction) * unit, total);
  return [
    [0, cut(1 / 3)],
    [cut(1 / 3), cut(2 / 3)],
    [cut(2 / 3), total],
  ];
}
