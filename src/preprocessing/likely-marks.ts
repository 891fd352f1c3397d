/** Which components may be strokes of digits: not specks, and not what lies around the paper. */

import { type Box, boxHeight, boxWidth, type Component, longerSide } from './connected-components.js';
import type { InkedPicture } from './inked-picture.js';

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

/** Without specks, and without what lies around the paper where there is something on it. */
export function likelyMarks({ map, ink }: InkedPicture): Component[] {
  const { width, height } = ink;
  const smallest = Math.max(smallestSide, smallestFraction * Math.min(width, height));
  const isAround = ({ box }: Component) => {
    const touches = [box.left === 0, box.top === 0, box.right === width, box.bottom === height];
    const touched = touches.filter(Boolean).length;
    return touched >= 2 || (touched === 1 && Math.max(boxWidth(box) / width, boxHeight(box) / height) > alongEdge);
  };
  const sides = (box: Box) => 2 * (boxWidth(box) + boxHeight(box));
  const onPaper = map.components.filter(({ edgePixels, box }) => edgePixels < edgeFraction * sides(box));
  const inside = onPaper.filter((component) => !isAround(component));
  const large = inside.some(({ box }) => longerSide(box) >= smallest);
  const components = large ? inside : onPaper;
  const most = components.reduce((pixels, component) => Math.max(pixels, component.pixels), 0);
  const kept = components.filter(({ pixels }) => pixels >= speckFraction * most);
  return kept.some(({ box }) => longerSide(box) >= smallest) ? kept : [];
}
