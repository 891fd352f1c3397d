/** What can be chosen about the engine: threads, arithmetic and width of vectors. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { describeValue, readOptions } from '../known-names.js';
import { type Arithmetic, chooseArithmetic, type VectorBits } from './kernels.js';
import { chooseVectorBits } from './self-check/wide-vectors.js';
import { maxThreads } from './threads/executor.js';

/** How a model is computed. Results are the same bytes for any number of threads and any width of vectors. */
export interface EngineOptions {
  /** 1 to 16; default: what `defaultThreads` says. More than one only where the host can run them. */
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

/** @throws InklingError (argument), (environment) where this host runs but one */
export function checkThreads(threads: number): number {
  if (!Number.isInteger(threads) || threads < 1 || threads > maxThreads) {
    throw new InklingError(
      'argument',
      `"threads" must be an integer from 1 to ${maxThreads}. Received: ${describeValue(threads)}.`,
    );
  }
  if (threads > 1 && platform.noThreads) {
    const { reason, advice } = platform.noThreads;
    throw new InklingError(
      'environment',
      `"threads" must be 1 here, because ${reason}. Received: ${threads}. Leave "threads" out to take as many as there can be. ${advice}`,
    );
  }
  return threads;
}

/** How many threads a model has where none are asked for. */
export interface DefaultThreads {
  /** The cores there are, 8 at most; 1 where the host runs no threads that could share a memory. */
  readonly threads: number;
  /** Where it is 1, why: a clause, such as `this page is not cross-origin isolated`. */
  readonly reason?: string;
}

/**
 * How many threads a model has where none are asked for, and why only one, so that a page can say so. One thread gives
 * the same bytes as many.
 * @example
 * ```ts
 * const { threads, reason } = defaultThreads();
 * console.log(reason ? `1 thread, because ${reason}` : `${threads} threads`);
 * ```
 */
export function defaultThreads(): DefaultThreads {
  if (platform.noThreads) return { threads: 1, reason: platform.noThreads.reason };
  const threads = Math.min(platform.availableThreads, 8);
  return threads > 1 ? { threads } : { threads, reason: 'there is one processor core' };
}
