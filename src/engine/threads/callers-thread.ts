/**
 * The caller's thread in place of a pool, where the host runs no threads that share a memory. It works in short slices
 * with pauses between them, in which a page paints, messages arrive and signals are heard.
 */

import { instantiateKernels } from '../kernels.js';
import type { Program } from '../program/program.js';
import { recordBytes } from '../program/step-record.js';
import type { ControlBlock, StepBatch } from './executor.js';
import { LoadedPrograms } from './loaded-programs.js';
import type { ThreadProfile } from './profiling-executor.js';

/** A frame of a page at 60 Hz; a pause takes a hundredth of it at most. A step is not divided, however long it takes. */
const sliceMilliseconds = 16;

export class CallersThread {
  private readonly programs: LoadedPrograms;
  private stopRequested = false;
  /** When the host last had its turn. */
  private lastPause = performance.now();

  constructor({ module, ...options }: { module: WebAssembly.Module; memory: WebAssembly.Memory; place: ControlBlock }) {
    const kernels = instantiateKernels(module, options.memory);
    this.programs = new LoadedPrograms({ ...options, kernels, thread: 0, threads: 1, spins: 0 });
  }

  load(number: number, program: Program, profile = false): void {
    this.programs.load(number, program, profile);
  }

  /** @returns the number of steps that were finished */
  async execute(stepBatch: StepBatch): Promise<number> {
    this.stopRequested = false;
    for (let step = 0; step < stepBatch.steps; step++) {
      const finished = this.programs.execute({
        ...stepBatch,
        records: stepBatch.records + step * recordBytes,
        steps: 1,
        prologue: stepBatch.prologue && step === 0,
        // Nobody can ask for it in the midst of a step.
        stopOnRequest: false,
      });
      if (finished === 0) return step;
      if (performance.now() - this.lastPause >= sliceMilliseconds) {
        await pause();
        this.lastPause = performance.now();
      }
      if (stepBatch.stopOnRequest && this.stopRequested) return step + 1;
    }
    return stepBatch.steps;
  }

  /** Asks a running `execute` to return after the step that it is at. */
  requestStop(): void {
    this.stopRequested = true;
  }

  async profiles(program: number): Promise<ThreadProfile[]> {
    return [this.programs.profile(program)];
  }

  end(): void {}
}

/**
 * Lets the host do what waits for this thread. Timers would do it too, but pages make them wait: 4 milliseconds, or a
 * second where nobody looks at the page.
 */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
