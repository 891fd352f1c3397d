/**
 * The tools that the kernels' tests stand on find what they are there to find, and no kernel is left without a test.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelParameters } from '../../src/engine/kernel-binaries.js';
import { Numbers } from './cases.js';
import { difference, roundings, sumTolerance, unit } from './compare.js';
import { Workspace } from './workspace.js';

test('a value outside of the tolerance, a NaN and a wrong length are found', () => {
  const expected = Float64Array.of(1, 2);
  const tolerance = roundings(2, expected);
  expect(difference([1, 2 + 4 * unit], expected, tolerance)).toBeUndefined();
  expect(difference([1, 2 + 5 * unit], expected, tolerance)).toContain('value 1');
  expect(difference([Number.NaN, 2], expected, tolerance)).toContain('value 0 is NaN');
  expect(difference([1], expected, tolerance)).toContain('has 1 values');
  expect(difference([1, 2], [1, Number.NaN], tolerance)).toContain('expected NaN');
});

/** What is found wrong with a sum over 20 rows, one of whose values is off by a factor. */
function errorOfSum(factor: number): string | undefined {
  const space = new Workspace('plain');
  const x = new Numbers(false, 3).next(20);
  const result = space.output(1);
  space.run('sumColumns', {
    matrix: space.input(x.with(7, x[7] * factor)),
    rows: 20,
    columns: 1,
    sums: result.address,
  });
  const sum = (values: Float64Array) => Float64Array.of(values.reduce((total, value) => total + value, 0));
  return difference(result.values, sum(x), sumTolerance(20, sum(x.map(Math.abs))));
}

test('a planted error in one term of a sum is found', () => {
  expect(errorOfSum(1)).toBeUndefined();
  expect(errorOfSum(1.001)).toContain('value 0');
});

test('a write before, between or behind arrays and a changed input are found', () => {
  for (const offset of [-1, 8]) {
    const space = new Workspace('plain');
    const { address } = space.bytes(8);
    space.run('fillZero', { address: address + offset, bytes: 1 });
    expect(() => space.check(), String(offset)).toThrow('was written');
  }
  const space = new Workspace('plain');
  const input = space.input([1, 2]);
  expect(() => space.check()).not.toThrow();
  space.run('fillZero', { address: input, bytes: 8 });
  expect(() => space.check()).toThrow('input 0 was changed');
});

test('every kernel is tried by one of these tests', () => {
  const tests = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))
    .join('\n')
    // A kernel that is only spoken of is not tried.
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const untried = Object.keys(kernelParameters).filter((name) => !new RegExp(`\\b${name}\\b`).test(tests));
  expect(untried).toEqual([]);
});
