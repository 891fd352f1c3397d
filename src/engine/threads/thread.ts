/** What runs on each thread of a team: it learns programs and plays bursts as it is told. */

import { platform } from '#platform';
import { instantiateKernels } from '../kernels.js';
import { Player, type PlayerOptions } from './player.js';
import { ProfilingPlayer } from './profiling-player.js';
import type { ThreadMessage, ThreadReply } from './thread-pool.js';

const scope = platform.threadScope();
let joined: PlayerOptions;
let player: Player;
/** Programs that are measured have a player each, so that those that are not pay nothing for it. */
const profiling = new Map<number, ProfilingPlayer>();

scope.onMessage((received) => {
  const message = received as ThreadMessage;
  try {
    switch (message.type) {
      case 'join':
        joined = { ...message, kernels: instantiateKernels(message.module, message.memory) };
        player = new Player(joined);
        break;
      case 'learn':
        profiling.delete(message.number);
        if (message.profile) profiling.set(message.number, new ProfilingPlayer(joined));
        playerOf(message.number).learn(message.number, message.program);
        break;
      case 'play': {
        const steps = playerOf(message.burst.program).play(message.burst);
        if (joined.thread === 0) scope.post({ type: 'played', steps } satisfies ThreadReply);
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

function playerOf(program: number): Player {
  return profiling.get(program) ?? player;
}
