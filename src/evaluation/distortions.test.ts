import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '../numerics/random.js';
import { sha256 } from '../numerics/sha256.js';
import type { Tensor } from '../numerics/tensor.js';
import { shift } from './distortions/geometry.js';
import { changeStrokeWidth } from './distortions/stroke-width.js';
import { type DistortionName, distort, distortedSize, distortions } from './distortions.js';

const picture = (rows: readonly (readonly number[])[]): Tensor<Uint8Array> => ({
  data: Uint8Array.from(rows.flat()),
  shape: [1, rows.length, rows[0].length, 1],
});
const rowsOf = ({ data, shape: [, height, width] }: Tensor<Uint8Array>, image = 0) =>
  Array.from({ length: height }, (_, y) => [
    ...data.subarray((image * height + y) * width, (image * height + y + 1) * width),
  ]);
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

/** Soft blobs, each image another: something like strokes, from numbers that are the same everywhere. */
function blobs(count: number, height: number, width: number): Tensor<Uint8Array> {
  const random = new RandomStream(3, 'initialization');
  const data = new Uint8Array(count * height * width);
  for (let index = 0; index < data.length; index++) {
    const image = Math.floor(index / (height * width));
    const y = (Math.floor(index / width) % height) - height * random.uniform(4 * image);
    const x = (index % width) - width * random.uniform(4 * image + 1);
    const distance = Math.abs(Math.sqrt(y * y + x * x) - (height * random.uniform(4 * image + 2)) / 2);
    data[index] = Math.max(0, Math.min(255, Math.floor(300 - 150 * distance)));
  }
  return { data, shape: [count, height, width, 1] };
}

const allSteps = distortions.flatMap(({ name, steps }) =>
  steps.map(({ label, severity }) => ({ name, label, severity })),
);

describe('the list', () => {
  test('has every promised step', () => {
    const listed = Object.fromEntries(
      distortions.map(({ name, steps }) => [name, steps.map(({ severity }) => severity)]),
    );
    expect(listed).toStrictEqual({
      shift: [1, 2, 3, 4],
      rotation: [5, 10, 15, 20, 30],
      scale: [0.5, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3],
      strokeWidth: [-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1],
      noise: [0.1, 0.2, 0.3],
      saltAndPepper: [0.02, 0.05, 0.1],
      blur: [0.5, 1],
      contrast: [0.5, 0.25],
      inverted: [1],
      canvas: [1, 1.5, 3],
    });
    const { steps } = distortions.find(({ name }) => name === 'strokeWidth')!;
    expect(steps.map(({ label }) => label)).toStrictEqual(['−1', '−¾', '−½', '−¼', '+¼', '+½', '+¾', '+1']);
  });

  test('a neutral severity leaves images as they are', () => {
    const images = blobs(9, 12, 10);
    for (const { name, neutral } of distortions) {
      if (neutral && name !== 'blur') expect(distort(images, name, neutral.severity)).toStrictEqual(images);
    }
  });

  /**
   * What each step does is checked below and against SciPy and Pillow; this would differ on a machine whose arithmetic
   * does.
   */
  test('the bytes of all steps are those of every machine', async () => {
    const images = blobs(24, 28, 28);
    const sums = await Promise.all(
      allSteps.map(({ name, severity }) => sha256(distort(images, name, severity, 5).data)),
    );
    expect(await sha256(new TextEncoder().encode(sums.join('\n')))).toBe(
      'd66fd6ff80d8bf706fbd53259c3fcee71f5dc4f65fb2f115e2090608aa7399ec',
    );
  });

  test('images that are distorted in several calls come out as in one', () => {
    const images = blobs(7, 9, 11);
    const part = (from: number, to: number) => ({
      data: images.data.subarray(99 * from, 99 * to),
      shape: [to - from, 9, 11, 1],
    });
    for (const { name, severity } of allSteps) {
      const [first, second] = [distort(part(0, 3), name, severity, 40), distort(part(3, 7), name, severity, 43)];
      expect([...first.data, ...second.data]).toStrictEqual([...distort(images, name, severity, 40).data]);
    }
  });

  test('images of any size keep it, or get the canvas that was told', () => {
    const size = fc.integer({ min: 1, max: 9 });
    const step = fc.constantFrom(...allSteps);
    fc.assert(
      fc.property(size, size, step, (height, width, { name, severity }) => {
        const { data, shape } = distort(blobs(2, height, width), name, severity);
        expect(shape).toStrictEqual([2, ...distortedSize([height, width], name, severity), 1]);
        expect(data).toHaveLength(shape[0] * shape[1] * shape[2]);
      }),
      { numRuns: 150, seed: 1 },
    );
    expect(distortedSize([120, 40], 'canvas', 3)).toStrictEqual([720, 300]);
  });

  test.each<[string, number[], DistortionName, number]>([
    ['colours', [1, 2, 2, 3], 'shift', 1],
    ['no channel', [1, 2, 2], 'shift', 1],
    ['half a pixel', [1, 2, 2, 1], 'shift', 0.5],
    ['a third of a pixel', [1, 2, 2, 1], 'strokeWidth', 1 / 3],
    ['a size of nothing', [1, 2, 2, 1], 'scale', 0],
    ['no number', [1, 2, 2, 1], 'noise', Number.NaN],
    ['a smaller canvas', [1, 2, 2, 1], 'canvas', 0.5],
  ])('refuses %s', (_, shape, name, severity) => {
    const images = { data: new Uint8Array(shape.reduce((size, one) => size * one)), shape };
    expect(() => distort(images, name, severity)).toThrow(
      expect.objectContaining({ name: 'InklingError', kind: 'argument', message: expect.stringContaining('xpected') }),
    );
  });
});

