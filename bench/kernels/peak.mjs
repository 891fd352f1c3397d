/** This machine's peaks on one core, in multiply-adds: 128-bit WebAssembly in both arithmetics, and native SIMD. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { platform } from '../../dist/platform/node.js';

const features = { plain: ['simd'], fused: ['simd', 'relaxed-simd'] };
const multiplyAddsAnIteration = 4 * 12 * 4;

/** @returns GFLOP/s, a multiply-add being two */
export async function webAssemblyPeak(arithmetic, seconds) {
  if (arithmetic === 'fused') platform.enableRelaxedSimd();
  const source = readFileSync(new URL('peak.ts', import.meta.url), 'utf8');
  const options = { optimizeLevel: 3, noAssert: true, runtime: 'stub', enable: features[arithmetic] };
  const { error, binary, stderr } = await asc.compileString(source, options);
  if (error) throw new Error(`the loop for the peak did not compile.\n${stderr}`, { cause: error });
  const { instance } = await WebAssembly.instantiate(binary, {
    env: {
      abort() {
        throw new Error('the loop for the peak gave up.');
      },
    },
  });
  const { multiplyAddChains } = instance.exports;
  multiplyAddChains(1e6, 0.5, 0.5);
  let iterations = 2 ** 14;
  for (;;) {
    iterations *= 2;
    const start = performance.now();
    multiplyAddChains(iterations, 0.5, 0.5);
    const taken = (performance.now() - start) / 1000;
    if (taken >= seconds) return (2 * iterations * multiplyAddsAnIteration) / taken / 1e9;
  }
}

/**
 * @param bytes of a vector: 16, 32 or 64
 * @param folder for the program
 * @returns GFLOP/s, or undefined where there is no C compiler
 */
export function nativePeak(bytes, seconds, folder) {
  const program = join(folder, `peak-${bytes}`);
  const source = new URL('peak.c', import.meta.url).pathname;
  const options = ['-O3', '-march=native', '-ffast-math', '-funroll-loops', `-DWIDTH=${bytes}`];
  try {
    execFileSync('gcc', [...options, '-o', program, source], { stdio: 'pipe' });
  } catch {
    return undefined;
  }
  return JSON.parse(execFileSync(program, [String(seconds)], { stdio: 'pipe' })).gigaflops;
}
