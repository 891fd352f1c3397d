/**
 * Random numbers as a function of (seed, purpose, step, index), never of who asks first: any thread, engine or resumed
 * run gets the same number. The generator is Threefry-2x32-20 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as
 * easy as 1, 2, 3", 2011), as in Random123 and JAX. assembly/random.ts is the same function for the engine's kernels.
 */

/** What random numbers are for. Each purpose is a stream of its own. */
export const purposes = {
  initialization: 1,
  shuffle: 2,
  split: 3,
  dropout: 4,
  augmentation: 5,
  distortion: 6,
  search: 7,
} as const;
export type Purpose = keyof typeof purposes;

const parity = 0x1bd11bda;
const rotations = [13, 15, 26, 6, 17, 29, 16, 24];

/** Encrypts the counter (x0, x1) under the key (k0, k1); both results are unsigned 32-bit integers. */
export function threefry2x32(k0: number, k1: number, x0: number, x1: number): [number, number] {
  const keys = [k0, k1, k0 ^ k1 ^ parity];
  let a = (x0 + k0) | 0;
  let b = (x1 + k1) | 0;
  for (let round = 0; round < 20; round++) {
    const rotation = rotations[round % 8];
    a = (a + b) | 0;
    b = ((b << rotation) | (b >>> (32 - rotation))) ^ a;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      a = (a + keys[injection % 3]) | 0;
      b = (b + keys[(injection + 1) % 3] + injection) | 0;
    }
  }
  return [a >>> 0, b >>> 0];
}

/**
 * The second half of the key: the purpose and, where one purpose has several streams (the layers of a model), which of
 * them.
 */
export function streamKey(purpose: Purpose, stream = 0): number {
  return ((purposes[purpose] << 24) | (stream & 0xffffff)) >>> 0;
}

/** Numbers of one stream at one step, drawn by index. */
export class RandomStream {
  private readonly seed: number;
  private readonly key: number;
  private readonly step: number;

  /** @param seed an integer from 0 to 2^32 - 1 @param step which turn of the same purpose: the epoch for a shuffle */
  constructor(seed: number, purpose: Purpose, step = 0, stream = 0) {
    this.seed = seed >>> 0;
    this.key = streamKey(purpose, stream);
    this.step = step >>> 0;
  }

  /** An unsigned 32-bit integer. */
  bits(index: number): number {
    return threefry2x32(this.seed, this.key, this.step, index)[0];
  }

  /** A multiple of 2^-24 in [0, 1), exact in float32. */
  uniform(index: number): number {
    return (this.bits(index) >>> 8) / 16777216;
  }

  /** An integer in [0, limit); the bias of the multiplication is below limit / 2^32. */
  below(limit: number, index: number): number {
    return Math.floor((this.bits(index) * limit) / 4294967296);
  }

  /** Reorders `items` in place (Fisher and Yates, Durstenfeld's form). */
  shuffle<Items extends { length: number; [index: number]: number }>(items: Items): Items {
    for (let last = items.length - 1; last > 0; last--) {
      const chosen = this.below(last + 1, last);
      const item = items[last];
      items[last] = items[chosen];
      items[chosen] = item;
    }
    return items;
  }
}