describe('shift', () => {
  test.each([
    [
      0,
      [
        [4, 5, 6],
        [7, 8, 9],
        [0, 0, 0],
      ],
    ],
    [
      1,
      [
        [0, 4, 5],
        [0, 7, 8],
        [0, 0, 0],
      ],
    ],
    [
      2,
      [
        [0, 1, 2],
        [0, 4, 5],
        [0, 7, 8],
      ],
    ],
    [
      3,
      [
        [0, 0, 0],
        [0, 1, 2],
        [0, 4, 5],
      ],
    ],
    [
      5,
      [
        [0, 0, 0],
        [2, 3, 0],
        [5, 6, 0],
      ],
    ],
    [
      6,
      [
        [2, 3, 0],
        [5, 6, 0],
        [8, 9, 0],
      ],
    ],
    [
      7,
      [
        [5, 6, 0],
        [8, 9, 0],
        [0, 0, 0],
      ],
    ],
  ])('by a pixel in direction %i', (direction, expected) => {
    expect(
      rowsOf(
        shift(
          picture([
            [1, 2, 3],
            [4, 5, 6],
            [7, 8, 9],
          ]),
          1,
          [direction],
        ),
      ),
    ).toStrictEqual(expected);
  });

  test('goes in all eight directions, each image in the same at every step', () => {
    const dot = new Uint8Array(64 * 81);
    for (let image = 0; image < 64; image++) dot[81 * image + 40] = 255;
    const images = { data: dot, shape: [64, 9, 9, 1] };
    const ways = [1, 3].map((pixels) => {
      const { data } = distort(images, 'shift', pixels);
      return Array.from({ length: 64 }, (_, image) => {
        const at = data.subarray(81 * image, 81 * image + 81).indexOf(255);
        return `${(Math.floor(at / 9) - 4) / pixels} ${((at % 9) - 4) / pixels}`;
      });
    });
    expect(ways[0]).toStrictEqual(ways[1]);
    expect(new Set(ways[0]).size).toBe(8);
  });
});

describe('rotation and scale', () => {
  test('90 degrees of a square are its transposed flip, one way or the other', () => {
    const images = blobs(20, 10, 10);
    const turned = distort(images, 'rotation', 90);
    const ways = Array.from({ length: 20 }, (_, image) => {
      const before = rowsOf(images, image);
      const clockwise = before.map((_, y) => before.map((_, x) => before[9 - x][y]));
      const other = before.map((_, y) => before.map((_, x) => before[x][9 - y]));
      const is = (rows: number[][]) => JSON.stringify(rows) === JSON.stringify(rowsOf(turned, image));
      return `${is(clockwise)} ${is(other)}`;
    });
    expect(new Set(ways)).toStrictEqual(new Set(['true false', 'false true']));
  });

  test('half the size is the mean of two by two, a quarter of the ink', () => {
    const half = distort(
      picture([
        [0, 0, 0, 0],
        [8, 16, 40, 0],
        [24, 32, 0, 0],
        [0, 0, 0, 0],
      ]),
      'scale',
      0.5,
    );
    expect(rowsOf(half)).toStrictEqual([
      [0, 0, 0, 0],
      [0, 6, 10, 0],
      [0, 14, 0, 0],
      [0, 0, 0, 0],
    ]);
  });
});

