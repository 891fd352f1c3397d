/** What runs on each thread of a pool: it loads programs and executes step batches as it is told. */

import { platform } from '#platform';
import { instantiateKernels } from '../kernels.js';
import { LoadedPrograms } from './loaded-programs.js';
import type { ThreadMessage, ThreadReply } from './thread-pool.js';

const scope = platform.threadScope();
let isFirst: boolean;
let programs: LoadedPrograms;

scope.onMessage((received) => {
  const message = received as ThreadMessage;
  try {
    switch (message.type) {
      case 'join':
        isFirst = message.thread === 0;
        programs = new LoadedPrograms({ ...message, kernels: instantiateKernels(message.module, message.memory) });
        break;
      case 'load':
        programs.load(message.number, message.program, message.profile);
        break;
      case 'execute': {
        const steps = programs.execute(message.stepBatch);
        if (isFirst) scope.post({ type: 'executed', steps } satisfies ThreadReply);
        break;
      }
      case 'profile':
        scope.post({ type: 'profiled', profile: programs.profile(message.program) } satisfies ThreadReply);
        break;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    scope.post({ type: 'failed', reason } satisfies ThreadReply);
  }
});
