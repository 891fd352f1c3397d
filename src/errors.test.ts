import { expect, test } from 'vitest';
import { shortJson } from './errors.js';

test('a value of any kind is shown in a message, short', () => {
  expect([null, 'a"', [1, { b: true }], Number.NaN, undefined, 3n].map(shortJson)).toStrictEqual([
    ...['null', '"a\\""', '[1,{"b":true}]', 'null', 'undefined', '3'],
  ]);
  expect(shortJson('x'.repeat(1000))).toBe(`"${'x'.repeat(199)}…`);
});

test('a value nested deeper than JSON.stringify gets is no defect', () => {
  const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000));
  expect(() => JSON.stringify(deep)).toThrow(RangeError);
  expect(shortJson(deep)).toBe('something nested too deeply');
});
