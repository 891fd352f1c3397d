/** What looked like ink and was left out of every digit: told, so that nothing vanishes without a word. */

import type { Box } from './connected-components.js';

/**
 * Why a mark was left out. `edge`: it lies along an edge of the picture, as what is around the paper does. `rule`: a
 * line of ruled or squared paper, a box or a frame. `speck`: too small beside the rest to be a stroke. `surroundings`:
 * what the paper lies on.
 */
export type DropReason = 'edge' | 'rule' | 'speck' | 'surroundings';

/** A mark that was left out. Grain is not a mark. */
export interface DroppedMark {
  /** In pixels of the ink; of what a caller gets, in those of the picture. */
  readonly box: Box;
  readonly reason: DropReason;
}
