/**
 * Puts a digit into the network's picture as MNIST's were made (LeCun, Bottou, Bengio, Haffner 1998): scaled to fit a
 * box of 20 x 20 in 28 x 28, proportions kept, and moved so that its centre of mass is on the middle pixel, number 14
 * of 0 to 27.
 */

import { type Area, averageAreas, type Plane } from './plane.js';
import type { DigitPreprocessing } from './settings.js';
import { strokeWidth, withMovedEdge } from './stroke-width.js';

/** Ink below this strength is the blur of an edge when a digit is measured. */
const edgeStrength = 0.4;

/**
 * @param shape of one digit, 0 to 1
 * @param strokes their width in pixels of the shape
 * @returns [height * width] bytes, polarity as the model's
 */
export function placeDigit(
  shape: Plane,
  preprocessing: DigitPreprocessing,
  strokes: number = strokeWidth(shape),
): Uint8Array {
  const { size, polarity, digitSide } = preprocessing;
  const [height, width] = size;
  const drawn = withUsualStrokes(shape, strokes, preprocessing);
  const area = inkArea(drawn, edgeStrength);
  const [across, down] = [area.right - area.left, area.bottom - area.top];
  const scale = digitSide / Math.max(across, down);
  const boxWidth = Math.max(1, Math.round(across * scale));
  const boxHeight = Math.max(1, Math.round(down * scale));
  const small = averageAreas(drawn, area, boxWidth, boxHeight);
  const strongest = small.data.reduce((most, value) => Math.max(most, value), 0);
  const [left, top] = placeOf(small, width, height);
  const image = new Uint8Array(height * width);
  for (let y = 0; y < boxHeight; y++) {
    for (let x = 0; x < boxWidth; x++) {
      image[(top + y) * width + left + x] = Math.round((255 * small.data[y * boxWidth + x]) / strongest);
    }
  }
  return polarity === 'light on dark' ? image : image.map((value) => 255 - value);
}

/** Strokes thinner or thicker than the usual ones are brought to the nearer end of what is usual. */
function withUsualStrokes(shape: Plane, width: number, { digitSide, strokeWidths }: DigitPreprocessing): Plane {
  const { left, top, right, bottom } = inkArea(shape, 0.5);
  const side = Math.max(right - left, bottom - top);
  const unit = side / digitSide;
  const [thinnest, thickest] = strokeWidths;
  const wanted = Math.min(Math.max(width, thinnest * unit), thickest * unit);
  if (wanted === width) return shape;
  // The digit grows with its strokes and is scaled to the same box again: (width + 2r) / (side + 2r) = wanted / side.
  const fraction = wanted / side;
  const radius = (fraction * side - width) / (2 * (1 - fraction));
  const moved = withMovedEdge(shape, radius);
  return moved.data.some((value) => value > 0.5) ? moved : shape;
}

/** Around all ink stronger than `threshold`. */
function inkArea({ width, height, data }: Plane, threshold: number): Area {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] <= threshold) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      if (y >= bottom) bottom = y + 1;
    }
  }
  return { left, top, right, bottom };
}

/** Where the centre of mass belongs, counted from the picture's edge: the centre of the pixel behind the middle. */
export function middleOf(side: number): number {
  return Math.floor(side / 2) + 0.5;
}

/**
 * Where the box goes so that the centre of mass is as near to the middle pixel as whole pixels and the picture's edges
 * allow.
 */
function placeOf(small: Plane, width: number, height: number): [left: number, top: number] {
  let [mass, massX, massY] = [0, 0, 0];
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      const value = small.data[y * small.width + x];
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
    }
  }
  const place = (centre: number, room: number, size: number) =>
    Math.min(Math.max(Math.round(middleOf(room) - centre), 0), room - size);
  return [place(massX / mass, width, small.width), place(massY / mass, height, small.height)];
}
