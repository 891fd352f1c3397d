/** What runs on each thread of a pool: it loads programs and executes step batches as it is told. */

import { platform } from '#platform';
import { instantiateKernels } from '../kernels.js';
import { Executor, type ExecutorOptions } from './executor.js';
import { ProfilingExecutor } from './profiling-executor.js';
import type { ThreadMessage, ThreadReply } from './thread-pool.js';

const scope = platform.threadScope();
let joined: ExecutorOptions;
let executor: Executor;
/** Programs that are measured have an executor each, so that those that are not pay nothing for it. */
const profiling = new Map<number, ProfilingExecutor>();

scope.onMessage((received) => {
  const message = received as ThreadMessage;
  try {
    switch (message.type) {
      case 'join':
        joined = { ...message, kernels: instantiateKernels(message.module, message.memory) };
        executor = new Executor(joined);
        break;
      case 'load':
        profiling.delete(message.number);
        if (message.profile) profiling.set(message.number, new ProfilingExecutor(joined));
        executorOf(message.number).load(message.number, message.program);
        break;
      case 'execute': {
        const steps = executorOf(message.stepBatch.program).execute(message.stepBatch);
        if (joined.thread === 0) scope.post({ type: 'executed', steps } satisfies ThreadReply);
        break;
      }
      case 'profile': {
        const { profile } = profiling.get(message.program)!;
        scope.post({ type: 'profiled', profile } satisfies ThreadReply);
        break;
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    scope.post({ type: 'failed', reason } satisfies ThreadReply);
  }
});

function executorOf(program: number): Executor {
  return profiling.get(program) ?? executor;
}
