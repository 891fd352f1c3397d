/** A picture as components of ink on paper. What comes after looks at components alone. */

import type { Component, ComponentMap } from './connected-components.js';
import type { DroppedMark } from './dropped-marks.js';
import type { InkMask } from './ink-mask.js';
import type { Plane } from './plane.js';

export interface InkedPicture {
  /** 0 for paper to about 1. */
  readonly ink: Plane;
  readonly inkMask: InkMask;
  readonly map: ComponentMap;
  /** Of the map's components those that may be strokes of digits. */
  readonly marks: readonly Component[];
  /** What else looked like ink. */
  readonly dropped: readonly DroppedMark[];
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
