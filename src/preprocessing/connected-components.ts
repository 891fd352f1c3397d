/**
 * Components: connected pieces of ink, with what is needed to tell a digit's strokes from specks, table edges and ruled
 * lines.
 */

/** Which pixels are ink. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  /** 1 for ink, 0 for paper. */
  readonly data: Uint8Array;
}

/** Whole pixels; `right` and `bottom` are the first ones outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels of ink that touch each other, corners included. */
export interface Component {
  /** Its number in `ComponentMap.labels`. */
  readonly label: number;
  readonly box: Box;
  readonly pixels: number;
  /** Those that lie along the edge of the picture. */
  readonly edgePixels: number;
}

export interface ComponentMap {
  readonly components: readonly Component[];
  /** For each pixel the label of its component, 0 for paper. */
  readonly labels: Int32Array;
}

export const boxWidth = ({ left, right }: Box): number => right - left;
export const boxHeight = ({ top, bottom }: Box): number => bottom - top;
export const longerSide = (box: Box): number => Math.max(boxWidth(box), boxHeight(box));

export function unionOf(boxes: readonly Box[]): Box {
  return boxes.reduce((all, box) => ({
    left: Math.min(all.left, box.left),
    top: Math.min(all.top, box.top),
    right: Math.max(all.right, box.right),
    bottom: Math.max(all.bottom, box.bottom),
  }));
}

/** Pixels of paper between two boxes, the larger of both directions; 0 where they touch or overlap. */
export function gapBetween(a: Box, b: Box): number {
  const across = Math.max(a.left, b.left) - Math.min(a.right, b.right);
  const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom);
  return Math.max(0, across, down);
}

/** How many pixels of a mask are set. */
export function pixelsOf({ data }: Mask): number {
  // As a loop: `reduce` takes several times as long.
  let count = 0;
  for (let i = 0; i < data.length; i++) count += data[i];
  return count;
}

/** Visits the pixels of a component by their places in `labels`, row by row. */
export function eachPixelOf(
  { label, box }: Component,
  labels: Int32Array,
  width: number,
  visit: (index: number) => void,
): void {
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) if (labels[y * width + x] === label) visit(y * width + x);
  }
}

/** Finds all components, in reading order of their first pixels. */
export function findComponents({ width, height, data }: Mask): ComponentMap {
  const labels = new Int32Array(width * height);
  const components: Component[] = [];
  const open = new Int32Array(width * height);
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    const label = components.length + 1;
    let [left, right, top, bottom] = [width, 0, height, 0];
    let [found, edgePixels] = [1, 0];
    open[0] = start;
    labels[start] = label;
    for (let next = 0; next < found; next++) {
      const pixel = open[next];
      const y = Math.floor(pixel / width);
      const x = pixel - y * width;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) edgePixels++;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      if (y >= bottom) bottom = y + 1;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const neighbour = ny * width + nx;
          if (data[neighbour] === 0 || labels[neighbour] !== 0) continue;
          labels[neighbour] = label;
          open[found++] = neighbour;
        }
      }
    }
    components.push({ label, box: { left, top, right, bottom }, pixels: found, edgePixels });
  }
  return { components, labels };
}
