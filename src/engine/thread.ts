/** What runs on each thread of a team: it learns programs and plays bursts as it is told. */

import { platform } from '#platform';
import { instantiateKernels } from './kernels.js';
import { Player } from './player.js';
import type { ThreadMessage, ThreadReply } from './team.js';

const scope = platform.threadScope();
let player: Player | undefined;
let speaks = false;

scope.onMessage((received) => {
  const message = received as ThreadMessage;
  try {
    switch (message.type) {
      case 'join':
        player = new Player({ ...message, kernels: instantiateKernels(message.module, message.memory) });
        speaks = message.thread === 0;
        break;
      case 'learn':
        player?.learn(message.number, message.program);
        break;
      case 'play': {
        const steps = player?.play(message.burst) ?? 0;
        if (speaks) scope.post({ type: 'played', steps } satisfies ThreadReply);
        break;
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    scope.post({ type: 'failed', reason } satisfies ThreadReply);
  }
});
