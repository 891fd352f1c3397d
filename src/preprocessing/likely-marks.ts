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
import { fractionAlongLines, type RuledLine } from './ruled-lines.js';

/** What is smaller is not a digit: pixels, and a share of the picture's shorter side. */
export const smallestSide = 6;
const smallestFraction = 0.025;
/** The least longer side of a mark that may be a digit, in pixels. */
export function smallestMark(width: number, height: number): number {
  return Math.max(smallestSide, smallestFraction * Math.min(width, height));
}

/** Specks: less than this share of the largest component's pixels. */
const speckFraction = 0.01;
/** A component along this share of an edge of the picture is not a digit but what lies around the paper. */
const alongEdge = 0.6;
/**
 * A component whose box lies along the picture's edge with this share of its sides is what the paper lies on, even
 * where there is nothing else.
 */
const edgeFraction = 0.35;

/** Of a piece of paper that was cut at the ink: a band along an edge is at most this share of it thick. */
const thickestBand = 0.12;
/** A 1 that is cut closely covers all of a picture that is as narrow as this for its length. */
const narrowest = 0.5;
/**
 * Rests of a frame: where no other marks are, and this share of their pixels is as near to the edges as this share of
 * the picture's width or height, and of its longer side.
 */
const [framePixels, frameDepth, frameDepthOfLonger] = [0.95, 0.15, 0.1];
/** A component is the rest of a line where this share of it lies along one. */
const splinter = 0.9;

export interface LikelyMarks {
  readonly marks: readonly Component[];
  readonly dropped: readonly DroppedMark[];
}

/**
 * Without specks and rests of lines, and without what lies around the paper where there is something on it.
 * @param isCut whether the picture is a piece of paper that was cut at the ink: only a band along an edge is around it
 */
export function likelyMarks(
  map: ComponentMap,
  width: number,
  height: number,
  lines: readonly RuledLine[] = [],
  isCut = false,
): LikelyMarks {
  const all = map.components;
  const isLarge = ({ box }: Component) => longerSide(box) >= smallestMark(width, height);
  const alongLines = fractionAlongLines(map, width, height, lines);
  const isRule = ({ label }: Component) => alongLines[label - 1] >= splinter;
  const touchedEdges = (box: Box) =>
    [box.left === 0, box.top === 0, box.right === width, box.bottom === height].filter(Boolean).length;
  const isAround = ({ box }: Component) => {
    const touched = touchedEdges(box);
    return touched >= 2 || (touched === 1 && Math.max(boxWidth(box) / width, boxHeight(box) / height) > alongEdge);
  };
  const sides = (box: Box) => 2 * (boxWidth(box) + boxHeight(box));
  const isNarrow = Math.min(width, height) < narrowest * Math.max(width, height);
  const isBand = (box: Box) => Math.min(boxWidth(box) / width, boxHeight(box) / height) < thickestBand;
  const isSurroundings = ({ edgePixels, box }: Component) =>
    edgePixels >= edgeFraction * sides(box) && (!isCut || (!isNarrow && isBand(box)));
  const noRules = all.filter((component) => !isRule(component));
  const onPaper = noRules.filter((component) => !isSurroundings(component));
  const inside = onPaper.filter((component) => isCut || !isAround(component));
  const components = inside.some(isLarge) ? inside : onPaper;
  const most = components.reduce((pixels, component) => Math.max(pixels, component.pixels), 0);
  const kept = components.filter(({ pixels }) => pixels >= speckFraction * most);
  const isFrame = isOnlyFrame(kept.filter(isLarge), map, width, height);
  const marks = kept.some(isLarge) && !isFrame ? kept : [];
  const reasonFor = (component: Component): DropReason => {
    if (!noRules.includes(component) || (isFrame && kept.includes(component))) return 'rule';
    if (!onPaper.includes(component)) return 'surroundings';
    return components.includes(component) ? 'speck' : 'edge';
  };
  const taken = new Set(marks);
  const dropped = all
    .filter((component) => !taken.has(component) && isLarge(component))
    .map((component) => ({ box: component.box, reason: reasonFor(component) }));
  return { marks, dropped };
}

/** Whether all marks are along the edges of a picture that is not as narrow as a 1. */
function isOnlyFrame(
  marks: readonly Component[],
  { labels, components }: ComponentMap,
  width: number,
  height: number,
): boolean {
  if (marks.length === 0 || Math.min(width, height) < narrowest * Math.max(width, height)) return false;
  const most = frameDepthOfLonger * Math.max(width, height);
  const across = Math.round(Math.min(frameDepth * width, most));
  const down = Math.round(Math.min(frameDepth * height, most));
  const pixels = new Float64Array(components.length + 1);
  for (let y = 0, index = 0; y < height; y++) {
    const isNear = y < down || y >= height - down;
    for (let x = 0; x < width; x++, index++) {
      if (isNear || x < across || x >= width - across) pixels[labels[index]]++;
    }
  }
  return marks.every((mark) => pixels[mark.label] >= framePixels * mark.pixels);
}
