/**
 * Executes step batches over one memory: on the caller's thread, or on a pool of threads that is started when it is
 * first needed. Threads share the memory; over one that cannot be shared the caller's thread stands for them.
 */

import { instantiateKernels } from './kernels.js';
import type { MemoryPlan } from './memory-plan.js';
import type { Program } from './program/program.js';
import { CallersThread } from './threads/callers-thread.js';
import { Executor, type StepBatch } from './threads/executor.js';
import type { ThreadProfile } from './threads/profiling-executor.js';
import { ThreadPool } from './threads/thread-pool.js';

/** Threads of executors that nobody holds any more are ended. */
const abandoned = new FinalizationRegistry<ThreadPool | CallersThread>((pool) => pool.end());

export class Runtime {
  readonly memory: WebAssembly.Memory;
  private readonly module: WebAssembly.Module;
  private readonly threads: number;
  /** What the programs below belong to. */
  private plan: MemoryPlan | undefined;
  private pool: ThreadPool | CallersThread | undefined;
  /** Programs that the threads know. They forget one where they load another of the same number. */
  private readonly loaded = new Set<Program>();
  /** Who executes on the caller's thread. */
  private inlineExecutor: Executor | undefined;

  constructor(options: { module: WebAssembly.Module; memory: WebAssembly.Memory; threads: number }) {
    this.module = options.module;
    this.memory = options.memory;
    this.threads = options.threads;
  }

  /**
   * @returns the number of steps that were finished
   * @throws InklingError (environment) where threads cannot be started or fail
   */
  async execute(plan: MemoryPlan, stepBatch: StepBatch): Promise<number> {
    this.enter(plan);
    const pool = this.startedPool(plan);
    const { program, number } = [...plan.programs.values()].find(({ number }) => number === stepBatch.program)!;
    if (!this.loaded.has(program)) {
      const { training } = plan;
      pool.load(number, program, training?.profile && plan.programOf('training').program === program);
      this.loaded.add(program);
    }
    return pool.execute(stepBatch);
  }

  /** Asks a running `execute` to return after the step that it is at. */
  requestStop(): void {
    this.pool?.requestStop();
  }

  /** Executes on the caller's thread at one go, while the pool rests. */
  executeInline(plan: MemoryPlan, stepBatch: StepBatch): void {
    this.enter(plan);
    if (!this.inlineExecutor) {
      const { module, memory } = this;
      const kernels = instantiateKernels(module, memory);
      this.inlineExecutor = new Executor({ kernels, memory, place: plan.place, thread: 0, threads: 1, spins: 0 });
      for (const { number, program } of plan.programs.values()) this.inlineExecutor.load(number, program);
    }
    this.inlineExecutor.execute(stepBatch);
  }

  /** What each thread has measured of the program of this number. */
  profiles(plan: MemoryPlan, program: number): Promise<ThreadProfile[]> {
    return this.startedPool(plan).profiles(program);
  }

  /** Ends the threads. They start anew where they are needed again. */
  end(): void {
    this.pool?.end();
    this.pool = undefined;
    this.loaded.clear();
  }

  private enter(plan: MemoryPlan): void {
    if (this.plan === plan) return;
    this.plan = plan;
    this.loaded.clear();
    this.inlineExecutor = undefined;
  }

  private startedPool({ place }: MemoryPlan): ThreadPool | CallersThread {
    if (!this.pool) {
      const { module, memory, threads } = this;
      this.pool =
        memory.buffer instanceof ArrayBuffer
          ? new CallersThread({ module, memory, place })
          : new ThreadPool({ module, memory, place, threads });
      abandoned.register(this, this.pool);
    }
    return this.pool;
  }
}
