/** A picture as components of ink on paper. What comes after looks at components alone. */

import type { Box, Component, ComponentMap } from './connected-components.js';
import type { DroppedMark } from './dropped-marks.js';
import type { InkMask } from './ink-mask.js';
import { type Plane, withMargin } from './plane.js';

export interface InkedPicture {
  /** 0 for paper to about 1. */
  readonly ink: Plane;
  readonly inkMask: InkMask;
  readonly map: ComponentMap;
  /** How strong ink is in the midst of faint strokes, by their labels; that of all others is `inkMask.full`. */
  readonly faint: ReadonlyMap<number, number>;
  /** Of the map's components those that may be strokes of digits. */
  readonly marks: readonly Component[];
  /** What else looked like ink. */
  readonly dropped: readonly DroppedMark[];
  /** How many printed lines were taken away. */
  readonly lines: number;
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

/** How strong the strokes of a component are, as a share of the dark ones. */
export function darknessOf({ inkMask: { paper, full }, faint }: InkedPicture, label: number): number {
  const own = faint.get(label);
  return own === undefined ? 1 : (own - paper) / (full - paper);
}

/** Ink of a component as a share of what it has in the midst of its strokes, 0 to 1. */
export function strengthAt({ ink, inkMask, faint }: InkedPicture, index: number, label: number): number {
  const { paper, full } = inkMask;
  const share = (ink.data[index] - paper) / ((faint.size === 0 ? full : (faint.get(label) ?? full)) - paper);
  return Math.min(Math.max(share, 0), 1);
}

/** The same picture on a larger sheet, so that nothing lies along its edges. */
export function withPaperAround(picture: InkedPicture): InkedPicture {
  const { ink, inkMask, map, marks, dropped, place } = picture;
  const margin = Math.ceil(Math.max(ink.width, ink.height) / 2);
  const movedBox = ({ left, top, right, bottom }: Box): Box => ({
    left: left + margin,
    top: top + margin,
    right: right + margin,
    bottom: bottom + margin,
  });
  const moved = <T extends { readonly box: Box }>(all: readonly T[]) =>
    all.map((one) => ({ ...one, box: movedBox(one.box) }));
  const { data: labels } = withMargin({ width: ink.width, height: ink.height, data: map.labels }, margin);
  return {
    ...picture,
    ink: withMargin(ink, margin),
    inkMask: { ...inkMask, mask: withMargin(inkMask.mask, margin) },
    map: { components: moved(map.components), labels },
    marks: moved(marks),
    dropped: moved(dropped),
    place: { left: place.left - margin, top: place.top - margin, scale: place.scale },
  };
}
