/** Components on small drawings, and against a twin by union and find on random masks. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOf } from '../../test/pictures/painted.js';
import {
  boxHeight,
  boxWidth,
  findComponents,
  gapBetween,
  longerSide,
  type Mask,
  unionOf,
} from './connected-components.js';

describe('findComponents', () => {
  it('joins pixels by sides and corners, and numbers components in reading order', () => {
    const { components, labels } = findComponents(maskOf('#...#', '.#...', '..#.#', '....#'));
    expect(components).toEqual([
      { label: 1, box: { left: 0, top: 0, right: 3, bottom: 3 }, pixels: 3, edgePixels: 1 },
      { label: 2, box: { left: 4, top: 0, right: 5, bottom: 1 }, pixels: 1, edgePixels: 1 },
      { label: 3, box: { left: 4, top: 2, right: 5, bottom: 4 }, pixels: 2, edgePixels: 2 },
    ]);
    expect([...labels]).toEqual([1, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 3]);
  });

  it('does not join the end of a row with the beginning of the next', () => {
    expect(findComponents(maskOf('...#', '....', '#...')).components).toHaveLength(2);
    expect(findComponents(maskOf('..#', '#..')).components).toHaveLength(2);
  });

  it('counts the pixels along the edge once', () => {
    expect(findComponents(maskOf('###', '#.#', '###')).components[0]).toMatchObject({ pixels: 8, edgePixels: 8 });
    expect(findComponents(maskOf('#')).components[0]).toMatchObject({ pixels: 1, edgePixels: 1 });
  });

  it('finds none on paper', () => {
    expect(findComponents(maskOf('...', '...')).components).toEqual([]);
  });

  it('finds what union and find finds', () => {
    const masks = fc.integer({ min: 1, max: 12 }).chain((width) =>
      fc
        .array(fc.array(fc.constantFrom(0, 1), { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 12,
        })
        .map((rows): Mask => ({ width, height: rows.length, data: Uint8Array.from(rows.flat()) })),
    );
    fc.assert(
      fc.property(masks, (mask) => {
        const { labels, components } = findComponents(mask);
        expect([...labels]).toEqual(labelsByUnion(mask));
        for (const { label, box, pixels } of components) {
          const own = [...labels.keys()].filter((i) => labels[i] === label);
          const [xs, ys] = [own.map((i) => i % mask.width), own.map((i) => Math.floor(i / mask.width))];
          expect(pixels).toBe(own.length);
          expect(box).toEqual({
            left: Math.min(...xs),
            top: Math.min(...ys),
            right: Math.max(...xs) + 1,
            bottom: Math.max(...ys) + 1,
          });
        }
      }),
    );
  });
});

function labelsByUnion({ width, data }: Mask): number[] {
  const parent = [...data.keys()];
  const find = (i: number): number => (parent[i] === i ? i : find(parent[i]));
  for (let a = 0; a < data.length; a++) {
    for (let b = 0; b < a; b++) {
      const near =
        Math.max(Math.abs((a % width) - (b % width)), Math.abs(Math.floor(a / width) - Math.floor(b / width))) <= 1;
      if (data[a] && data[b] && near) {
        const [one, other] = [find(a), find(b)];
        parent[Math.max(one, other)] = Math.min(one, other);
      }
    }
  }
  const roots = [...data.keys()].filter((i) => data[i] && find(i) === i);
  return Array.from(data, (ink, i) => (ink ? roots.indexOf(find(i)) + 1 : 0));
}

describe('boxes', () => {
  const box = { left: 2, top: 3, right: 5, bottom: 10 };
  it('have sides', () => {
    expect([boxWidth(box), boxHeight(box), longerSide(box)]).toEqual([3, 7, 7]);
  });

  it('are joined', () => {
    expect(unionOf([box, { left: 0, top: 9, right: 3, bottom: 11 }])).toEqual({
      left: 0,
      top: 3,
      right: 5,
      bottom: 11,
    });
  });

  it.each([
    [{ left: 5, top: 3, right: 7, bottom: 10 }, 0],
    [{ left: 3, top: 4, right: 4, bottom: 5 }, 0],
    [{ left: 9, top: 3, right: 12, bottom: 10 }, 4],
    [{ left: 9, top: 16, right: 12, bottom: 20 }, 6],
  ])('are %j apart by %d', (other, gap) => {
    expect(gapBetween(box, other)).toBe(gap);
    expect(gapBetween(other, box)).toBe(gap);
  });
});
