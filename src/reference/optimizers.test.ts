/** One step of each rule by hand; ten steps are held by network.goldens.test.ts. */

import { expect, test } from 'vitest';
import { ReferenceOptimizer } from './optimizers.js';

const sgd = { type: 'sgd', momentum: 0, nesterov: false } as const;
const numbers = { beta1: 0.9, beta2: 0.999, epsilon: 0 };

/** The weights 0 and 0, and 2 in another array, after one step by the gradients (3, 4) and 12. */
function oneStep(...optimizer: ConstructorParameters<typeof ReferenceOptimizer>): number[] {
  const weights = new Map([
    ['a', Float64Array.of(0, 0)],
    ['b', Float64Array.of(2)],
    ['notTrained', Float64Array.of(9)],
  ]);
  const gradients = new Map([
    ['a', Float64Array.of(3, 4)],
    ['b', Float64Array.of(12)],
  ]);
  new ReferenceOptimizer(...optimizer).update(weights, gradients);
  expect(weights.get('notTrained')![0]).toBe(9);
  return [...weights.get('a')!, ...weights.get('b')!];
}

const close = (values: number[]) => values.map((value) => expect.closeTo(value, 12));

test('sgd goes against the gradient; nesterov looks one step of momentum ahead', () => {
  expect(oneStep(sgd, 1)).toEqual([-3, -4, -10]);
  expect(oneStep({ ...sgd, momentum: 0.5, nesterov: true }, 1)).toEqual([-4.5, -6, -16]);
});

test('the first step of adam is the learning rate, whatever the gradient', () => {
  expect(oneStep({ type: 'adam', ...numbers }, 0.1)).toEqual(close([-0.1, -0.1, 1.9]));
});

test('adamw lets weights decay before it steps', () => {
  expect(oneStep({ type: 'adamw', ...numbers, weightDecay: 0.5 }, 0.1)).toEqual(close([-0.1, -0.1, 1.8]));
});

test('rmsprop divides by the root of the mean square', () => {
  expect(oneStep({ type: 'rmsprop', rho: 0.75, epsilon: 0 }, 0.1)).toEqual(close([-0.2, -0.2, 1.8]));
});

test('clipNorm shortens each weight alone, globalClipNorm all together', () => {
  expect(oneStep({ ...sgd, clipNorm: 10 }, 1)).toEqual(close([-3, -4, -8]));
  expect(oneStep({ ...sgd, globalClipNorm: 6.5 }, 1)).toEqual(close([-1.5, -2, -4]));
  expect(oneStep({ ...sgd, globalClipNorm: 13 }, 1)).toEqual([-3, -4, -10]);
});
