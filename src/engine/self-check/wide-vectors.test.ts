/** The choice of wide vectors, and that what it rests on can tell a wrong build from a right one. */

import { expect, test } from 'vitest';
import { wideKernelBinaries } from '../../platform/wide-kernel-binaries.js';
import { arithmetics, kernelModule } from '../kernels.js';
import { trainSmallModels } from './small-trainings.js';
import { chooseVectorBits } from './wide-vectors.js';

const decoded = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const nodeMajor = Number.parseInt(process.versions.node, 10);

test.each(arithmetics)(
  'the build for 256 bits computes the same bytes, whether its vectors are joined or not (%s)',
  (arithmetic) => {
    const narrow = trainSmallModels(kernelModule(arithmetic));
    const wide = trainSmallModels(new WebAssembly.Module(decoded(wideKernelBinaries[arithmetic])));
    // Compared as a whole: a list of all differences would take minutes to print.
    expect(Buffer.compare(wide, narrow)).toBe(0);
    expect(new Set(wide).size).toBeGreaterThan(200);
  },
);

test('small trainings tell builds apart that round differently', () => {
  expect(Buffer.compare(trainSmallModels(kernelModule('plain')), trainSmallModels(kernelModule('fused')))).not.toBe(0);
});

test('128 is always there; auto never fails; 256 works from Node 24 on and says why it does not before', () => {
  expect(chooseVectorBits(128, 'plain')).toBe(128);
  const able = nodeMajor >= 24 && process.arch === 'x64';
  expect(chooseVectorBits('auto', 'plain')).toBe(able ? 256 : 128);
  if (able) expect(chooseVectorBits(256, 'plain')).toBe(256);
  else expect(() => chooseVectorBits(256, 'plain')).toThrow(`need Node 24 or later on an x64 processor; this is Node`);
});

test('another width is refused', () => {
  expect(() => chooseVectorBits(512 as 256, 'plain')).toThrow(
    'Unknown vector width "512". Expected one of: 128, 256, auto.',
  );
});
