/** Trials side by side on this machine, each in a process of its own. */

import { join } from 'node:path';
import { checkpointsName, openCheckpoints } from '../formats/checkpoint-folder.js';
import type { Executor } from './executor.js';
import { runTrialProcess, type TrialCommand } from './trial-process.js';

/** @param jobs trials at once */
export function localExecutor(command: TrialCommand, jobs: number, signal: AbortSignal): Executor {
  return {
    slots: jobs,
    run: async (job, folder) => {
      const result = await runTrialProcess(command, job, folder, signal);
      await openCheckpoints(join(folder, checkpointsName)).prune(0);
      return result;
    },
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
