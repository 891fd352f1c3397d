/** A team of threads that plays programs over one shared memory, while the caller's thread stays free. */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import type { Thread } from '../platform/contract.js';
import type { Burst, MeetingPlace } from './player.js';
import type { Program } from './program.js';

export type ThreadMessage =
  | {
      readonly type: 'join';
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
      readonly place: MeetingPlace;
      readonly thread: number;
      readonly threads: number;
      readonly spins: number;
    }
  | { readonly type: 'learn'; readonly number: number; readonly program: Program }
  | { readonly type: 'play'; readonly burst: Burst };

export type ThreadReply =
  | { readonly type: 'played'; readonly steps: number }
  | { readonly type: 'failed'; readonly reason: string };

/** Looks at a barrier before sleeping: some 50 microseconds. None where threads have to share cores. */
const barrierSpins = 20_000;

interface Waiting {
  resolve(steps: number): void;
  reject(error: Error): void;
}

export class Team {
  private readonly threads: Thread[];
  private waiting: Waiting | undefined;
  private broken: Error | undefined;

  constructor(options: {
    module: WebAssembly.Module;
    memory: WebAssembly.Memory;
    place: MeetingPlace;
    threads: number;
  }) {
    const spins = options.threads <= platform.availableThreads ? barrierSpins : 0;
    const listener = {
      onMessage: (message: unknown) => this.hear(message as ThreadReply),
      onError: (error: Error) => this.fail(error),
    };
    this.threads = Array.from({ length: options.threads }, (_, thread) => {
      const started = platform.startThread(new URL('./thread.js', import.meta.url), listener);
      const message: ThreadMessage = { type: 'join', ...options, thread, spins };
      started.post(message);
      return started;
    });
  }

  learn(number: number, program: Program): void {
    for (const thread of this.threads) thread.post({ type: 'learn', number, program } satisfies ThreadMessage);
  }

  /** @returns the number of steps that were finished @throws InklingError (environment) where a thread fails */
  async play(burst: Burst): Promise<number> {
    if (this.broken) throw this.broken;
    for (const thread of this.threads) {
      thread.setBusy(true);
      thread.post({ type: 'play', burst } satisfies ThreadMessage);
    }
    try {
      return await new Promise<number>((resolve, reject) => {
        this.waiting = { resolve, reject };
      });
    } finally {
      this.waiting = undefined;
      for (const thread of this.threads) thread.setBusy(false);
    }
  }

  /** Ends the threads; what they were at fails. */
  end(): void {
    this.broken ??= new InklingError('environment', 'the threads of the engine were ended while they were at work.');
    for (const thread of this.threads) void thread.terminate();
    this.waiting?.reject(this.broken);
  }

  private hear(reply: ThreadReply): void {
    if (reply.type === 'played') this.waiting?.resolve(reply.steps);
    else this.fail(new Error(reply.reason));
  }

  /** A thread that is gone would be waited for at every barrier, so the whole team goes. */
  private fail(cause: Error): void {
    this.broken ??= new InklingError(
      'environment',
      `a thread of the engine failed: ${cause.message} Load the model anew, or compile it again to go on with its weights.`,
      { cause },
    );
    this.end();
  }
}
