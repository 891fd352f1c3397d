/** Lays memory out before the first step: regions one after the other, each on cache lines of its own. */

export interface Region {
  readonly name: string;
  readonly address: number;
  readonly bytes: number;
  /** Whether it must be zero before a training begins; what others hold is written before it is read. */
  readonly zeroed: boolean;
}

const cacheLine = 64;
/** Room after each region and buffer, since kernels may read (never write) up to a panel beyond the end. */
export const readMargin = 64;

export function aligned(bytes: number): number {
  return Math.ceil(bytes / cacheLine) * cacheLine;
}

export class MemoryLayout {
  readonly regions: Region[] = [];
  /** The first kilobytes stay empty, so that address 0 can mean "none". */
  private end = 4096;

  /** @returns the region's address */
  reserve(name: string, bytes: number, zeroed = false): number {
    const address = this.end;
    this.regions.push({ name, address, bytes, zeroed });
    this.end = aligned(address + bytes + readMargin);
    return address;
  }

  get bytes(): number {
    return this.end;
  }
}

/** A buffer that is needed from one call of a phase to another. */
export interface Lifetime {
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Places buffers in one arena so that those alive at the same time do not overlap: largest first, each at the lowest
 * free place (greedy by size, as in Pisarchyk and Lee 2020).
 * @returns offsets in the order given, and the size of the arena
 */
export function packLifetimes(buffers: readonly Lifetime[]): { offsets: number[]; bytes: number } {
  const offsets = new Array<number>(buffers.length).fill(0);
  const placed: { start: number; end: number; buffer: Lifetime }[] = [];
  const order = buffers.map((_, index) => index).sort((a, b) => buffers[b].bytes - buffers[a].bytes || a - b);
  for (const index of order) {
    const buffer = buffers[index];
    const size = aligned(buffer.bytes + readMargin);
    let start = 0;
    for (const other of placed) {
      const together = other.buffer.first <= buffer.last && buffer.first <= other.buffer.last;
      if (together && start + size > other.start && start < other.end) start = other.end;
    }
    offsets[index] = start;
    placed.push({ start, end: start + size, buffer });
    placed.sort((a, b) => a.start - b.start);
  }
  return { offsets, bytes: Math.max(0, ...placed.map(({ end }) => end)) };
}
