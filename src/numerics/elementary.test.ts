/** The elementary functions against the host's, over wide ranges and at their edges. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, log, pow, sin } from './elementary.js';

const bits = new DataView(new ArrayBuffer(8));

function relativeError(actual: number, expected: number): number {
  return actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
}

/** Every positive normal float64 alike: the exponents are drawn, not the values. */
const positive = fc
  .tuple(fc.integer({ min: -1021, max: 1022 }), fc.double({ min: 1, max: 2, noNaN: true }))
  .map(([exponent, mantissa]) => mantissa * 2 ** exponent);

function checkAgainst(
  arbitrary: fc.Arbitrary<number>,
  actual: (x: number) => number,
  expected: (x: number) => number,
): void {
  fc.assert(
    fc.property(arbitrary, (x) => {
      expect(relativeError(actual(x), expected(x))).toBeLessThan(1e-15);
    }),
    { numRuns: 2000 },
  );
}

describe('exp', () => {
  it('agrees with Math.exp over all normal results', () => {
    checkAgainst(fc.double({ min: -708, max: 709.78, noNaN: true }), exp, Math.exp);
  });

  it('agrees with Math.exp for small arguments', () => {
    checkAgainst(
      positive.map((x) => (x < 1 ? -x : -1 / x)),
      exp,
      Math.exp,
    );
  });

  it('has its limits where float64 has them', () => {
    expect(exp(0)).toBe(1);
    expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-746)).toBe(0);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(-745)).toBe(Number.MIN_VALUE);
    expect(exp(Number.NaN)).toBeNaN();
  });
});

describe('log', () => {
  it('agrees with Math.log over all positive numbers', () => {
    checkAgainst(positive, log, Math.log);
  });

  it('agrees with Math.log near 1', () => {
    checkAgainst(fc.double({ min: 0.5, max: 2, noNaN: true }), log, Math.log);
  });

  it('has its limits where float64 has them', () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(relativeError(log(Number.MIN_VALUE), Math.log(Number.MIN_VALUE))).toBeLessThan(1e-15);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
  });

  it('undoes exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        // A relative error of e^x becomes an absolute one of its logarithm.
        expect(Math.abs(log(exp(x)) - x)).toBeLessThan(1e-15 * Math.max(1, Math.abs(x)));
      }),
    );
  });
});

describe('pow', () => {
  it('agrees with Math.pow for decay rates and whole exponents', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        fc.integer({ min: -1000, max: 1000 }),
        (base, power) => {
          expect(relativeError(pow(base, power), base ** power)).toBeLessThan((1 + Math.abs(power)) * 1e-15);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('agrees with Math.pow for broken exponents', () => {
    const exponent = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), exponent, (base, power) => {
        expect(relativeError(pow(base, power), base ** power)).toBeLessThan((1 + Math.abs(power)) * 1e-15);
      }),
      { numRuns: 2000 },
    );
  });

  it('is exact where the result is a whole number', () => {
    expect(pow(2, 10)).toBe(1024);
    expect(pow(-3, 5)).toBe(-243);
    expect(pow(10, 22)).toBe(1e22);
  });

  it.each([
    [0, 0],
    [0, 2],
    [0, 0.5],
    [0, -1],
    [0, -0.5],
    [1, 0.3],
    [-1, 3],
    [-1, 0.5],
    [4, Number.POSITIVE_INFINITY],
    [0.25, Number.POSITIVE_INFINITY],
    [4, Number.NEGATIVE_INFINITY],
    [Number.POSITIVE_INFINITY, 0.5],
    [Number.POSITIVE_INFINITY, -2],
    [2, 2000],
    [0, Number.NaN],
    [Number.NaN, 1],
  ])('treats %d^%d as Math.pow does', (base, exponent) => {
    expect(pow(base, exponent)).toBe(base ** exponent);
  });
});

describe('sin and cos', () => {
  const angle = fc.double({ min: -1e6, max: 1e6, noNaN: true });

  it('agree with Math.sin and Math.cos', () => {
    checkAgainst(angle, sin, Math.sin);
    checkAgainst(angle, cos, Math.cos);
  });

  it('agree near multiples of pi / 2, where digits cancel', () => {
    const nearZero = fc.integer({ min: -600_000, max: 600_000 }).map((quadrant) => quadrant * (Math.PI / 2));
    checkAgainst(nearZero, sin, Math.sin);
    checkAgainst(nearZero, cos, Math.cos);
  });

  it('are exact at zero and NaN without a finite argument', () => {
    expect(sin(0)).toBe(0);
    expect(cos(0)).toBe(1);
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(sin(x)).toBeNaN();
      expect(cos(x)).toBeNaN();
    }
  });
});

it('gives the same bits everywhere', () => {
  // Recorded once: a change of these digits changes every trained weight.
  const recorded = [exp(0.1), log(0.3), pow(0.97, 123.4), sin(1), cos(2)].map((value) => {
    bits.setFloat64(0, value);
    return bits.getBigUint64(0).toString(16);
  });
  expect(recorded).toEqual([
    '3ff1aec7b35a00d4',
    'bff34378fcbda721',
    '3f97dfd6dfc5710e',
    '3feaed548f090cee',
    'bfdaa22657537205',
  ]);
});
