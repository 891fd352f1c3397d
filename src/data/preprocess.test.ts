import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneHot, reshape, scale } from './preprocess.js';

test('scaling gives the float32 quotient of every value', () => {
  const values = Uint8Array.from({ length: 256 }, (_, value) => value);
  const scaled = scale({ data: values, shape: [2, 128] });
  expect(scaled.shape).toStrictEqual([2, 128]);
  expect(scaled.data).toBeInstanceOf(Float32Array);
  for (const value of values) expect(scaled.data[value]).toBe(Math.fround(value / 255));
  expect([scaled.data[0], scaled.data[255]]).toStrictEqual([0, 1]);
});

describe('reshape', () => {
  const tensor = { data: new Uint8Array(24), shape: [24] };

  test.each([
    [
      [2, 3, 4, 1],
      [2, 3, 4, 1],
    ],
    [
      [-1, 6],
      [4, 6],
    ],
    [
      [2, -1, 3],
      [2, 4, 3],
    ],
    [[-1], [24]],
  ])('to %j', (asked, shape) => {
    const reshaped = reshape(tensor, asked);
    expect(reshaped.shape).toStrictEqual(shape);
    expect(reshaped.data).toBe(tensor.data);
  });

  test.each([[[5, 5]], [[-1, 5]], [[-1, -1]], [[-2, -12]], [[0, -1]], [[1.5, 16]], [[Number.NaN, 24]], [[]]])(
    'to %j is refused',
    (shape) => {
      expect(() => reshape(tensor, shape)).toThrow(/^Cannot reshape \[24\] to .*product is 24/);
    },
  );

  test('a single value has the empty shape', () => {
    expect(reshape({ data: new Float32Array(1), shape: [1, 1] }, []).shape).toStrictEqual([]);
  });
});

describe('one-hot labels', () => {
  test('are 1 at the label and 0 elsewhere', () => {
    expect(oneHot([2, 0], 3)).toStrictEqual({ data: Float32Array.of(0, 0, 1, 1, 0, 0), shape: [2, 3] });
  });

  test('name their label, for any labels', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (labels) => {
        const { data, shape } = oneHot(labels, 256);
        expect(shape).toStrictEqual([labels.length, 256]);
        expect(data.reduce((sum, value) => sum + value, 0)).toBe(labels.length);
        labels.forEach((label, index) => {
          expect(data[index * 256 + label]).toBe(1);
        });
      }),
    );
  });

  test('out of range are refused', () => {
    expect(() => oneHot([0, 10], 10)).toThrow('Label 10 at index 1 is out of range: expected 0 to 9');
    expect(() => oneHot([-1], 10)).toThrow('Label -1');
    expect(() => oneHot([0.5], 10)).toThrow('Label 0.5');
  });

  test.each([0, 2.5, Number.NaN])('of %d classes are refused', (classes) => {
    expect(() => oneHot([0], classes)).toThrow(`expected a positive number of classes. Received: ${classes}`);
  });
});
