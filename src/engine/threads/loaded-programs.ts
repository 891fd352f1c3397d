/** The programs that a thread knows, each with the executor that is right for it. */

import type { Program } from '../program/program.js';
import { Executor, type ExecutorOptions, type StepBatch } from './executor.js';
import { ProfilingExecutor, type ThreadProfile } from './profiling-executor.js';

export class LoadedPrograms {
  private readonly options: ExecutorOptions;
  private readonly executor: Executor;
  /** Programs that are measured have an executor each, so that those that are not pay nothing for it. */
  private readonly profiling = new Map<number, ProfilingExecutor>();

  constructor(options: ExecutorOptions) {
    this.options = options;
    this.executor = new Executor(options);
  }

  /** @param profile whether to measure where the program's time goes, from nothing on */
  load(number: number, program: Program, profile: boolean): void {
    this.profiling.delete(number);
    if (profile) this.profiling.set(number, new ProfilingExecutor(this.options));
    this.executorOf(number).load(number, program);
  }

  /** @returns the number of steps that were finished */
  execute(stepBatch: StepBatch): number {
    return this.executorOf(stepBatch.program).execute(stepBatch);
  }

  /** @param program number of one that was loaded with `profile` */
  profile(program: number): ThreadProfile {
    return this.profiling.get(program)!.profile;
  }

  private executorOf(program: number): Executor {
    return this.profiling.get(program) ?? this.executor;
  }
}
