/** Paper around a picture: everything moves with it, and leads back to the same place. */

import { describe, expect, it } from 'vitest';
import { maskOf, planeOf, rowsOf } from '../../test/pictures/painted.js';
import { findComponents } from './connected-components.js';
import { withPaperAround } from './inked-picture.js';

const mask = maskOf('##..', '##..', '...#');
const map = findComponents(mask);
const picture = {
  ink: planeOf(4, 3, (x, y) => 0.5 * mask.data[y * 4 + x]),
  inkMask: { mask, paper: 0, full: 0.5, deviation: 0 },
  map,
  faint: new Map(),
  marks: [map.components[0]],
  dropped: [{ box: map.components[1].box, reason: 'speck' as const }],
  lines: 2,
  place: { left: 10, top: 20, scale: 3 },
};

describe('withPaperAround', () => {
  const wider = withPaperAround(picture);

  it('has half of the longer side more on each side, of paper', () => {
    expect([wider.ink.width, wider.ink.height]).toEqual([8, 7]);
    const empty = '........';
    expect(rowsOf(wider.inkMask.mask)).toEqual([empty, empty, '..##....', '..##....', '.....#..', empty, empty]);
    expect([...wider.ink.data]).toEqual([...wider.inkMask.mask.data].map((value) => 0.5 * value));
    expect([...wider.map.labels].filter((label) => label > 0)).toEqual([1, 1, 1, 1, 2]);
  });

  it('moves marks and what was dropped, and its place the other way', () => {
    const box = { left: 2, top: 2, right: 4, bottom: 4 };
    expect(wider.marks).toEqual([{ ...map.components[0], box }]);
    expect(wider.map.components.map(({ label }) => label)).toEqual([1, 2]);
    expect(wider.map.components[0].box).toEqual(box);
    expect(wider.dropped).toEqual([{ box: { left: 5, top: 4, right: 6, bottom: 5 }, reason: 'speck' }]);
    expect(wider.place).toEqual({ left: 8, top: 18, scale: 3 });
    expect(wider.lines).toBe(2);
  });

  it('leaves the picture as it was', () => {
    expect(picture.marks[0].box).toEqual({ left: 0, top: 0, right: 2, bottom: 2 });
    expect(picture.ink.width).toBe(4);
  });
});
