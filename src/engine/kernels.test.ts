/** Both builds of the kernels, and how one of them is chosen. */

import { expect, test } from 'vitest';
import { arithmetics, chooseArithmetic, instantiateKernels, kernelModule } from './kernels.js';
import { sharedMemory } from './shared-memory.js';

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
