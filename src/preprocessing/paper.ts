/**
 * Tells ink from paper: finds which of the two is the bright one, estimates the paper's brightness under the ink, and
 * with it removes uneven light.
 *
 * The paper under dark ink is the grey closing (Serra 1982): the largest value around each pixel, then the smallest of
 * these. It fills whatever is dark and narrower than its window, and leaves slopes and edges of wide shadows where they
 * are.
 */

import { newPlane, type Plane } from './plane.js';

/**
 * The window is 2 / 5 of the picture's shorter side: wider than the thickest stroke of a digit that fills the picture.
 */
const windowFraction = 1 / 5;
/** Paper is taken to be at least this bright, or noise in the dark would be taken for ink. */
const darkestPaper = 96;

/** Paper is even where it differs by no more than this many levels, and covers at least this share of the picture. */
const [evenness, minPaper] = [4, 0.4];

export type Polarity = 'light on dark' | 'dark on light';

/** Ink from 0 (paper) to about 1 (no light left, or full light on black), whichever way round the picture is. */
export function inkOf(brightness: Plane, polarity: Polarity): Plane {
  const { width, height } = brightness;
  // Light ink on dark paper is dark ink on light paper in the negative.
  const levels = newPlane(width, height);
  for (let i = 0; i < levels.data.length; i++) {
    levels.data[i] = polarity === 'dark on light' ? brightness.data[i] : 255 - brightness.data[i];
  }
  const even = evenPaper(levels);
  const radius = Math.max(2, Math.round(Math.min(width, height) * windowFraction));
  const paper = even === undefined ? closing(levels, radius).data : undefined;
  const ink = newPlane(width, height);
  for (let i = 0; i < ink.data.length; i++) {
    const behind = paper ? paper[i] : even!;
    ink.data[i] = strengthOfInk(behind, levels.data[i], polarity);
  }
  return ink;
}

/**
 * How strong the ink of a pixel is, from 0 to about 1, by the paper's level and its own. Light falls on ink and paper
 * alike, so what ink takes away is a share. A negative knows no such law.
 */
export function strengthOfInk(behind: number, level: number, polarity: Polarity): number {
  return Math.max(0, behind - level) / (polarity === 'dark on light' ? Math.max(behind, darkestPaper) : 255);
}

/**
 * The brightness of paper that is the same everywhere, as on a canvas: all of the picture's edge has it, and much of
 * the rest. There the closing would find it too, but for large solid shapes, and takes far longer.
 * @returns undefined where light or paper is uneven
 */
function evenPaper({ width, height, data }: Plane): number | undefined {
  const level = data[0];
  const isPaper = (index: number) => Math.abs(data[index] - level) <= evenness;
  for (let x = 0; x < width; x++) if (!isPaper(x) || !isPaper((height - 1) * width + x)) return undefined;
  for (let y = 0; y < height; y++) if (!isPaper(y * width) || !isPaper(y * width + width - 1)) return undefined;
  let paper = 0;
  for (let index = 0; index < data.length; index++) if (isPaper(index)) paper++;
  return paper >= minPaper * data.length ? level : undefined;
}

/**
 * The largest value within `radius` each way, then the smallest of these. Beyond its edges the plane is taken to go on
 * as it ends: else all that grows darker towards an edge would be filled.
 */
function closing(plane: Plane, radius: number): Plane {
  const { width, height, data } = plane;
  const wider = newPlane(width + 2 * radius, height + 2 * radius);
  for (let y = 0; y < wider.height; y++) {
    const from = Math.min(Math.max(y - radius, 0), height - 1) * width;
    const to = y * wider.width;
    wider.data.fill(data[from], to, to + radius);
    wider.data.set(data.subarray(from, from + width), to + radius);
    wider.data.fill(data[from + width - 1], to + radius + width, to + wider.width);
  }
  for (const sign of [1, -1] as const) {
    runningMaximum(wider, radius, sign, 'rows');
    runningMaximum(wider, radius, sign, 'columns');
  }
  const result = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    const from = (y + radius) * wider.width + radius;
    result.data.set(wider.data.subarray(from, from + width), y * width);
  }
  return result;
}

/**
 * Largest (sign 1) or smallest (sign -1) values of a moving window along rows or columns, in three comparisons a value,
 * whatever the window (van Herk 1992; Gil, Werman 1993): running values from the beginning of blocks as long as the
 * window, and from their ends. Always a whole row is worked on at a time, so that columns cost no more than rows.
 */
