/** Activation functions at the points where they are easily got wrong. */

import { expect, test } from 'vitest';
import { activationBackward, activationForward } from './activation.js';

const x = Float64Array.of(-1e4, -2, 0, 2, 1e4);
const execute = (activation: Parameters<typeof activationForward>[1]['activation'], negativeSlope = 0) => {
  const chosen = { activation, negativeSlope };
  const y = activationForward(x, chosen, 5);
  return { y: [...y], dx: [...activationBackward(new Float64Array(5).fill(1), y, chosen, 5)] };
};

test('relu has the slope 0 at 0', () => {
  expect(execute('relu')).toEqual({ y: [0, 0, 0, 2, 1e4], dx: [0, 0, 0, 1, 1] });
});

test('leakyRelu has its negative slope at 0', () => {
  expect(execute('leakyRelu', 0.25)).toEqual({ y: [-2500, -0.5, 0, 2, 1e4], dx: [0.25, 0.25, 0.25, 1, 1] });
});

test('tanh and sigmoid level off without overflow', () => {
  const tanh = execute('tanh');
  expect(tanh.y).toEqual([-1, expect.closeTo(Math.tanh(-2), 14), 0, expect.closeTo(Math.tanh(2), 14), 1]);
  expect(tanh.dx).toEqual([0, expect.closeTo(0.070650824853164, 14), 1, expect.closeTo(0.070650824853164, 14), 0]);
  const sigmoid = execute('sigmoid');
  expect(sigmoid.y).toEqual([0, expect.closeTo(0.119202922022118, 14), 0.5, expect.closeTo(0.880797077977882, 14), 1]);
});

test('softmax gives distributions, row by row, without overflow', () => {
  expect(execute('softmax').y).toEqual([0, 0, 0, 0, 1]);
  const rows = activationForward(Float64Array.of(5, 5, -1e4, -1e4), { activation: 'softmax', negativeSlope: 0 }, 2);
  expect([...rows]).toEqual([0.5, 0.5, 0.5, 0.5]);
});
