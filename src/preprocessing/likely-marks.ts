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
import { fractionAlongLines } from './erase-lines.js';
import type { RuledLine } from './ruled-line.js';

/** What is smaller is not a digit: pixels, and a share of the picture's shorter side. */
export const smallestSide = 6;
const smallestFraction = 0.025;
/** The least longer side of a mark that may be a digit, in pixels. */
export function smallestMark(width: number, height: number): number {
  return Math.max(smallestSide, smallestFraction * Math.min(width, height));
}

/** Specks: less than this share of the largest component's pixels. */
const speckFraction = 0.01;
/**
 * A component as long as this share of the picture that touches one of its edges is not a digit but what lies around the
 * paper: where it lies along the edge with this share of its side, and not as a stroke that ends there; or where it is
 * long across the edge and narrower than this for its length, and not as a digit whose foot is cut off.
 */
const [alongEdge, endOfStroke, thinnest] = [0.6, 0.5, 0.3];
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
 * A frame, or what is left of one: this share of its pixels is as near to the edges as this share of the picture's width
 * or height, and of its longer side.
 */
const [framePixels, frameDepth, frameDepthOfLonger] = [0.95, 0.15, 0.1];
/**
 * Several sides of a frame together are at least so wide and high. Single sides are one only where nothing else is; where no
 * line was found, one of them is at least so long: a small 1 in a corner is not.
 */
const [frameSide, singleSide] = [0.8, 0.3];
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
  const isAround = ({ box, edgePixels }: Component) => {
    const touched = touchedEdges(box);
    if (touched !== 1) return touched >= 2;
    const [across, down] = [boxWidth(box), boxHeight(box)];
    const isUpright = box.left === 0 || box.right === width;
    const [along, away] = isUpright ? [down, across] : [across, down];
    const [isLongAlong, isLongAway] = [along / (isUpright ? height : width), away / (isUpright ? width : height)].map(
      (share) => share > alongEdge,
    );
    if (isLongAway && along < thinnest * away) return true;
    return isLongAlong && edgePixels >= endOfStroke * along;
  };
  const sides = (box: Box) => 2 * (boxWidth(box) + boxHeight(box));
  const isNarrow = Math.min(width, height) < narrowest * Math.max(width, height);
  const isBand = (box: Box) => Math.min(boxWidth(box) / width, boxHeight(box) / height) < thickestBand;
  const isSurroundings = ({ edgePixels, box }: Component) =>
    edgePixels >= edgeFraction * sides(box) && (!isCut || (!isNarrow && isBand(box)));
  const alongEdges = fractionAlongEdges(map, width, height);
  const isAlongFrame = ({ label }: Component) => !isNarrow && alongEdges[label - 1] >= framePixels;
  const isWhole = ({ box }: Component) => boxWidth(box) >= frameSide * width && boxHeight(box) >= frameSide * height;
  const noRules = all.filter((component) => !isRule(component) && !(isAlongFrame(component) && isWhole(component)));
  const onPaper = noRules.filter((component) => !isSurroundings(component));
  const inside = onPaper.filter((component) => isCut || !isAround(component));
  const components = inside.some(isLarge) ? inside : onPaper;
  const most = components.reduce((pixels, component) => Math.max(pixels, component.pixels), 0);
  const kept = components.filter(({ pixels }) => pixels >= speckFraction * most);
  const isSide = ({ box }: Component) =>
    lines.length > 0 || Math.max(boxWidth(box) / width, boxHeight(box) / height) >= singleSide;
  const isFrame = kept.some(isSide) && kept.every((component) => !isLarge(component) || isAlongFrame(component));
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

/** Of each component, the share of its pixels that is along the edges, where a frame is. */
function fractionAlongEdges({ labels, components }: ComponentMap, width: number, height: number): Float64Array {
  const most = frameDepthOfLonger * Math.max(width, height);
  const across = Math.round(Math.min(frameDepth * width, most));
  const down = Math.round(Math.min(frameDepth * height, most));
  const counts = new Float64Array(components.length);
  const count = (index: number) => {
    if (labels[index] > 0) counts[labels[index] - 1]++;
  };
  for (let y = 0; y < height; y++) {
    const isNear = y < down || y >= height - down;
    for (let x = 0; x < width; x++) {
      // Of rows between the upper and the lower side, the two ends.
      if (isNear || x < across || x >= width - across) count(y * width + x);
    }
  }
  return counts.map((pixels, index) => pixels / components[index].pixels);
}
