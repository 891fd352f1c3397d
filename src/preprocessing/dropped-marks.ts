/** What looked like ink and was left out of every digit: told, so that nothing vanishes without a word. */

import { type Box, longerSide } from './connected-components.js';

/**
 * Why a mark was left out. `edge`: it lies along an edge of the picture, as what is around the paper does. `rule`: a
 * line of ruled or squared paper, a box or a frame. `shadow`: pale, with blurred edges. `speck`: too small beside the
 * rest to be a stroke. `surroundings`: what the paper lies on. `point`, `minus`: a decimal point or comma, a minus sign
 * or dash beside a digit. `stray`: a small mark that is near to no digit. `faint`: far paler than the rest, and not
 * certain to be a stroke of a digit. `other`: where one digit was asked for, a mark that is not of it.
 */
export type DropReason =
  | 'edge'
  | 'rule'
  | 'shadow'
  | 'speck'
  | 'surroundings'
  | 'point'
  | 'minus'
  | 'stray'
  | 'faint'
  | 'other';

/** A mark that was left out. Grain is not a mark. */
export interface DroppedMark {
  /** In pixels of the ink; of what a caller gets, in those of the picture. */
  readonly box: Box;
  readonly reason: DropReason;
}

/** What the paper is, and not something that somebody may have written on it. */
const paperReasons: readonly DropReason[] = ['rule', 'shadow', 'surroundings'];
/** A mark that is smaller than this share of a digit is not another one. */
const comparableSide = 0.5;

/** Whether it may have been written, and so makes a number doubtful that has no place for it. */
export function mayBeWriting({ reason }: DroppedMark): boolean {
  return !paperReasons.includes(reason);
}

/** Whether it may be what was meant, and so makes a single digit doubtful. */
export function isComparable(mark: DroppedMark, digit: Box): boolean {
  return mayBeWriting(mark) && longerSide(mark.box) >= comparableSide * longerSide(digit);
}
