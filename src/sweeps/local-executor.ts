/** Trials side by side on this machine, each in a process of its own. */

import type { Executor } from './executor.js';
import { runTrialProcess, type TrialCommand } from './trial-process.js';

/** @param jobs trials at once */
export function localExecutor(command: TrialCommand, jobs: number, signal: AbortSignal): Executor {
  return {
    slots: jobs,
    run: (job, folder) => runTrialProcess(command, job, folder, signal),
    close: async () => {},
  };
}

/**
 * How the cores are shared out where nothing is said: as many trials as there are cores, since several trainings of one
 * thread get more done than one of several.
 * @param most threads that a training can use
 */
export function shareCores(
  cores: number,
  trials: number,
  { jobs, threads }: { jobs?: number; threads?: number },
  most: number,
): { jobs: number; threads: number } {
  const atOnce = jobs ?? Math.max(1, Math.min(trials, Math.floor(cores / (threads ?? 1))));
  return { jobs: atOnce, threads: threads ?? Math.max(1, Math.min(most, Math.floor(cores / atOnce))) };
}
