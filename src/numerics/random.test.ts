/** The random numbers: Threefry's published answers, uniformity, and that nothing but the counter decides. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { purposes, RandomStream, streamKey, threefry2x32 } from './random.js';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('threefry2x32', () => {
  // Random123, tests/kat_vectors: threefry2x32 with 20 rounds.
  it.each([
    { key: [0, 0], counter: [0, 0], expected: [0x6b200159, 0x99ba4efe] },
    {
      key: [0xffffffff, 0xffffffff],
      counter: [0xffffffff, 0xffffffff],
      expected: [0x1cb996fc, 0xbb002be7],
    },
    {
      key: [0x13198a2e, 0x03707344],
      counter: [0x243f6a88, 0x85a308d3],
      expected: [0xc4923a9c, 0x483df7a0],
    },
  ])('gives the known answer for key $key', ({ key, counter, expected }) => {
    expect(threefry2x32(key[0], key[1], counter[0], counter[1])).toEqual(expected);
  });
});

describe('streamKey', () => {
  it('gives every purpose and stream a key of its own', () => {
    const names = Object.keys(purposes) as (keyof typeof purposes)[];
    const keys = names.flatMap((purpose) => [0, 1, 2, 0xffffff].map((stream) => streamKey(purpose, stream)));
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('RandomStream', () => {
  it('is a function of seed, purpose, step, stream and index', () => {
    fc.assert(
      fc.property(seeds, seeds, seeds, (seed, step, index) => {
        const value = new RandomStream(seed, 'dropout', step, 3).bits(index);
        const other = new RandomStream(seed, 'dropout', step, 3);
        other.bits(index + 1);
        expect(other.bits(index)).toBe(value);
      }),
    );
  });

  it('changes with each of them', () => {
    const values = [
      new RandomStream(1, 'dropout', 0, 0).bits(0),
      new RandomStream(2, 'dropout', 0, 0).bits(0),
      new RandomStream(1, 'shuffle', 0, 0).bits(0),
      new RandomStream(1, 'dropout', 1, 0).bits(0),
      new RandomStream(1, 'dropout', 0, 1).bits(0),
      new RandomStream(1, 'dropout', 0, 0).bits(1),
    ];
    expect(new Set(values).size).toBe(values.length);
  });

  it('draws uniform numbers: mean, variance and ten equal bins', () => {
    const count = 20_000;
    const random = new RandomStream(7, 'augmentation');
    const values = Array.from({ length: count }, (_, index) => random.uniform(index));
    expect(values.every((value) => value >= 0 && value < 1 && value === Math.fround(value))).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    // Four standard errors each.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / count));
    const bins = new Array<number>(10).fill(0);
    for (const value of values) bins[Math.floor(value * 10)]++;
    const chiSquare = bins.reduce((sum, bin) => sum + (bin - count / 10) ** 2 / (count / 10), 0);
    // The 99.9 % point of chi-square with nine degrees of freedom.
    expect(chiSquare).toBeLessThan(27.88);
  });

  it('draws whole numbers below a limit, each of them', () => {
    const random = new RandomStream(3, 'split');
    const counts = new Array<number>(7).fill(0);
    for (let index = 0; index < 7000; index++) counts[random.below(7, index)]++;
    expect(counts).toHaveLength(7);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('stays below the limit for any limit', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 2 ** 31 }), seeds, (seed, limit, index) => {
        const value = new RandomStream(seed, 'split').below(limit, index);
        expect(Number.isInteger(value) && value >= 0 && value < limit).toBe(true);
      }),
    );
  });

  it('shuffles to a permutation, the same one for the same seed', () => {
    fc.assert(
      fc.property(seeds, fc.nat(1000), fc.nat(300), (seed, epoch, length) => {
        const items = () => Uint32Array.from({ length }, (_, index) => index);
        const shuffled = new RandomStream(seed, 'shuffle', epoch).shuffle(items());
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...items()]);
        expect(new RandomStream(seed, 'shuffle', epoch).shuffle(items())).toEqual(shuffled);
      }),
    );
  });

  it('shuffles every epoch anew and puts each item everywhere', () => {
    const places = Array.from({ length: 5 }, () => new Array<number>(5).fill(0));
    for (let epoch = 0; epoch < 5000; epoch++) {
      const order = new RandomStream(1, 'shuffle', epoch).shuffle([0, 1, 2, 3, 4]);
      for (const [place, item] of order.entries()) places[item][place]++;
    }
    for (const count of places.flat()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
