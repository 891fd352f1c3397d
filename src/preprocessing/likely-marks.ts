/** Which components may be strokes of digits: not specks, and not what lies around the paper. */

import {
  type Box,
  boxHeight,
  boxWidth,
  type Component,
  type ComponentMap,
  longerSide,
} from './connected-components.js';
import type { DroppedMark, DropReason } from './dropped-marks.js';

/** What is smaller is not a digit: pixels, and a share of the picture's shorter side. */
const smallestSide = 6;
const smallestFraction = 0.025;
/** Specks: less than this share of the largest component's pixels. */
const speckFraction = 0.01;
/** A component along this share of an edge of the picture is not a digit but what lies around the paper. */
const alongEdge = 0.6;
/**
 * A component whose box lies along the picture's edge with this share of its sides is what the paper lies on, even
 * where there is nothing else.
 */
const edgeFraction = 0.35;

export interface LikelyMarks {
  readonly marks: readonly Component[];
  readonly dropped: readonly DroppedMark[];
}

/** Without specks, and without what lies around the paper where there is something on it. */
export function likelyMarks({ components: all }: ComponentMap, width: number, height: number): LikelyMarks {
  const smallest = Math.max(smallestSide, smallestFraction * Math.min(width, height));
  const isLarge = ({ box }: Component) => longerSide(box) >= smallest;
  const isAround = ({ box }: Component) => {
    const touches = [box.left === 0, box.top === 0, box.right === width, box.bottom === height];
    const touched = touches.filter(Boolean).length;
    return touched >= 2 || (touched === 1 && Math.max(boxWidth(box) / width, boxHeight(box) / height) > alongEdge);
  };
  const sides = (box: Box) => 2 * (boxWidth(box) + boxHeight(box));
  const onPaper = all.filter(({ edgePixels, box }) => edgePixels < edgeFraction * sides(box));
  const inside = onPaper.filter((component) => !isAround(component));
  const components = inside.some(isLarge) ? inside : onPaper;
  const most = components.reduce((pixels, component) => Math.max(pixels, component.pixels), 0);
  const kept = components.filter(({ pixels }) => pixels >= speckFraction * most);
  const marks = kept.some(isLarge) ? kept : [];
  const reasonFor = (component: Component): DropReason => {
    if (!onPaper.includes(component)) return 'surroundings';
    return components.includes(component) ? 'speck' : 'edge';
  };
  const taken = new Set(marks);
  const dropped = all
    .filter((component) => !taken.has(component) && isLarge(component))
    .map((component) => ({ box: component.box, reason: reasonFor(component) }));
  return { marks, dropped };
}
