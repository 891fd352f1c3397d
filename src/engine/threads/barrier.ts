/** A barrier for the threads of a pool: nobody passes before all have come. Spins briefly, then sleeps. */

export class Barrier {
  private readonly words: Int32Array;
  private readonly arrived: number;
  private readonly generation: number;
  private readonly threads: number;
  private readonly spins: number;

  /**
   * @param address of 128 bytes of shared memory, zero at first: two words, each on a cache line of its own
   * @param spins looks at the word before sleeping; a sleep and a wake-up take tens of microseconds
   */
  constructor(buffer: ArrayBufferLike, address: number, threads: number, spins: number) {
    this.words = new Int32Array(buffer);
    this.arrived = address >> 2;
    this.generation = (address + 64) >> 2;
    this.threads = threads;
    this.spins = spins;
  }

  wait(): void {
    if (this.threads === 1) return;
    const { words, arrived, generation } = this;
    const before = Atomics.load(words, generation);
    if (Atomics.add(words, arrived, 1) === this.threads - 1) {
      Atomics.store(words, arrived, 0);
      Atomics.add(words, generation, 1);
      Atomics.notify(words, generation);
      return;
    }
    for (let spin = 0; spin < this.spins; spin++) {
      if (Atomics.load(words, generation) !== before) return;
    }
    while (Atomics.load(words, generation) === before) Atomics.wait(words, generation, before);
  }
}