function runningMaximum(plane: Plane, radius: number, sign: 1 | -1, direction: 'rows' | 'columns'): void {
  const { width, height, data } = plane;
  const window = 2 * radius + 1;
  const [length, lines] = direction === 'rows' ? [width, height] : [height, width];
  const [step, stepLine] = direction === 'rows' ? [1, width] : [width, 1];
  // Room for one line of a row, or for all columns side by side.
  const together = direction === 'rows' ? 1 : width;
  const places = Math.ceil((length + 2 * radius) / window) * window;
  const forward = new Float32Array(places * together);
  const backward = new Float32Array(places * together);
  for (let line = 0; line < lines; line += together) {
    forward.fill(Number.NEGATIVE_INFINITY);
    for (let place = 0; place < length; place++) {
      const [from, to] = [line * stepLine + place * step, (place + radius) * together];
      for (let i = 0; i < together; i++) forward[to + i] = sign * data[from + i];
    }
    backward.set(forward);
    for (let place = 1; place < places; place++) {
      if (place % window !== 0) keepLarger(forward, place * together, (place - 1) * together, together);
    }
    for (let place = places - 2; place >= 0; place--) {
      if ((place + 1) % window !== 0) keepLarger(backward, place * together, (place + 1) * together, together);
    }
    for (let place = 0; place < length; place++) {
      const to = line * stepLine + place * step;
      const [left, right] = [place * together, (place + window - 1) * together];
      for (let i = 0; i < together; i++) data[to + i] = sign * Math.max(backward[left + i], forward[right + i]);
    }
  }
}

function keepLarger(values: Float32Array, at: number, other: number, count: number): void {
  for (let i = 0; i < count; i++) if (values[other + i] > values[at + i]) values[at + i] = values[other + i];
}

/** The likelier one, then the other. */
export function polaritiesOf(brightness: Plane): readonly Polarity[] {
  const likelier = polarityOf(brightness);
  return [likelier, likelier === 'light on dark' ? 'dark on light' : 'light on dark'];
}

/**
 * Paper is what there is more of, and what lies along the edges. The first shows in the third moment of the differences
 * to the mean of the surroundings (a few pixels far on one side: that is the ink), which light and shadow leave alone;
 * the second in which side of Otsu's threshold the edge pixels are.
 */
export function polarityOf(brightness: Plane): Polarity {
  const bright = brightFractionOfEdge(brightness);
  // Where all of the edge is bright the other can't outvote it.
  if (bright === 1) return 'dark on light';
  const vote = skewness(brightness) / 2 + 1 - 2 * bright;
  return vote > 0 ? 'light on dark' : 'dark on light';
}

/** From -2 to 2; above 0 where few pixels are much brighter than their surroundings. */
export function skewness(brightness: Plane): number {
  const { width, height, data } = brightness;
  const radius = Math.max(2, Math.round(Math.min(width, height) * windowFraction));
  const means = surroundingMeans(brightness, radius);
  let [sum, squares, cubes] = [0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const difference = data[i] - means[i];
    sum += difference;
    squares += difference * difference;
    cubes += difference * difference * difference;
  }
  const count = width * height;
  const mean = sum / count;
  const variance = squares / count - mean * mean;
  if (!(variance > 1e-6)) return 0;
  const third = cubes / count - (3 * mean * squares) / count + 2 * mean * mean * mean;
  return Math.min(Math.max(third / (variance * Math.sqrt(variance)), -2), 2);
}

/** Means over a square of `radius` each way, cut at the edges, from sums over all that is above and to the left. */
function surroundingMeans({ width, height, data }: Plane, radius: number): Float32Array {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += data[y * width + x];
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row;
    }
  }
  const means = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      const sum =
        sums[bottom * stride + right] -
        sums[top * stride + right] -
        sums[bottom * stride + left] +
        sums[top * stride + left];
      means[y * width + x] = sum / ((right - left) * (bottom - top));
    }
  }
  return means;
}

/** The share of the edge's pixels that are on the bright side of Otsu's threshold. */
export function brightFractionOfEdge({ width, height, data }: Plane): number {
  const threshold = otsuThreshold(data);
  let [bright, count] = [0, 0];
  const look = (index: number) => {
    count++;
    if (data[index] > threshold) bright++;
  };
  for (let x = 0; x < width; x++) for (const y of [0, height - 1]) look(y * width + x);
  for (let y = 0; y < height; y++) for (const x of [0, width - 1]) look(y * width + x);
  return bright / count;
}

/**
 * The value that splits all values into two classes with the largest variance between them (Otsu 1979), to 1 / 256 of
 * their range.
 */
export function otsuThreshold(values: Float32Array): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return low;
  const counts = new Float64Array(256);
  const scale = 255.999 / (high - low);
  for (const value of values) counts[Math.floor((value - low) * scale)]++;
  const total = counts.reduce((sum, count, level) => sum + count * level, 0);
  let [best, bestVariance, below, sumBelow] = [0, -1, 0, 0];
  for (let level = 0; level < 255; level++) {
    below += counts[level];
    sumBelow += counts[level] * level;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const distance = sumBelow / below - (total - sumBelow) / above;
    const variance = below * above * distance * distance;
    if (variance > bestVariance) [best, bestVariance] = [level, variance];
  }
  return low + (best + 1) / scale;
}
