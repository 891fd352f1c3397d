/** Both builds of the kernels, and how one of them is chosen. */

import { expect, test } from 'vitest';
import { InklingError } from '../errors.js';
import { arithmetics, chooseArithmetic, instantiateKernels, kernelModule, pagesFor, sharedMemory } from './kernels.js';

const residue = (arithmetic: 'plain' | 'fused') => {
  return instantiateKernels(kernelModule(arithmetic), sharedMemory(65536)).multiplyAddResidue(1 + 2 ** -12);
};

test('fused multiply-adds round once, plain ones twice', () => {
  expect(residue('fused')).toBe(2 ** -24);
  expect(residue('plain')).toBe(0);
});

test('both builds have the same kernels', () => {
  const [plain, fused] = arithmetics.map((name) => WebAssembly.Module.exports(kernelModule(name)));
  expect(fused).toEqual(plain);
  expect(plain.length).toBeGreaterThan(40);
});

test('a wish is fulfilled, auto takes fused where it works, and another name is refused', () => {
  expect(chooseArithmetic('plain')).toBe('plain');
  expect(chooseArithmetic('fused')).toBe('fused');
  expect(chooseArithmetic('auto')).toBe('fused');
  expect(() => chooseArithmetic('exact' as 'plain')).toThrow(
    'unknown arithmetic "exact". Expected one of: plain, fused, auto.',
  );
});

test('memory comes in whole pages of 64 KiB, at most 4 GiB of them', () => {
  expect([1, 65536, 65537, 2 ** 32].map(pagesFor)).toEqual([1, 1, 2, 65536]);
  expect(() => pagesFor(2 ** 32 + 1)).toThrow(InklingError);
  expect(() => pagesFor(2 ** 33)).toThrow('need 8192 MiB; WebAssembly gives 4096 MiB at most');
});
