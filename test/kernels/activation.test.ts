/** Activation functions, of ordinary numbers in any count and of extreme ones. */

import fc from 'fast-check';
import { expect } from 'vitest';
import { type ActivationFunction, activationBackward, activationForward } from '../../src/reference/activation.js';
import { absolute, forAllBuilds, forRandomShapes, oneTo } from './cases.js';
import { expectNear, roundings, unit } from './compare.js';
import type { Workspace } from './workspace.js';

type Name = Exclude<ActivationFunction['activation'], 'softmax'>;

/** Executes one of the functions without softmax; what it writes may be what it reads. */
function forward(space: Workspace, name: Name, x: number, y: number, count: number, slope: number): void {
  if (name === 'leakyRelu') space.run('leakyReluForward', { x, y, count, negativeSlope: slope });
  else space.run(`${name}Forward`, { x, y, count });
}

function backward(space: Workspace, name: Name, dy: number, y: number, dx: number, count: number, slope: number): void {
  if (name === 'leakyRelu') space.run('leakyReluBackward', { dy, y, dx, count, negativeSlope: slope });
  else space.run(`${name}Backward`, { dy, y, dx, count });
}

/** Roundings that a value may be off by: none in a choice, a few in a polynomial and a quotient. */
const allowed = { relu: 0, leakyRelu: 1, tanh: 8, sigmoid: 8 } as const;
const names = Object.keys(allowed) as Name[];

const cases = fc.record({ name: fc.constantFrom(...names), count: oneTo(41), scale: fc.constantFrom(0.1, 1, 10) });
const kernels =
  'reluForward, leakyReluForward, tanhForward, sigmoidForward and reluBackward, leakyReluBackward, tanhBackward, sigmoidBackward';
forRandomShapes(
  kernels,
  cases,
  (space, { name, count, scale }, numbers) => {
    const chosen = { activation: name, negativeSlope: 0.25 };
    const x = Float64Array.from(numbers.next(count), (value) => Math.fround(value * scale));
    const y = space.output(count);
    forward(space, name, space.input(x), y.address, count, 0.25);
    const expected = activationForward(x, chosen, 1);
    expectNear(name, y.values, expected, roundings(allowed[name], expected));
    const inPlace = space.changing(x);
    forward(space, name, inPlace.address, inPlace.address, count, 0.25);
    expect(inPlace.values).toEqual(y.values);

    const dy = numbers.next(count);
    const outputs = Float64Array.from(y.values);
    const dx = space.changing(dy);
    backward(space, name, dx.address, y.address, dx.address, count, 0.25);
    const slopes = activationBackward(dy, outputs, chosen, 1);
    // 1 - y^2 and 1 - y lose what y was rounded by: a few units of dy itself.
    expectNear(
      `slope of ${name}`,
      dx.values,
      slopes,
      absolute(dy).map((slope) => allowed[name] * unit * slope),
    );
  },
  200,
);

const rows = fc.record({ rows: fc.nat({ max: 9 }), size: oneTo(19), scale: fc.constantFrom(0.1, 3, 10) });
forRandomShapes('softmaxForward and softmaxBackward', rows, (space, { rows, size, scale }, numbers) => {
  const chosen = { activation: 'softmax', negativeSlope: 0 } as const;
  const x = Float64Array.from(numbers.next(rows * size), (value) => Math.fround(value * scale));
  const y = space.changing(x);
  space.run('softmaxForward', { x: y.address, y: y.address, rows, size });
  const expected = activationForward(x, chosen, size);
  // The exponent is rounded, which moves e^ by as many units as it is large; then the exponential, sum and quotient.
  expectNear('y', y.values, expected, roundings(6 * scale + size + 8, expected));
  const dy = numbers.next(rows * size);
  const dx = space.changing(dy);
  space.run('softmaxBackward', { dy: dx.address, y: y.address, dx: dx.address, rows, size });
  const outputs = Float64Array.from(y.values);
  // dy - sum: as many roundings as the row has terms, each of at most the largest slope.
  const largest = Math.max(0, ...absolute(dy));
  const tolerance = outputs.map((output) => (size + 4) * unit * 2 * largest * output + 2 ** -126);
  expectNear('dx', dx.values, activationBackward(dy, outputs, chosen, size), tolerance);
});

const extremes = [-3e38, -1e30, -1e4, -104, -88, -0, 0, 88, 104, 1e4, 1e30, 3e38];
forAllBuilds('extreme numbers level off', (space) => {
  for (const name of names) {
    const y = space.output(extremes.length);
    forward(space, name, space.input(extremes), y.address, extremes.length, 0.25);
    const expected = activationForward(
      Float64Array.from(extremes, Math.fround),
      { activation: name, negativeSlope: 0.25 },
      1,
    );
    // Beyond e^-87 sigmoid stays at some 1e-38 where it should be less.
    expectNear(
      name,
      y.values,
      expected,
      roundings(8, expected).map((bound) => bound + 2e-38),
    );
  }
});

forAllBuilds('softmax of extreme numbers is one-hot, and what is not a number stays so', (space) => {
  for (const large of [1e4, 1e30, 3e38]) {
    const y = space.output(4);
    space.run('softmaxForward', { x: space.input([-large, 0, large, 0]), y: y.address, rows: 1, size: 4 });
    expectNear(String(large), y.values, [0, 0, 1, 0], [2e-38, 2e-38, 0, 2e-38]);
  }
  for (const name of names) {
    const y = space.output(2);
    forward(space, name, space.input([Number.NaN, 1]), y.address, 2, 0.25);
    expect(y.values[0], name).toBeNaN();
  }
  const y = space.output(3);
  space.run('softmaxForward', { x: space.input([0, Number.NaN, 1]), y: y.address, rows: 1, size: 3 });
  expect([...y.values]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
