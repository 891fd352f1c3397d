import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toFixedHalfEven } from './round-half-to-even.js';

// What Python's format(value, f'.{digits}f') gives.
it.each([
  [0.625, 2, '0.62'],
  [0.875, 2, '0.88'],
  [0.125, 2, '0.12'],
  [0.375, 2, '0.38'],
  [0.0625, 3, '0.062'],
  [0.5, 0, '0'],
  [1.5, 0, '2'],
  [2.5, 0, '2'],
  [0.345, 2, '0.34'],
  [1.005, 2, '1.00'],
  [0.995, 2, '0.99'],
  [0, 2, '0.00'],
  [1, 3, '1.000'],
  [12, 0, '12'],
  [2 / 3, 15, '0.666666666666667'],
])('%d with %i digits is %s', (value, digits, text) => {
  expect(toFixedHalfEven(value, digits)).toBe(text);
});

it('differs from toFixed in exact ties alone', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 6 }), (value, digits) => {
      // A tie at d digits is an odd multiple of 5 / 10^(d+1) and therefore of 2^-(d+1).
      fc.pre(!Number.isInteger(value * 2 ** (digits + 1)));
      expect(toFixedHalfEven(value, digits)).toBe(value.toFixed(digits));
    }),
  );
});
