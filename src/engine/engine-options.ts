/** What can be chosen about the engine: threads, arithmetic and width of vectors. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { describeValue, readOptions } from '../known-names.js';
import { type Arithmetic, chooseArithmetic, type VectorBits } from './kernels.js';
import { chooseVectorBits } from './self-check/wide-vectors.js';
import { maxThreads } from './threads/executor.js';

/** How a model is computed. Results are the same bytes for any number of threads and any width of vectors. */
export interface EngineOptions {
  /** 1 to 16; default: the cores there are, 8 at most. */
  readonly threads?: number;
  /** Default `auto`. */
  readonly arithmetic?: Arithmetic | 'auto';
  /**
   * Width of the vectors that kernels are compiled for; default 128. 256 is for Node 24 and later on x64, `auto` takes
   * it where it works. It is faster and, checked before its first use, gives the same bytes; but V8 holds it for
   * experimental.
   */
  readonly vectorBits?: VectorBits | 'auto';
}

const names: Readonly<Record<keyof EngineOptions, true>> = { threads: true, arithmetic: true, vectorBits: true };
export const engineOptionNames: readonly string[] = Object.keys(names);

/** Values that are given must be such as an engine can have. @throws InklingError (argument), (environment) */
export function checkEngineOptions({ threads, arithmetic, vectorBits }: EngineOptions): void {
  if (threads !== undefined) checkThreads(threads);
  if (arithmetic !== undefined) chooseArithmetic(arithmetic);
  if (vectorBits !== undefined) chooseVectorBits(vectorBits, chooseArithmetic(arithmetic ?? 'auto'));
}

/** @param owner whose options they are @throws InklingError (argument) where there is any other option */
export function checkEngineOptionNames(owner: string, options: EngineOptions): void {
  readOptions('argument', owner, options, engineOptionNames);
}

/** @throws InklingError (argument) */
export function checkThreads(threads: number): number {
  if (!Number.isInteger(threads) || threads < 1 || threads > maxThreads) {
    throw new InklingError(
      'argument',
      `"threads" must be an integer from 1 to ${maxThreads}. Received: ${describeValue(threads)}.`,
    );
  }
  return threads;
}

/** The cores there are, 8 at most. */
export function defaultThreads(): number {
  return Math.min(platform.availableThreads, 8);
}