describe('stroke width', () => {
  /** A bar at an angle with soft ends, in a 40 by 40 image. */
  function bar(halfWidth: number, degrees: number): Tensor<Uint8Array> {
    const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
    const data = Uint8Array.from({ length: 1600 }, (_, index) => {
      const [y, x] = [Math.floor(index / 40) - 19.5, (index % 40) - 19.5];
      const across = Math.abs(x * sine - y * cosine) - halfWidth;
      const along = Math.abs(x * cosine + y * sine) - 12;
      return Math.round(255 * Math.max(0, Math.min(1, 0.5 - across)) * Math.max(0, Math.min(1, 0.5 - along)));
    });
    return { data, shape: [1, 40, 40, 1] };
  }

  /** Ink for each pixel of length, in the bar's middle. */
  function widthOf({ data }: Tensor<Uint8Array>, degrees: number): number {
    const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
    const weights = Array.from(data, (_, index) => {
      const [y, x] = [Math.floor(index / 40) - 19.5, (index % 40) - 19.5];
      return Math.max(0, Math.min(1, 8.5 - Math.abs(x * cosine + y * sine)));
    });
    return sum(weights.map((weight, index) => (weight * data[index]) / 255)) / 17;
  }

  const severities = distortions.find(({ name }) => name === 'strokeWidth')!.steps.map(({ severity }) => severity);
  const angles = [0, 22.5, 45, 70, 90];
  test.each(severities.flatMap((severity) => angles.map((angle) => [severity, angle])))(
    'moves each side of a bar by %f pixels, turned by %f degrees',
    (severity, angle) => {
      const before = bar(2, angle);
      const moved = (widthOf(changeStrokeWidth(before, severity), angle) - widthOf(before, angle)) / 2;
      expect(Math.abs(moved - severity)).toBeLessThan(0.1);
    },
  );

  test('straight bars become exactly as much wider', () => {
    const rows = Array.from({ length: 9 }, (_, y) => new Array(12).fill(y >= 3 && y < 6 ? 255 : 0));
    const column = (severity: number) => rowsOf(changeStrokeWidth(picture(rows), severity)).map((row) => row[6]);
    expect(column(0)).toStrictEqual([0, 0, 0, 255, 255, 255, 0, 0, 0]);
    for (const severity of severities)
      expect(Math.abs(sum(column(severity)) / 255 - 3 - 2 * severity)).toBeLessThan(0.01);
    expect(column(-1)[4]).toBeGreaterThan(200);
  });

  test('leaves an empty image empty, and a full one full but for its rim', () => {
    const of = (value: number) => picture(Array.from({ length: 6 }, () => new Array(6).fill(value)));
    for (const severity of severities) {
      expect(sum(changeStrokeWidth(of(0), severity).data)).toBe(0);
      expect(rowsOf(changeStrokeWidth(of(255), severity))[3][3]).toBe(255);
    }
  });
});

describe('noise', () => {
  const grey = { data: new Uint8Array(200 * 784).fill(128), shape: [200, 28, 28, 1] };
  const moments = (data: Uint8Array) => {
    const mean = sum(data) / data.length;
    return [mean, Math.sqrt(sum(Float64Array.from(data, (value) => (value - mean) ** 2)) / data.length)];
  };

  test('Gaussian noise has the mean and the deviation that was asked', () => {
    const [mean, deviation] = moments(distort(grey, 'noise', 0.1).data);
    expect(Math.abs(mean - 128)).toBeLessThan(0.5);
    expect(Math.abs(deviation - 25.5)).toBeLessThan(0.3);
  });

  test('salt and pepper hit their share, as many black as white', () => {
    const { data } = distort(grey, 'saltAndPepper', 0.1);
    const fraction = (value: number) => data.filter((one) => one === value).length / data.length;
    expect(Math.abs(fraction(0) - 0.05)).toBeLessThan(0.003);
    expect(Math.abs(fraction(255) - 0.05)).toBeLessThan(0.003);
    expect(fraction(0) + fraction(128) + fraction(255)).toBeCloseTo(1, 12);
  });

  test('every image has its own', () => {
    const { data } = distort(grey, 'noise', 0.1);
    const images = Array.from({ length: 200 }, (_, image) => data.subarray(784 * image, 784 * image + 784).join());
    expect(new Set(images).size).toBe(200);
  });
});

test('blur keeps the ink, contrast goes to the middle, inverted turns about', () => {
  const dot = Array.from({ length: 11 }, (_, y) =>
    Array.from({ length: 11 }, (_, x) => (x === 5 && y === 5 ? 255 : 0)),
  );
  const blurred = distort(picture(dot), 'blur', 1);
  expect(rowsOf(blurred)[5][5]).toBe(Math.round(255 / (2 * Math.PI)));
  expect(Math.abs(sum(blurred.data) - 255)).toBeLessThan(8);
  expect(rowsOf(distort(picture([[0, 100, 255]]), 'contrast', 0.5))).toStrictEqual([[64, 114, 191]]);
  expect(rowsOf(distort(picture([[0, 100, 255]]), 'inverted', 1))).toStrictEqual([[255, 155, 0]]);
});

test('on a canvas an image stands in a corner, all four in use, at its own size as it is', () => {
  const images = blobs(30, 12, 10);
  const { data, shape } = distort(images, 'canvas', 1);
  expect(shape).toStrictEqual([30, 200, 300, 1]);
  const places = Array.from({ length: 30 }, (_, image) => {
    const canvas = rowsOf({ data: data.subarray(image * 60_000, (image + 1) * 60_000), shape: [1, 200, 300, 1] });
    const found = [
      [0, 0],
      [0, 290],
      [188, 0],
      [188, 290],
    ].filter(([top, left]) => {
      const cut = canvas.slice(top, top + 12).map((row) => row.slice(left, left + 10));
      return JSON.stringify(cut) === JSON.stringify(rowsOf(images, image)) && sum(cut.flat()) === sum(canvas.flat());
    });
    return found.join();
  });
  expect(new Set(places)).toStrictEqual(new Set(['0,0', '0,290', '188,0', '188,290']));
});
