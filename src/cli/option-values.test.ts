import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filledText, positiveNumber, wholeNumber, wholeNumberOrAll } from './option-values.js';

const notNumbers = [
  '',
  ' ',
  ' 5',
  '5 ',
  '0x10',
  '1e999',
  'NaN',
  'Infinity',
  '-Infinity',
  '1_000',
  '5,0',
  'five',
  '٥',
  '--1',
];

describe('whole numbers', () => {
  const read = wholeNumber(0, 2 ** 32 - 1);

  test('every one in the range is read as it was written', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => read(String(value)) === value));
  });

  test.each([...notNumbers, '1.5', '1.0', '1e3', '+1', '-1', '4294967296'])('"%s" is refused', (text) => {
    expect(() => read(text)).toThrow('Expected a whole number from 0 to 4294967295.');
  });

  test('the ends of the range belong to it', () => {
    expect([wholeNumber(1, 16)('1'), wholeNumber(1, 16)('16')]).toStrictEqual([1, 16]);
    expect(() => wholeNumber(1, 16)('0')).toThrow('from 1 to 16');
    expect(() => wholeNumber(1, 16)('17')).toThrow('from 1 to 16');
  });
});

test('a whole number, or all', () => {
  const read = wholeNumberOrAll(0, 1000);
  expect(['0', '1000', 'all'].map(read)).toStrictEqual([0, 1000, 'all']);
  for (const text of [...notNumbers, '-1', '1.5', '1001', 'ALL', 'all ']) {
    expect(() => read(text)).toThrow('Expected a whole number from 0 to 1000, or all.');
  }
});

describe('numbers above 0', () => {
  test.each([
    ['0.001', 0.001],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['2', 2],
    ['2.', 2],
    ['1.5E+2', 150],
  ])('%s is %d', (text, value) => {
    expect(positiveNumber(text)).toBe(value);
  });

  test('whatever JavaScript writes is read back', () => {
    const values = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(values, (value) => positiveNumber(String(value)) === value));
  });

  test.each([...notNumbers, '0', '-1', '1e-400', '.', 'e5', '1e', '0.0'])('"%s" is refused', (text) => {
    expect(() => positiveNumber(text)).toThrow('Expected a number above 0');
  });
});

test('a text must hold something', () => {
  expect(filledText('a b')).toBe('a b');
  for (const empty of ['', ' ', '\t']) expect(() => filledText(empty)).toThrow('not empty');
});
