/** Where digits that hang together are cut: through their bridge, and so that all ink is in one of the pieces. */

import { describe, expect, it } from 'vitest';
import { type Corners, inked } from '../../test/pictures/inked-boxes.js';
import { digitOf, isWithin } from './found-digit.js';
import { findCuts, pieceBetween } from './touching-digits.js';

/** Two blocks that a bridge joins, as one component. */
function bridged(...boxes: readonly Corners[]) {
  const picture = inked(200, 100, ...boxes);
  return { picture, whole: digitOf(picture.map.components) };
}

describe('findCuts', () => {
  it('cuts a bridge between two digits', () => {
    const { picture, whole } = bridged([20, 20, 50, 80], [50, 40, 60, 44], [60, 20, 90, 80]);
    const [{ seam, ink }] = findCuts(picture, whole, 60, 1);
    expect(seam.columns.every((column) => column >= 50 && column <= 60)).toBe(true);
    // The bridge is four pixels high.
    expect(ink).toBeGreaterThanOrEqual(4);
    expect(ink).toBeLessThan(5);
    const [left, right] = [
      pieceBetween(picture, whole, undefined, seam)!,
      pieceBetween(picture, whole, seam, undefined)!,
    ];
    expect(left.box.left).toBe(20);
    expect(right.box.right).toBe(90);
    expect([left.box.top, left.box.bottom, right.box.top, right.box.bottom]).toEqual([20, 80, 20, 80]);
  });

  it('follows a slanted gap', () => {
    // Steps of two digits that lean to the right, joined at the foot.
    const steps = Array.from({ length: 12 }, (_, step): Corners[] => {
      const [top, shift] = [10 + 5 * step, 3 * (11 - step)];
      return [
        [20 + shift, top, 30 + shift, top + 5],
        [40 + shift, top, 50 + shift, top + 5],
      ];
    }).flat();
    const { picture, whole } = bridged(...steps, [20, 66, 50, 70]);
    const [{ seam }] = findCuts(picture, whole, 60, 1);
    const pieces = [pieceBetween(picture, whole, undefined, seam)!, pieceBetween(picture, whole, seam, undefined)!];
    expect(pieces.map(({ box }) => [box.top, box.bottom])).toEqual([
      [10, 70],
      [10, 70],
    ]);
    expect(pieces[0].box.right).toBeGreaterThan(pieces[1].box.left);
  });

  it('gives pieces that share no pixel and leave none out', () => {
    const { picture, whole } = bridged(
      [10, 20, 40, 80],
      [40, 60, 46, 64],
      [46, 20, 80, 80],
      [80, 30, 90, 33],
      [90, 20, 110, 80],
    );
    const cuts = findCuts(picture, whole, 60, 4);
    expect(cuts.length).toBeGreaterThanOrEqual(2);
    const seams = [undefined, ...cuts.map(({ seam }) => seam), undefined];
    const pieces = seams.slice(1).map((seam, index) => pieceBetween(picture, whole, seams[index], seam)!);
    const { mask } = picture.inkMask;
    for (let i = 0; i < mask.data.length; i++) {
      if (mask.data[i] === 0) continue;
      const [x, y] = [i % 200, Math.floor(i / 200)];
      expect(pieces.filter((piece) => isWithin(piece, x, y))).toHaveLength(1);
    }
  });

  it('cuts no slice off a bar', () => {
    const { picture, whole } = bridged([20, 20, 80, 24], [48, 24, 54, 80]);
    for (const { seam } of findCuts(picture, whole, 60, 6)) {
      for (const piece of [
        pieceBetween(picture, whole, undefined, seam)!,
        pieceBetween(picture, whole, seam, undefined)!,
      ]) {
        expect(piece.box.bottom - piece.box.top).toBeGreaterThanOrEqual(30);
      }
    }
    expect(findCuts(bridged([20, 20, 80, 24]).picture, whole, 60, 6)).toEqual([]);
  });
});
