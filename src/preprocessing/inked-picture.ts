/** A picture as components of ink on paper. What comes after looks at components alone. */

import type { ComponentMap } from './connected-components.js';
import type { InkMask } from './ink-mask.js';
import type { Plane } from './plane.js';

export interface InkedPicture {
  /** 0 for paper to about 1. */
  readonly ink: Plane;
  readonly inkMask: InkMask;
  readonly map: ComponentMap;
  readonly place: Place;
}

/**
 * Where pixels are in the picture as it came: `scale` times what they are from here, and from its own corner `scale`
 * times as far.
 */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly scale: number;
}
