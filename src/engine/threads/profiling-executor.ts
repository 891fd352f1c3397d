/**
 * An executor that measures on its way how long each call of its program takes, and how long the thread waits for the
 * others. Calls are bound with a clock around them: an executor that does not profile knows nothing of it.
 */

import { type Call, callsOf, type Program } from '../program/program.js';
import { Barrier } from './barrier.js';
import { type BoundCall, Executor, type ExecutorOptions, type StepBatch } from './executor.js';

/** What one thread has measured since it loaded the program; times are in milliseconds. */
export interface ThreadProfile {
  /** From the beginning of each step batch to its end. */
  readonly total: number;
  /** At barriers. */
  readonly waiting: number;
  /** For each call of the program, in the order of `callsOf`: 0 where the thread has no share in it. */
  readonly calls: readonly TimedCall[];
}

export interface TimedCall {
  readonly milliseconds: number;
  /** How often the kernel was called. */
  readonly count: number;
}

/** Executes one program only: times of several would be added up. */
export class ProfilingExecutor extends Executor {
  private readonly timedBarrier: TimedBarrier;
  private times = new Map<Call, { milliseconds: number; count: number }>();
  private total = 0;

  constructor(options: ExecutorOptions) {
    const barrier = new TimedBarrier(options.memory.buffer, options.place.barrier, options.threads, options.spins);
    super(options, barrier);
    this.timedBarrier = barrier;
  }

  get profile(): ThreadProfile {
    return { total: this.total, waiting: this.timedBarrier.milliseconds, calls: [...this.times.values()] };
  }

  /** Forgets what was measured before. */
  override load(number: number, program: Program): void {
    this.total = 0;
    this.timedBarrier.milliseconds = 0;
    this.times = new Map(callsOf(program).map((call) => [call, { milliseconds: 0, count: 0 }]));
    super.load(number, program);
  }

  override execute(stepBatch: StepBatch): number {
    const start = performance.now();
    const finished = super.execute(stepBatch);
    this.total += performance.now() - start;
    return finished;
  }

  protected override bindCall(call: Call, shard: number, batchRows: number): BoundCall {
    const { kernel, values } = super.bindCall(call, shard, batchRows);
    const time = this.times.get(call)!;
    const timed = (...given: number[]) => {
      const start = performance.now();
      kernel(...given);
      time.milliseconds += performance.now() - start;
      time.count++;
    };
    return { kernel: timed, values };
  }
}

class TimedBarrier extends Barrier {
  milliseconds = 0;

  override wait(): void {
    const start = performance.now();
    super.wait();
    this.milliseconds += performance.now() - start;
  }
}
