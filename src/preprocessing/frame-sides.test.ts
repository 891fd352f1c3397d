/** Which bars beside a digit are sides of a frame, and which may be written. */

import { expect, it } from 'vitest';
import type { DropReason } from './dropped-marks.js';
import { tellFrameSides } from './frame-sides.js';

const picture = { width: 300, height: 400 };
const digit = { left: 100, top: 150, right: 180, bottom: 250 };

function reasonOf(left: number, top: number, right: number, bottom: number, reason: DropReason = 'other') {
  const [mark] = tellFrameSides([{ box: { left, top, right, bottom }, reason }], digit, picture);
  return mark.reason;
}

it.each<[string, [number, number, number, number]]>([
  ['at the left, longer than the digit', [10, 100, 30, 215]],
  ['at the right', [275, 60, 295, 300]],
  ['at the top', [80, 10, 160, 26]],
  ['at the bottom', [80, 370, 200, 390]],
])('a bar %s is a side', (_, box) => {
  expect(reasonOf(...box)).toBe('rule');
});

it.each<[string, [number, number, number, number]]>([
  ['an upright bar as high as the digit, which may be a 1', [10, 150, 30, 260]],
  ['a bar in the midst of the picture', [140, 20, 160, 140]],
  ['a level bar in the midst', [80, 200, 180, 216]],
  ['what is less than five times as long as wide', [10, 100, 40, 240]],
  ['a short level bar, which may be a minus sign', [80, 10, 155, 24]],
])('%s is none', (_, box) => {
  expect(reasonOf(...box)).toBe('other');
});

it('is a piece of a side where a short bar is at the edge of a picture with rules', () => {
  const bar = { box: { left: 284, top: 100, right: 296, bottom: 160 }, reason: 'other' as const };
  const rule = { box: { left: 0, top: 0, right: 300, bottom: 8 }, reason: 'rule' as const };
  const lastOf = (...rules: (typeof rule)[]) => tellFrameSides([...rules, bar], digit, picture).at(-1)!.reason;
  expect(lastOf(rule, rule)).toBe('rule');
  expect(lastOf(rule)).toBe('other');
  const further = { ...bar, box: { ...bar.box, left: 264, right: 276 } };
  expect(tellFrameSides([rule, rule, further], digit, picture).at(-1)!.reason).toBe('other');
});

it('keeps what is told of the paper already', () => {
  expect(reasonOf(10, 100, 30, 215, 'edge')).toBe('rule');
  expect(reasonOf(10, 100, 30, 215, 'shadow')).toBe('shadow');
});
