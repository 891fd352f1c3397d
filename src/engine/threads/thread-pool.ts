/** A pool of threads that executes programs over one shared memory, while the caller's thread stays free. */

import { platform } from '#platform';
import { InklingError } from '../../errors.js';
import type { Thread } from '../../platform/contract.js';
import type { Program } from '../program/program.js';
import type { ControlBlock, StepBatch } from './executor.js';
import type { ThreadProfile } from './profiling-executor.js';
import { threadWorker } from './thread-worker.js';

export type ThreadMessage =
  | {
      readonly type: 'join';
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
      readonly place: ControlBlock;
      readonly thread: number;
      readonly threads: number;
      readonly spins: number;
    }
  | { readonly type: 'load'; readonly number: number; readonly program: Program; readonly profile: boolean }
  | { readonly type: 'execute'; readonly stepBatch: StepBatch }
  | { readonly type: 'profile'; readonly program: number };

export type ThreadReply =
  | { readonly type: 'executed'; readonly steps: number }
  | { readonly type: 'profiled'; readonly profile: ThreadProfile }
  | { readonly type: 'failed'; readonly reason: string };

/**
 * The module that Node goes by. Written so that bundlers do not take the bare file along: pages have it in
 * `threadWorker`.
 */
const threadModule = new URL('./thread.js', String(import.meta.url));

/** Looks at a barrier before sleeping: some 50 microseconds. None where threads have to share cores. */
const barrierSpins = 20_000;

interface Waiting {
  hear(reply: ThreadReply): void;
  reject(error: Error): void;
}

export class ThreadPool {
  private readonly threads: Thread[] = [];
  /** The one word of the control block's stop request. */
  private readonly stopRequest: Int32Array;
  private waiting: Waiting | undefined;
  private broken: Error | undefined;

  /** @throws InklingError (environment) where not all threads can be started; then none is left */
  constructor(options: {
    module: WebAssembly.Module;
    memory: WebAssembly.Memory;
    place: ControlBlock;
    threads: number;
  }) {
    const spins = options.threads <= platform.availableThreads ? barrierSpins : 0;
    const listener = {
      onMessage: (message: unknown) => this.hear(message as ThreadReply),
      onError: (error: Error) => this.fail(error),
    };
    this.stopRequest = new Int32Array(options.memory.buffer, options.place.stopRequest, 1);
    platform.checkRoomForThreads(options.threads);
    for (let thread = 0; thread < options.threads; thread++) {
      try {
        this.threads.push(platform.startThread(threadModule, listener, threadWorker));
      } catch (cause) {
        this.end();
        const reason = cause instanceof Error ? cause.message : String(cause);
        const which = `thread ${thread + 1} of ${options.threads}`;
        throw new InklingError('environment', `The engine could not start ${which}: ${reason}`, { cause });
      }
      this.threads[thread].post({ type: 'join', ...options, thread, spins } satisfies ThreadMessage);
    }
  }

  /** @param profile whether the threads measure where the program's time goes, from nothing on */
  load(number: number, program: Program, profile = false): void {
    for (const thread of this.threads) thread.post({ type: 'load', number, program, profile } satisfies ThreadMessage);
  }

  /** @returns the number of steps that were finished @throws InklingError (environment) where a thread fails */
  execute(stepBatch: StepBatch): Promise<number> {
    Atomics.store(this.stopRequest, 0, 0);
    return this.ask<number>({ type: 'execute', stepBatch }, (reply, answer) => {
      if (reply.type === 'executed') answer(reply.steps);
    });
  }

  /** Asks a running `execute` to return after the step that it is at. */
  requestStop(): void {
    Atomics.store(this.stopRequest, 0, 1);
  }

  /**
   * @param program number of one that was loaded with `profile`
   * @returns what each thread has measured of it, in no order
   * @throws InklingError (environment) where a thread fails
   */
  profiles(program: number): Promise<ThreadProfile[]> {
    const profiles: ThreadProfile[] = [];
    return this.ask<ThreadProfile[]>({ type: 'profile', program }, (reply, answer) => {
      if (reply.type === 'profiled') profiles.push(reply.profile);
      if (profiles.length === this.threads.length) answer(profiles);
    });
  }

  /** Tells all threads something and hears what they reply until there is an answer. */
  private async ask<Answer>(
    message: ThreadMessage,
    hear: (reply: ThreadReply, answer: (value: Answer) => void) => void,
  ): Promise<Answer> {
    if (this.broken) throw this.broken;
    for (const thread of this.threads) {
      thread.setBusy(true);
      thread.post(message);
    }
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.waiting = { hear: (reply) => hear(reply, resolve), reject };
      });
    } finally {
      this.waiting = undefined;
      for (const thread of this.threads) thread.setBusy(false);
    }
  }

  /** Ends the threads; what they were at fails. */
  end(): void {
    this.broken ??= new InklingError('environment', 'The threads of the engine were ended while they were at work.');
    for (const thread of this.threads) void thread.terminate();
    this.waiting?.reject(this.broken);
  }

  private hear(reply: ThreadReply): void {
    if (reply.type === 'failed') this.fail(new Error(reply.reason));
    else this.waiting?.hear(reply);
  }

  /** A thread that is gone would be waited for at every barrier, so the whole pool goes. */
  private fail(cause: Error): void {
    this.broken ??= new InklingError(
      'environment',
      `A thread of the engine failed: ${cause.message} Load the model anew, or compile it again to go on with its weights.`,
      { cause },
    );
    this.end();
  }
}
