/** Updates, penalties and clipping of one weight against the twin's optimizers, over several steps and cut in parts. */

import fc from 'fast-check';
import { expect } from 'vitest';
import type { UpdateRule } from '../../src/engine/program/update-rule.js';
import { ReferenceOptimizer } from '../../src/reference/optimizers.js';
import { adamStepSize } from '../../src/training/optimizers.js';
import { forAllBuilds, forRandomShapes, Numbers, oneTo, parts } from './cases.js';
import { expectEqual, expectNear, roundings, unit } from './compare.js';
import type { Workspace } from './workspace.js';

const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const rules: UpdateRule[] = [
  { type: 'sgd', momentum: 0, nesterov: false },
  { type: 'sgd', momentum: 0.9, nesterov: false },
  { type: 'sgd', momentum: 0.9, nesterov: true },
  { type: 'adam', ...adam },
  { type: 'adamw', ...adam, weightDecay: 0.1 },
  { type: 'rmsprop', rho: 0.9, epsilon: 1e-7 },
];

/** One step by the kernel that belongs to the rule: sgdUpdate, momentumUpdate, adamUpdate or rmspropUpdate. */
function update(space: Workspace, rule: UpdateRule, at: number[], record: number, part: [number, number]): void {
  const [weights, gradients, moment, otherMoment] = at;
  const operands = { weights, gradients, record, first: part[0], last: part[1] };
  switch (rule.type) {
    case 'sgd': {
      const { momentum, nesterov } = rule;
      if (momentum === 0) space.run('sgdUpdate', operands);
      else space.run('momentumUpdate', { ...operands, velocities: moment, momentum, nesterov: Number(nesterov) });
      break;
    }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, epsilon } = rule;
      const weightDecay = rule.type === 'adamw' ? rule.weightDecay : 0;
      const moments = { means: moment, squares: otherMoment };
      space.run('adamUpdate', { ...operands, ...moments, beta1, beta2, epsilon, weightDecay });
      break;
    }
    case 'rmsprop':
      space.run('rmspropUpdate', { ...operands, squares: moment, rho: rule.rho, epsilon: rule.epsilon });
  }
}

const cases = fc.record({ rule: fc.constantFrom(...rules), vectors: oneTo(12) });
forRandomShapes(
  'four steps of each optimizer',
  cases,
  (space, { rule, vectors }, numbers) => {
    const count = vectors * 4;
    const learningRate = Math.fround(0.01);
    const weights = numbers.next(count);
    const values = space.changing(weights);
    const first = space.changing(new Float64Array(count));
    const second = space.changing(new Float64Array(count));
    const twin = new ReferenceOptimizer(rule, learningRate);
    for (let step = 0; step < 4; step++) {
      const gradients = numbers.next(count);
      const stepSize =
        rule.type === 'adam' || rule.type === 'adamw' ? adamStepSize(learningRate, rule.beta1, rule.beta2, step) : 0;
      const record = space.record({ learningRate, stepSize });
      const at = [values.address, space.input(gradients), first.address, second.address];
      for (const part of parts(count, 4)) update(space, rule, at, record, part);
      twin.update(new Map([['w', weights]]), new Map([['w', gradients]]));
      // A step moves a weight by some learning rates; its roundings and that of the weight itself add up over the
      // steps.
      const tolerance = weights.map((weight) => (step + 1) * unit * (Math.abs(weight) + 64 * learningRate));
      expectNear(`step ${step}`, values.values, weights, tolerance);
    }
  },
  150,
);

forRandomShapes('addL2Gradient', oneTo(12), (space, vectors, numbers) => {
  const count = vectors * 4;
  const weights = numbers.next(count);
  const gradients = numbers.next(count);
  const result = space.changing(gradients);
  const weightsAt = space.input(weights);
  for (const [first, last] of parts(count, 4)) {
    space.run('addL2Gradient', { weights: weightsAt, gradients: result.address, l2: 0.01, first, last });
  }
  const expected = gradients.map((gradient, index) => gradient + 0.02 * weights[index]);
  expectNear(
    'gradients',
    result.values,
    expected,
    gradients.map((gradient) => 4 * unit * (Math.abs(gradient) + 0.06)),
  );
});

forRandomShapes('sumOfSquares, storeL2Penalty and clipGradients', oneTo(12), (space, vectors, numbers) => {
  const count = vectors * 4;
  const arrays = [numbers.next(count), numbers.next(count)];
  const gradients = arrays.map((values) => space.changing(values));
  const squares = space.doubles(2);
  const expected = arrays.map((values) => values.reduce((sum, value) => sum + value ** 2, 0));
  for (const [index, { address }] of gradients.entries()) {
    space.run('sumOfSquares', { values: address, count, result: squares.address + index * 8 });
  }
  expectNear(
    'squares',
    squares.values,
    expected,
    expected.map((sum) => 1e-14 * sum),
  );
  const results = space.bytes(256 + 3 * 8);
  const record = space.record({ results: results.address });
  space.run('storeL2Penalty', { weights: gradients[0].address, count, l2: 0.01, record, index: 2 });
  const penalty = new DataView(results.values.buffer, results.values.byteOffset).getFloat64(256 + 16, true);
  expectNear('penalty', [penalty], [0.01 * expected[0]], [1e-14 * expected[0]]);
  expectEqual('other results', results.values.subarray(0, 272), new Uint8Array(272).fill(0xff));

  const norm = Math.sqrt(expected[0] + expected[1]);
  for (const limit of [norm * 2, norm / 2]) {
    const clipped = space.changing(arrays[0]);
    for (const [first, last] of parts(count, 4)) {
      const norm = { squares: squares.address, count: 2, limit };
      space.run('clipGradients', { gradients: clipped.address, ...norm, first, last });
    }
    const shorter = arrays[0].map((value) => (norm > limit ? (value * limit) / norm : value));
    expectNear(`limit ${limit}`, clipped.values, shorter, roundings(norm > limit ? 2 : 0, shorter));
  }
});

forAllBuilds('a gradient that is all zero, or not a number, is not scaled', (space) => {
  const zeros = space.changing(new Float64Array(4));
  space.run('clipGradients', {
    gradients: zeros.address,
    squares: space.keep(Float64Array.of(0)),
    count: 1,
    limit: 1,
    first: 0,
    last: 4,
  });
  expect([...zeros.values]).toEqual([0, 0, 0, 0]);
  const values = new Numbers(false, 1).next(4);
  const some = space.changing(values);
  space.run('clipGradients', {
    gradients: some.address,
    squares: space.keep(Float64Array.of(Number.NaN)),
    count: 1,
    limit: 1,
    first: 0,
    last: 4,
  });
  expect([...some.values]).toEqual([...values]);
});
