/**
 * One digit, cut out of its picture at a size of its own: ink from 0 to 1, large enough to measure and change its
 * strokes.
 */

import { type ComponentMap, longerSide } from './connected-components.js';
import { type FoundDigit, isWithin } from './found-digit.js';
import { type InkedPicture, strengthAt } from './inked-picture.js';
import { type Area, averageAreas, interpolate, newPlane, type Plane } from './plane.js';
import { strokeWidth, withMovedEdge } from './stroke-width.js';

/** The digit's longer side in pixels of the shape. */
export const shapeSide = 60;
/** Paper left around the digit, as a share of its longer side: room for strokes to grow. */
const marginFraction = 0.15;
/**
 * Thinner strokes, in pixels of the shape, would fade away when the digit is scaled down. They are widened to this
 * before.
 */
const thinnestStroke = 1.25;
/** Blurred edges belong to a component up to this far from it, in pixels of the picture. */
const edgeReach = 2;

export function digitShape(picture: InkedPicture, digit: FoundDigit): Plane {
  const { ink, map } = picture;
  const { labels, box } = digit;
  const side = longerSide(box);
  const margin = Math.ceil(side * marginFraction) + edgeReach;
  const width = box.right - box.left + 2 * margin;
  const height = box.bottom - box.top + 2 * margin;
  const cut = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    const fromY = box.top - margin + y;
    if (fromY < 0 || fromY >= ink.height) continue;
    for (let x = 0; x < width; x++) {
      const fromX = box.left - margin + x;
      if (fromX < 0 || fromX >= ink.width || !isWithin(digit, fromX, fromY)) continue;
      const label = labelNear(map, labels, ink.width, ink.height, fromX, fromY);
      if (label !== 0) cut.data[y * width + x] = strengthAt(picture, fromY * ink.width + fromX, label);
    }
  }
  const scale = shapeSide / side;
  const area: Area = { left: 0, top: 0, right: width, bottom: height };
  const [toWidth, toHeight] = [Math.round(width * scale), Math.round(height * scale)];
  if (scale >= 1) return interpolate(cut, area, toWidth, toHeight);
  const missing = thinnestStroke / scale - strokeWidth(cut);
  return averageAreas(missing > 0 ? withMovedEdge(cut, missing / 2) : cut, area, toWidth, toHeight);
}

/** @returns of which of the digit's components a pixel is, or whose blur it may be; 0 where it is of none */
function labelNear(
  { labels: map }: ComponentMap,
  labels: ReadonlySet<number>,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  const own = map[y * width + x];
  if (own !== 0) return labels.has(own) ? own : 0;
  for (let ny = Math.max(0, y - edgeReach); ny <= Math.min(height - 1, y + edgeReach); ny++) {
    for (let nx = Math.max(0, x - edgeReach); nx <= Math.min(width - 1, x + edgeReach); nx++) {
      const label = map[ny * width + nx];
      if (label !== 0 && labels.has(label)) return label;
    }
  }
  return 0;
}
