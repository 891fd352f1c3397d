/** Plays bursts over one memory: on the caller's thread, or on a team of threads that is started when it is first needed. */

import type { Arrangement } from './arrangement.js';
import { instantiateKernels } from './kernels.js';
import type { Program } from './program/program.js';
import { type Burst, Player } from './threads/player.js';
import type { ThreadProfile } from './threads/profiling-player.js';
import { Team } from './threads/thread-pool.js';

/** Threads of executors that nobody holds any more are ended. */
const abandoned = new FinalizationRegistry<Team>((team) => team.end());

export class Executor {
  readonly memory: WebAssembly.Memory;
  private readonly module: WebAssembly.Module;
  private readonly threads: number;
  /** What the programs below belong to. */
  private arrangement: Arrangement | undefined;
  private team: Team | undefined;
  /** Programs that the threads know. They forget one where they learn another of the same number. */
  private readonly taught = new Set<Program>();
  /** Who plays on the caller's thread. */
  private soloist: Player | undefined;

  constructor(options: { module: WebAssembly.Module; memory: WebAssembly.Memory; threads: number }) {
    this.module = options.module;
    this.memory = options.memory;
    this.threads = options.threads;
  }

  /** @returns the number of steps that were finished @throws InklingError (environment) where threads cannot be started or fail */
  async play(arrangement: Arrangement, burst: Burst): Promise<number> {
    this.enter(arrangement);
    Atomics.store(new Int32Array(this.memory.buffer), arrangement.place.stopRequest >> 2, 0);
    const team = this.startedTeam(arrangement);
    const { program, number } = [...arrangement.programs.values()].find(({ number }) => number === burst.program)!;
    if (!this.taught.has(program)) {
      const { training } = arrangement;
      team.learn(number, program, training?.profile && arrangement.programOf('training').program === program);
      this.taught.add(program);
    }
    return team.play(burst);
  }

  /** Plays on the caller's thread, while the team rests. */
  playHere(arrangement: Arrangement, burst: Burst): void {
    this.enter(arrangement);
    if (!this.soloist) {
      const { module, memory } = this;
      const kernels = instantiateKernels(module, memory);
      this.soloist = new Player({ kernels, memory, place: arrangement.place, thread: 0, threads: 1, spins: 0 });
      for (const { number, program } of arrangement.programs.values()) this.soloist.learn(number, program);
    }
    this.soloist.play(burst);
  }

  /** What each thread has measured of the program of this number. */
  profiles(arrangement: Arrangement, program: number): Promise<ThreadProfile[]> {
    return this.startedTeam(arrangement).profiles(program);
  }

  /** Ends the threads. They start anew where they are needed again. */
  end(): void {
    this.team?.end();
    this.team = undefined;
    this.taught.clear();
  }

  private enter(arrangement: Arrangement): void {
    if (this.arrangement === arrangement) return;
    this.arrangement = arrangement;
    this.taught.clear();
    this.soloist = undefined;
  }

  private startedTeam({ place }: Arrangement): Team {
    if (!this.team) {
      const { module, memory, threads } = this;
      this.team = new Team({ module, memory, place, threads });
      abandoned.register(this, this.team);
    }
    return this.team;
  }
}
