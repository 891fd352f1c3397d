/** The WebAssembly modules with the kernels, in either arithmetic and width, and what a thread needs to call them. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { describeValue, hintAtNames } from '../known-names.js';
import { decodeHex } from '../numerics/hex.js';
import {
  fusedProbe,
  type KernelSizes,
  kernelBinaries,
  kernelParameters,
  kernelSizesBinary,
  memoryFlagsAt,
} from './kernel-binaries.js';

export type KernelName = keyof typeof kernelParameters;

/** The kernels as WebAssembly has them: operands in the order of their parameters. */
export type Kernels = Readonly<Record<KernelName, (...operands: readonly number[]) => void>>;

/** A value for each parameter of a kernel, by its name. */
export type OperandsByName<Name extends KernelName, Value> = Readonly<
  Record<(typeof kernelParameters)[Name][number], Value>
>;

/**
 * `fused` multiply-adds round once (relaxed SIMD), `plain` ones twice. Results differ in the last bits, each is exact.
 */
export type Arithmetic = keyof typeof kernelBinaries;
export const arithmetics: readonly Arithmetic[] = ['plain', 'fused'];

/** The width of vectors that a build is written for: WebAssembly's, or what a host may join two of them to. */
export type VectorBits = 128 | 256;

const modules = new Map<string, WebAssembly.Module>();

/** WebAssembly's flags of a memory that has a maximum and is not shared. */
const unsharedMemory = 1;

/**
 * The kernels over a memory such as `engineMemory` makes.
 * @throws InklingError (environment) where this host has no WebAssembly or not these instructions, and for 256 where it
 * cannot be asked to join vectors
 */
export function kernelModule(arithmetic: Arithmetic, vectorBits: VectorBits = 128): WebAssembly.Module {
  const kind = platform.noThreads ? 'unshared' : 'shared';
  const key = `${arithmetic}/${vectorBits}/${kind}`;
  let module = modules.get(key);
  if (!module) {
    requireWebAssembly();
    if (arithmetic === 'fused') platform.enableRelaxedSimd();
    module = vectorBits === 256 ? platform.compileWideKernels(arithmetic) : compileKernels(arithmetic);
    modules.set(key, module);
  }
  return module;
}

function compileKernels(arithmetic: Arithmetic): WebAssembly.Module {
  const binary = decodeHex(kernelBinaries[arithmetic]);
  // The kernels have no atomic instruction: which kind of memory they import is all that there is to it.
  if (platform.noThreads) binary[memoryFlagsAt] = unsharedMemory;
  return compile(binary);
}

/** @throws InklingError (environment) */
function requireWebAssembly(): void {
  if (typeof WebAssembly === 'object') return;
  throw new InklingError(
    'environment',
    `The engine needs WebAssembly, which ${platform.host} does not have or has switched off. ${platform.webAssemblyAdvice}`,
  );
}

function compile(binary: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(binary);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError(
      'environment',
      `${platform.host} could not compile the engine's kernels: ${reason}. They need WebAssembly with SIMD. ` +
        platform.webAssemblyAdvice,
      { cause },
    );
  }
}

/** What memory kernels need beside their tensors, asked of their own files in assembly/. */
export function kernelSizes(): KernelSizes {
  if (!sizes) {
    requireWebAssembly();
    sizes = new WebAssembly.Instance(compile(decodeHex(kernelSizesBinary))).exports as unknown as KernelSizes;
  }
  return sizes;
}

let sizes: KernelSizes | undefined;

/**
 * The values of a kernel's operands in the order of its parameters.
 * @throws Error where one is missing, or is none of the kernel's
 */
export function inOrder<Name extends KernelName, Value>(name: Name, operands: OperandsByName<Name, Value>): Value[] {
  const parameters: readonly string[] = kernelParameters[name];
  const given = operands as Readonly<Record<string, Value>>;
  const wrong = [
    ...parameters.filter((parameter) => given[parameter] === undefined),
    ...Object.keys(given).filter((parameter) => !parameters.includes(parameter)),
  ];
  if (wrong.length > 0) throw new Error(`${name} takes ${parameters.join(', ')}: look at ${wrong.join(', ')}.`);
  return parameters.map((parameter) => given[parameter]);
}

/** Calls a kernel with its operands by name. */
export function callKernel<Name extends KernelName>(
  kernels: Kernels,
  name: Name,
  operands: OperandsByName<Name, number>,
): void {
  kernels[name](...inOrder(name, operands));
}

/** Binds the kernels to a memory. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  const abort = () => {
    throw new Error('a kernel gave up');
  };
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Kernels;
}

/** What the probe exports, and the kernels too: for a = 1 + 2^-12 it is 2^-24 where multiply-adds round once. */
export interface FusedProbe {
  multiplyAddResidue(a: number): number;
}

let knownToWork: boolean | undefined;

/** Whether fused multiply-adds exist here and really round once, found by doing one, the first time. */
function fusedWorks(): boolean {
  knownToWork ??= tryFused();
  return knownToWork;
}

function tryFused(): boolean {
  requireWebAssembly();
  platform.enableRelaxedSimd();
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(decodeHex(fusedProbe)));
    return (exports as unknown as FusedProbe).multiplyAddResidue(1 + 2 ** -12) === 2 ** -24;
  } catch {
    return false;
  }
}

/**
 * `auto` is `fused` where it works, else `plain`.
 * @throws InklingError (argument) for an unknown name, (environment) where `fused` is asked for and this host cannot do
 * it
 */
export function chooseArithmetic(wanted: Arithmetic | 'auto'): Arithmetic {
  if (wanted !== 'auto' && !arithmetics.includes(wanted)) {
    const hint = hintAtNames(wanted, [...arithmetics, 'auto']);
    throw new InklingError('argument', `Unknown arithmetic ${describeValue(wanted)}. ${hint}`);
  }
  if (wanted === 'plain') return 'plain';
  if (fusedWorks()) return 'fused';
  if (wanted === 'auto') return 'plain';
  throw new InklingError(
    'environment',
    `Arithmetic "fused" needs WebAssembly relaxed SIMD with a true fused multiply-add, which ${platform.host} on this processor does not have. Use "plain" or "auto".`,
  );
}
