/**
 * Runs a reader on many inputs. It may give a result or an InklingError; anything else, an input that takes seconds and
 * memory that stays behind are failures, told with what replays them.
 */

import { Buffer } from 'node:buffer';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc, { type Arbitrary } from 'fast-check';
import { InklingError } from '../../src/errors.js';
import { Watchdog } from './watchdog.js';

export interface FuzzTarget {
  readonly name: string;
  /** Of a hundred inputs, how many are for this reader. */
  readonly fraction: number;
  readonly input: Arbitrary<Uint8Array>;
  /** Reads the input; what it resolves with is not looked at. Fails where a result cannot be right. */
  read(bytes: Uint8Array): unknown;
}

export interface FuzzOptions {
  readonly runs: number;
  readonly seed: number;
  /** Replays one input: its number within the batch of this seed. */
  readonly path?: string;
  /** How long one input may take. Default 10 seconds: on a busy machine slow is not yet hung. */
  readonly milliseconds?: number;
}

export interface FuzzOutcome {
  readonly results: number;
  readonly refusals: number;
  readonly slowest: number;
  /** Bytes of heap and buffers that stayed, from a quarter of the run to its end. */
  readonly growth: number;
}

/** Inputs of one seed; each batch has the next one. */
const batchSize = 500;
const maxGrowth = 8e6;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function memoryInUse(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    // Buffers are given back a turn later.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function replay(target: string, seed: number, path: string | number): string {
  return `npm run fuzz -- --target ${target} --seed ${seed} --path ${path}`;
}

function failure(target: string, seed: number, path: string | number, problem: string, bytes: Uint8Array): Error {
  const input = Buffer.from(bytes).toString('base64');
  return new Error(`${target}: ${problem}\nReplay: ${replay(target, seed, path)}\nInput (base64): ${input}`);
}

/** @throws Error with the way to replay it where the reader fails */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzOutcome> {
  const { runs, path, milliseconds = 10_000 } = options;
  const watchdog = new Watchdog(milliseconds);
  let [results, refusals, slowest, early] = [0, 0, 0, 0];
  const readOne = async (bytes: Uint8Array, seed: number, place: string | number) => {
    const start = performance.now();
    watchdog.begin(
      `${target.name}: an input takes more than ${milliseconds} ms\nReplay: ${replay(target.name, seed, place)}`,
      bytes,
    );
    try {
      await target.read(bytes);
      results++;
    } catch (error) {
      const isRefusal = error instanceof InklingError && error.message.length > 10;
      if (!isRefusal)
        throw failure(target.name, seed, place, error instanceof Error ? String(error.stack) : String(error), bytes);
      refusals++;
    } finally {
      watchdog.end();
    }
    const time = performance.now() - start;
    if (time > milliseconds) throw failure(target.name, seed, place, `took ${Math.round(time)} ms`, bytes);
    slowest = Math.max(slowest, time);
  };
  try {
    for (let done = 0, seed = options.seed; done < runs; done += batchSize, seed++) {
      let index = 0;
      const property = fc.asyncProperty(target.input, (bytes) => readOne(bytes, seed, path ?? index++));
      const numRuns = path === undefined ? Math.min(batchSize, runs - done) : 1;
      const details = await fc.check(property, { seed, numRuns, path, endOnFailure: true });
      if (details.failed) throw details.errorInstance;
      if (path !== undefined) break;
      if (early === 0 && done + batchSize >= runs / 4) early = await memoryInUse();
    }
    const growth = (await memoryInUse()) - (early || (await memoryInUse()));
    if (growth > maxGrowth) {
      throw new Error(
        `${target.name}: ${Math.round(growth / 1e6)} MB stayed in memory.\nReplay: npm run fuzz -- --target ${target.name} --seed ${options.seed} --runs ${runs}`,
      );
    }
    return { results, refusals, slowest, growth };
  } finally {
    await watchdog.stop();
  }
}
