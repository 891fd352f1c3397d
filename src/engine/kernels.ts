/** The WebAssembly modules with the kernels, in either arithmetic and width, and what a thread needs to call them. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { describeValue, hintAtNames } from '../known-names.js';
import { type Kernels, kernelBinaries } from './kernel-binaries.js';

export type { Kernels } from './kernel-binaries.js';

/** `fused` multiply-adds round once (relaxed SIMD), `plain` ones twice. Results differ in the last bits, each is exact. */
export type Arithmetic = keyof typeof kernelBinaries;
export const arithmetics: readonly Arithmetic[] = ['plain', 'fused'];

/** The width of vectors that a build is written for: WebAssembly's, or what a host may join two of them to. */
export type VectorBits = 128 | 256;

const modules = new Map<string, WebAssembly.Module>();

/**
 * @throws WebAssembly.CompileError where the host does not know the instructions
 * @throws InklingError (environment) for 256 where the host cannot be asked to join vectors
 */
export function kernelModule(arithmetic: Arithmetic, vectorBits: VectorBits = 128): WebAssembly.Module {
  const key = `${arithmetic}/${vectorBits}`;
  let module = modules.get(key);
  if (!module) {
    if (arithmetic === 'fused') platform.enableRelaxedSimd();
    const base64 = kernelBinaries[arithmetic][vectorBits];
    const binary = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    module = vectorBits === 256 ? platform.compileForWideVectors(binary) : new WebAssembly.Module(binary);
    modules.set(key, module);
  }
  return module;
}

/** Binds the kernels to a memory. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const abort = () => {
    throw new Error('a kernel gave up');
  };
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Kernels;
}

/**
 * A memory that all threads share, of whole 64 KiB pages, up to 4 GiB.
 * @throws InklingError (environment) where the host gives none
 */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const initial = pagesFor(bytes);
  try {
    return new WebAssembly.Memory({ initial, maximum: 65536, shared: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError(
      'environment',
      `the engine got no shared memory for its threads: ${reason}. ${platform.sharedMemoryAdvice}`,
      { cause },
    );
  }
}

export function pagesFor(bytes: number): number {
  const pages = Math.ceil(bytes / 65536);
  if (pages > 65536) {
    throw new InklingError(
      'environment',
      `the model, the batch and the data need ${Math.ceil(bytes / 2 ** 20)} MiB; WebAssembly gives 4096 MiB at most. ` +
        'Use fewer images, a smaller batch or a smaller model.',
    );
  }
  return pages;
}

let knownToWork: boolean | undefined;

/** Whether fused multiply-adds exist here and really round once, found by doing one, the first time. */
function fusedWorks(): boolean {
  knownToWork ??= tryFused();
  return knownToWork;
}

function tryFused(): boolean {
  try {
    const kernels = instantiateKernels(kernelModule('fused'), sharedMemory(65536));
    return kernels.multiplyAddResidue(1 + 2 ** -12) === 2 ** -24;
  } catch {
    return false;
  }
}

/**
 * `auto` is `fused` where it works, else `plain`.
 * @throws InklingError (argument) for an unknown name, (environment) where `fused` is asked for and this host cannot do it
 */
export function chooseArithmetic(wanted: Arithmetic | 'auto'): Arithmetic {
  if (wanted !== 'auto' && !arithmetics.includes(wanted)) {
    const hint = hintAtNames(wanted, [...arithmetics, 'auto']);
    throw new InklingError('argument', `unknown arithmetic ${describeValue(wanted)}. ${hint}`);
  }
  if (wanted === 'plain') return 'plain';
  if (fusedWorks()) return 'fused';
  if (wanted === 'auto') return 'plain';
  throw new InklingError(
    'environment',
    `arithmetic "fused" needs WebAssembly relaxed SIMD with a true fused multiply-add, which ${platform.host} on this processor does not have. Use "plain" or "auto".`,
  );
}
