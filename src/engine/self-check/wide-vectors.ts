/**
 * Whether the build for 256-bit vectors can be trusted here. Hosts hold the joining of vectors for experimental, so
 * before its first use two small models are trained on it, and every byte must be what the build for 128 bits gives.
 */

import { InklingError } from '../../errors.js';
import { type Arithmetic, chooseArithmetic, kernelModule, type VectorBits } from '../kernels.js';
import { trainSmallModels } from './small-trainings.js';

const problems = new Map<Arithmetic, InklingError | undefined>();

function problemOf(arithmetic: Arithmetic): InklingError | undefined {
  if (!problems.has(arithmetic)) problems.set(arithmetic, check(arithmetic));
  return problems.get(arithmetic);
}

function check(arithmetic: Arithmetic): InklingError | undefined {
  // Processors came to fused multiply-adds and 256-bit vectors together, and only the former can be seen from here.
  if (chooseArithmetic('auto') !== 'fused') {
    return new InklingError(
      'environment',
      'Vectors of 256 bits need a processor with AVX2, which this one lacks. Use 128.',
    );
  }
  let module: WebAssembly.Module;
  try {
    module = kernelModule(arithmetic, 256);
  } catch (error) {
    if (error instanceof InklingError) return error;
    throw error;
  }
  if (sameBytes(trainSmallModels(module), trainSmallModels(kernelModule(arithmetic, 128)))) return undefined;
  return new InklingError(
    'environment',
    `Vectors of 256 bits give other bytes than those of 128 on this host in ${arithmetic} arithmetic, so they cannot be used. Use 128.`,
  );
}

function sameBytes(first: Uint8Array, second: Uint8Array): boolean {
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}

/**
 * `auto` is 256 where that works, else 128.
 * @throws InklingError (argument) for another width, (environment) where 256 is asked for and this host cannot do it
 */
export function chooseVectorBits(wanted: VectorBits | 'auto', arithmetic: Arithmetic): VectorBits {
  if (wanted !== 128 && wanted !== 256 && wanted !== 'auto') {
    throw new InklingError('argument', `Unknown vector width "${wanted}". Expected one of: 128, 256, auto.`);
  }
  if (wanted === 128) return 128;
  const problem = problemOf(arithmetic);
  if (!problem) return 256;
  if (wanted === 'auto') return 128;
  throw problem;
}
