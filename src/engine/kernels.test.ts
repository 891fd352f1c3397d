/** Both builds of the kernels, and how one of them is chosen. */

import { expect, test } from 'vitest';
import {
  arithmetics,
  callKernel,
  chooseArithmetic,
  type FusedProbe,
  instantiateKernels,
  kernelModule,
  kernelSizes,
} from './kernels.js';
import { engineMemory } from './memory.js';

const residue = (arithmetic: 'plain' | 'fused') => {
  const kernels: unknown = instantiateKernels(kernelModule(arithmetic), engineMemory(65536));
  return (kernels as FusedProbe).multiplyAddResidue(1 + 2 ** -12);
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

test('a kernel gets its operands by name, and tells which are missing or too many', () => {
  const memory = engineMemory(65536);
  const bytes = new Uint8Array(memory.buffer).fill(7);
  const kernels = instantiateKernels(kernelModule('plain'), memory);
  callKernel(kernels, 'fillZero', { bytes: 2, address: 8192 });
  expect([...bytes.subarray(8191, 8195)]).toEqual([7, 0, 0, 7]);
  const wrong = { address: 8192, byte: 2 } as unknown as { address: number; bytes: number };
  expect(() => callKernel(kernels, 'fillZero', wrong)).toThrow('fillZero takes address, bytes: look at bytes, byte.');
});

test('what memory a kernel needs is asked of its own file', () => {
  expect(kernelSizes().panelColumns(9)).toBe(16);
  expect(kernelSizes().denseInputGradientListBytes(10)).toBe(80);
});

test('a wish is fulfilled, auto takes fused where it works, and another name is refused', () => {
  expect(chooseArithmetic('plain')).toBe('plain');
  expect(chooseArithmetic('fused')).toBe('fused');
  expect(chooseArithmetic('auto')).toBe('fused');
  expect(() => chooseArithmetic('exact' as 'plain')).toThrow(
    'Unknown arithmetic "exact". Expected one of: plain, fused, auto.',
  );
});
