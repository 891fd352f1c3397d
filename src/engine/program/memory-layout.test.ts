/** The memory plan: regions apart from each other, buffers that live at the same time apart from each other. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aligned, type Lifetime, MemoryLayout, packLifetimes, readMargin } from './memory-layout.js';

test('regions lie on cache lines of their own, with room to read beyond, and never at address 0', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 })), (sizes) => {
      const layout = new MemoryLayout();
      let end = 1;
      for (const [index, bytes] of sizes.entries()) {
        const address = layout.reserve(`region ${index}`, bytes);
        expect(address % 64).toBe(0);
        expect(address).toBeGreaterThanOrEqual(end);
        end = address + bytes + readMargin;
      }
      expect(layout.bytes).toBeGreaterThanOrEqual(end);
      expect(layout.regions.map(({ bytes }) => bytes)).toEqual(sizes);
    }),
  );
});

describe('packing', () => {
  const lifetimes = fc.array(
    fc
      .record({ bytes: fc.nat({ max: 500 }), times: fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })) })
      .map(({ bytes, times }): Lifetime => ({ bytes, first: Math.min(...times), last: Math.max(...times) })),
    { maxLength: 12 },
  );
  const roomOf = (buffer: Lifetime) => aligned(buffer.bytes + readMargin);

  test('buffers that live at the same time do not overlap, and all lie in the arena', () => {
    fc.assert(
      fc.property(lifetimes, (buffers) => {
        const { offsets, bytes } = packLifetimes(buffers);
        for (const [a, one] of buffers.entries()) {
          expect(offsets[a] % 64).toBe(0);
          expect(offsets[a] + roomOf(one)).toBeLessThanOrEqual(bytes);
          for (const [b, other] of buffers.entries()) {
            const together = a !== b && one.first <= other.last && other.first <= one.last;
            const apart = offsets[a] + roomOf(one) <= offsets[b] || offsets[b] + roomOf(other) <= offsets[a];
            expect(together && !apart).toBe(false);
          }
        }
      }),
    );
  });

  test('the arena is not larger than all buffers side by side', () => {
    fc.assert(
      fc.property(lifetimes, (buffers) => {
        const all = buffers.reduce((sum, buffer) => sum + roomOf(buffer), 0);
        expect(packLifetimes(buffers).bytes).toBeLessThanOrEqual(all);
      }),
    );
  });

  test('a chain, each buffer alive with its neighbours only, takes two places', () => {
    const chain = Array.from({ length: 6 }, (_, index) => ({ bytes: 64, first: index, last: index + 1 }));
    expect(packLifetimes(chain).bytes).toBe(2 * 128);
  });

  test('a gap between two that live is used', () => {
    const { offsets, bytes } = packLifetimes([
      { bytes: 960, first: 0, last: 1 },
      { bytes: 448, first: 0, last: 5 },
      { bytes: 192, first: 3, last: 5 },
    ]);
    expect(offsets).toEqual([0, 1024, 0]);
    expect(bytes).toBe(1024 + 512);
  });

  test('nothing takes nothing', () => {
    expect(packLifetimes([])).toEqual({ offsets: [], bytes: 0 });
  });
});
