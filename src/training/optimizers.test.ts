/** Optimizers as data: Keras's defaults, checks, JSON, and Adam's step size. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adam,
  adamStepSize,
  adamw,
  type Optimizer,
  optimizerByName,
  optimizerFromData,
  optimizerNames,
  rmsprop,
  sgd,
} from './optimizers.js';
import { constantSchedule, cosineDecay } from './schedules.js';

describe('optimizers', () => {
  it('have the defaults of Keras', () => {
    expect(sgd()).toEqual({ type: 'sgd', learningRate: 0.01, momentum: 0, nesterov: false });
    expect(adam()).toEqual({ type: 'adam', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
    expect(adamw()).toEqual({ ...adam(), type: 'adamw', weightDecay: 0.004 });
    expect(rmsprop()).toEqual({ type: 'rmsprop', learningRate: 0.001, rho: 0.9, epsilon: 1e-7 });
  });

  it('keep what they are given', () => {
    const schedule = cosineDecay({ initialLearningRate: 0.1 });
    expect(sgd({ learningRate: schedule, momentum: 0.9, nesterov: true, clipNorm: 2 })).toEqual({
      type: 'sgd',
      learningRate: schedule,
      momentum: 0.9,
      nesterov: true,
      clipNorm: 2,
    });
    expect(adamw({ weightDecay: 0, globalClipNorm: 1 })).toMatchObject({ weightDecay: 0, globalClipNorm: 1 });
  });

  it.each([
    [() => sgd({ learningRate: -1 }), 'sgd: learningRate must be a number above 0. Received: learningRate=-1.'],
    [() => adam({ learningRate: Number.NaN }), 'learningRate=NaN'],
    [
      () => adam({ learningRate: '0.1' as never }),
      'adam: learningRate must be a number above 0 or a schedule. Received: learningRate="0.1".',
    ],
    [() => adam({ learningRate: { type: 'constant' } as never }), 'constant: learningRate must be a number above 0'],
    [() => sgd({ momentum: 1 }), 'sgd: momentum must be a number of at least 0 and below 1. Received: momentum=1.'],
    [() => sgd({ nesterov: null as never }), 'sgd: nesterov must be true or false. Received: nesterov=null.'],
    [() => adam({ beta1: 1 }), 'adam: beta1 must be'],
    [() => adam({ beta2: -0.1 }), 'adam: beta2 must be'],
    [() => adam({ epsilon: 0 }), 'adam: epsilon must be'],
    [() => adamw({ weightDecay: -1 }), 'adamw: weightDecay must be a number of at least 0'],
    [() => rmsprop({ rho: Number.POSITIVE_INFINITY }), 'rmsprop: rho must be'],
    [() => adam({ clipNorm: 0 }), 'adam: clipNorm must be a number above 0'],
    [() => adam({ clipNorm: 1, globalClipNorm: 1 }), 'adam: globalClipNorm must be left out where clipNorm is given'],
    [
      () => adam({ weightDecay: 1 } as never),
      'adam: unknown option "weightDecay". Expected: learningRate, clipNorm, globalClipNorm, beta1, beta2, epsilon.',
    ],
    [() => adam({ type: 'sgd' } as never), 'adam: type must be "adam". Received: type="sgd".'],
    [() => adam(3 as never), 'adam: expected an object with options. Received: 3.'],
  ])('refuse wrong values (%#)', (build, message) => {
    expect(build).toThrow(message);
    expect(build).toThrow(expect.objectContaining({ name: 'InklingError', kind: 'argument' }));
  });
});

describe('optimizerFromData', () => {
  const fraction = fc.double({ min: 0, max: 0.999, noNaN: true });
  const positive = fc.double({ min: 1e-12, max: 1e6, noNaN: true });
  const optional = (name: string) =>
    fc.oneof(
      fc.constant({}),
      positive.map((value) => ({ [name]: value })),
    );
  const base = fc
    .tuple(
      fc.oneof(
        positive,
        positive.map((learningRate) => constantSchedule({ learningRate })),
      ),
      fc.oneof(optional('clipNorm'), optional('globalClipNorm')),
    )
    .map(([learningRate, clipping]) => ({ learningRate, ...clipping }));
  const optimizer: fc.Arbitrary<Optimizer> = fc.oneof(
    fc.tuple(base, fc.record({ momentum: fraction, nesterov: fc.boolean() })).map(([a, b]) => sgd({ ...a, ...b })),
    fc
      .tuple(base, fc.record({ beta1: fraction, beta2: fraction, epsilon: positive }))
      .map(([a, b]) => adam({ ...a, ...b })),
    fc.tuple(base, fc.record({ beta1: fraction, weightDecay: positive })).map(([a, b]) => adamw({ ...a, ...b })),
    fc.tuple(base, fc.record({ rho: fraction, epsilon: positive })).map(([a, b]) => rmsprop({ ...a, ...b })),
  );

  it('gives back what was stored', () => {
    fc.assert(
      fc.property(optimizer, (stored) => {
        expect(optimizerFromData(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
      }),
    );
  });

  it('fills nothing in', () => {
    for (const name of optimizerNames) {
      const stored = JSON.parse(JSON.stringify(optimizerByName(name)));
      for (const key of Object.keys(stored)) {
        const { [key]: _, ...rest } = stored;
        expect(() => optimizerFromData(rest)).toThrow(
          key === 'type' ? 'Unknown optimizer type' : `"${key}" is missing`,
        );
      }
    }
  });

  it.each([
    [undefined, 'Unknown optimizer type undefined. Expected one of: sgd, adam, adamw, rmsprop.'],
    [{ type: 'constructor' }, 'Unknown optimizer type "constructor"'],
    [{ ...rmsprop(), momentum: 0.9 }, 'rmsprop: unknown option "momentum"'],
    [{ ...adam(), beta1: 2 }, 'adam: beta1 must be'],
  ])('refuses %j', (data, message) => {
    expect(() => optimizerFromData(data)).toThrow(message);
  });
});

describe('optimizerByName', () => {
  it('takes a learning rate along', () => {
    expect(optimizerByName('rmsprop', { learningRate: 0.5 })).toEqual(rmsprop({ learningRate: 0.5 }));
    expect(optimizerNames.map((name) => optimizerByName(name))).toEqual([sgd(), adam(), adamw(), rmsprop()]);
  });

  it('refuses unknown names', () => {
    expect(() => optimizerByName('Adam' as 'adam')).toThrow(
      'Unknown optimizer "Adam". Did you mean "adam"? Expected one of: sgd, adam, adamw, rmsprop.',
    );
  });
});

describe('adamStepSize', () => {
  it('makes up for the start at zero', () => {
    // By hand: sqrt(0.001) / 0.1 at the first step, sqrt(1 - 0.998001) / (1 - 0.81) at the second.
    expect(adamStepSize(1, 0.9, 0.999, 0)).toBeCloseTo(0.31622776601683794, 12);
    expect(adamStepSize(1, 0.9, 0.999, 1)).toBeCloseTo(Math.sqrt(0.001999) / 0.19, 12);
    expect(adamStepSize(0.002, 0.9, 0.999, 100_000)).toBeCloseTo(0.002, 15);
  });
});
