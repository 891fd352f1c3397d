/**
 * Strokes made thicker or thinner by a number of pixels a side, in steps of a quarter: a grey dilation or erosion by a
 * disc on an enlarged image. Every line of equal grey moves outwards or inwards by that much, so that strokes keep
 * their soft edges. Images are [N, H, W, 1], light strokes on a background of 0. A diagonal edge moves by up to 0.08
 * pixels less or more.
 */

import { InklingError } from '../../errors.js';
import type { Tensor } from '../../numerics/tensor.js';

/** Small pixels a pixel, each way. */
const fineness = 4;

/**
 * The farther neighbour's part of a small pixel's value, in eighths: the small pixels lie at -3/8, -1/8, 1/8 and 3/8.
 */
const eighths = [3, 1, 1, 3];

/**
 * @param pixels by how much each side of a stroke moves out, or in where it is negative; a multiple of 0.25. 0 changes
 * nothing.
 * @throws InklingError (argument) for anything else
 */
export function changeStrokeWidth(images: Tensor<Uint8Array>, pixels: number): Tensor<Uint8Array> {
  const radius = Math.abs(pixels) * fineness;
  if (!Number.isInteger(radius)) {
    throw new InklingError('argument', `Stroke width: expected a multiple of 0.25 pixels a side. Received: ${pixels}.`);
  }
  if (radius === 0) return { data: images.data.slice(), shape: images.shape };
  const [count, height, width] = images.shape;
  const changed = new Uint8Array(images.data.length);
  // A pixel wider than strokes grow, as interpolation spreads them by half a pixel.
  const margin = Math.ceil(radius / fineness) + 1;
  const workshop = new Workshop(height + 2 * margin, width + 2 * margin, radius);
  for (let image = 0; image < count; image++) {
    const from = image * height * width;
    const original = images.data.subarray(from, from + height * width);
    const box = inkBox(original, height, width);
    if (box) workshop.change(original, changed.subarray(from, from + height * width), box, width, margin, pixels < 0);
  }
  return { data: changed, shape: images.shape };
}

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The smallest box around everything above 0, ends included; undefined for an empty image. */
function inkBox(image: Uint8Array, height: number, width: number): Box | undefined {
  let [top, bottom, left, right] = [height, -1, width, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (image[y * width + x] === 0) continue;
      if (y < top) top = y;
      bottom = y;
      if (x < left) left = x;
      if (x > right) right = x;
    }
  }
  return bottom < 0 ? undefined : { top, bottom, left, right };
}

/**
 * The arrays of one image at a time, large enough for `height` by `width` pixels, margins included. The four small
 * pixels of a pixel's row share a word of 32 bits, one in each byte, the leftmost in the lowest; they are from 0 to
 * 127, so that words can be compared byte by byte.
 */
class Workshop {
  private readonly radius: number;
  /**
   * Half the disc's width at each distance from its middle row. A little more than r^2, so that diagonals are near r.
   */
  private readonly halfWidths: readonly number[];
  /** The strokes and their margins, and each row of them enlarged sideways, as sums of eighths. */
  private readonly pixels: Uint8Array;
  private readonly wide: Uint16Array;
  /** `spread[w]`: the largest value within w small pixels to the left and right; `spread[0]` is the enlarged image. */
  private readonly spread: readonly Int32Array[];
  private readonly dilatedRow: Int32Array;
  private readonly sums: Int32Array;

  constructor(height: number, width: number, radius: number) {
    this.radius = radius;
    this.halfWidths = Array.from({ length: radius + 1 }, (_, dy) =>
      Math.floor(Math.sqrt(radius * (radius + 0.5) - dy * dy)),
    );
    this.pixels = new Uint8Array(height * width);
    this.wide = new Uint16Array(height * width * fineness);
    this.spread = Array.from({ length: radius + 1 }, () => new Int32Array(height * fineness * width));
    this.dilatedRow = new Int32Array(width);
    this.sums = new Int32Array(width);
  }

  /** Changes the strokes inside `box` of `original`; `changed` is 0 where nothing comes to lie. */
  change(original: Uint8Array, changed: Uint8Array, box: Box, width: number, margin: number, erodes: boolean): void {
    const height = original.length / width;
    const top = box.top - margin;
    const left = box.left - margin;
    const rows = box.bottom - box.top + 1 + 2 * margin;
    const columns = box.right - box.left + 1 + 2 * margin;
    this.pixels.fill(0, 0, rows * columns);
    for (let y = box.top; y <= box.bottom; y++) {
      const row = original.subarray(y * width + box.left, y * width + box.right + 1);
      this.pixels.set(row, (y - top) * columns + margin);
    }
    this.enlarge(rows, columns, erodes ? allBits : 0);
    for (let w = 1; w <= this.radius; w++) spreadByOne(this.spread[w - 1], this.spread[w], rows * fineness * columns);
    const full = 127 * fineness * fineness;
    for (let y = Math.max(0, -top); y < Math.min(rows, height - top); y++) {
      this.dilateRow(y * fineness, rows * fineness - 1, columns);
      for (let x = Math.max(0, -left); x < Math.min(columns, width - left); x++) {
        const sum = erodes ? full - this.sums[x] : this.sums[x];
        changed[(top + y) * width + left + x] = Math.floor((255 * sum) / full + 0.5);
      }
    }
  }

  /**
   * Linear interpolation, which blurs a little. What a pixel's small pixels lack on average is added to each of them,
   * so that edges stay as sharp as they were. With `complement` the background is dilated: the strokes are eroded.
   */
  private enlarge(rows: number, columns: number, complement: number): void {
    const { pixels, wide, spread } = this;
    const [enlarged] = spread;
    enlarged.fill(complement, 0, rows * fineness * columns);
    this.widen(rows, columns);
    for (let y = 1; y < rows - 1; y++) {
      for (let x = 1; x < columns - 1; x++) {
        const here = y * columns + x;
        const blurred =
          blurredRow(pixels, here - columns) + 6 * blurredRow(pixels, here) + blurredRow(pixels, here + columns);
        if (blurred === 0) continue;
        // And half a step, to round.
        const added = 64 * pixels[here] - blurred + 64;
        for (let k = 0; k < fineness; k++) {
          const far = eighths[k];
          const near = 8 - far;
          const from = here * fineness;
          const other = (k < fineness / 2 ? here - columns : here + columns) * fineness;
          const word =
            level(near * wide[from] + far * wide[other] + added) |
            (level(near * wide[from + 1] + far * wide[other + 1] + added) << 8) |
            (level(near * wide[from + 2] + far * wide[other + 2] + added) << 16) |
            (level(near * wide[from + 3] + far * wide[other + 3] + added) << 24);
          enlarged[(y * fineness + k) * columns + x] = word ^ complement;
        }
      }
    }
  }

  private widen(rows: number, columns: number): void {
    const { pixels, wide } = this;
    // The first and the last pixel of all are background, as their neighbours are.
    for (let index = 1; index < rows * columns - 1; index++) {
      const left = pixels[index - 1];
      const here = pixels[index];
      const right = pixels[index + 1];
      const to = index * fineness;
      wide[to] = 3 * left + 5 * here;
      wide[to + 1] = left + 7 * here;
      wide[to + 2] = 7 * here + right;
      wide[to + 3] = 5 * here + 3 * right;
    }
  }

  /** Into `sums`: for each pixel of this row the sum of its small pixels, dilated. */
  private dilateRow(firstSmallRow: number, lastSmallRow: number, columns: number): void {
    const { spread, halfWidths, radius, dilatedRow, sums } = this;
    sums.fill(0);
    for (let y = firstSmallRow; y < firstSmallRow + fineness; y++) {
      const middle = spread[halfWidths[0]];
      for (let x = 0; x < columns; x++) dilatedRow[x] = middle[y * columns + x];
      for (let dy = 1; dy <= radius; dy++) {
        const values = spread[halfWidths[dy]];
        // The first and the last row are background, as all beyond them is.
        const above = Math.max(y - dy, 0) * columns;
        const below = Math.min(y + dy, lastSmallRow) * columns;
        for (let x = 0; x < columns; x++) {
          dilatedRow[x] = largerBytes(dilatedRow[x], largerBytes(values[above + x], values[below + x]));
        }
      }
      for (let x = 0; x < columns; x++) sums[x] += sumOfBytes(dilatedRow[x]);
    }
  }
}

/** Of what interpolation makes of a pixel's row on average, eight times. */
function blurredRow(pixels: Uint8Array, index: number): number {
  return pixels[index - 1] + 6 * pixels[index] + pixels[index + 1];
}

/** 64 times a value from 0 to 255, as 0 to 127. */
function level(value: number): number {
  return Math.max(0, Math.min(127, value >> 7));
}

/** 127 in each byte. */
const allBits = 0x7f7f7f7f;
const highBits = 0x80808080 | 0;

/** The larger of each two bytes, all of them from 0 to 127. */
function largerBytes(a: number, b: number): number {
  // With its high bit set no byte of `a` borrows from the next, and the bit stays where a >= b.
  const isLarger = ((a | highBits) - b) & highBits;
  return b ^ ((a ^ b) & (isLarger - (isLarger >>> 7)));
}

function sumOfBytes(word: number): number {
  const pairs = (word & 0xff00ff) + ((word >>> 8) & 0xff00ff);
  return (pairs & 0xffff) + (pairs >>> 16);
}

/**
 * The largest of each small pixel and its neighbours to the left and right. Rows run into each other, which does no
 * harm: both ends of each are background.
 */
function spreadByOne(from: Int32Array, to: Int32Array, words: number): void {
  let before = from[0];
  let word = before;
  for (let index = 0; index < words; index++) {
    const next = index + 1 < words ? from[index + 1] : word;
    if (word === before && word === next && (word === 0 || word === allBits)) {
      to[index] = word;
    } else {
      const left = (word << 8) | (before >>> 24);
      const right = (word >>> 8) | (next << 24);
      to[index] = largerBytes(word, largerBytes(left, right));
    }
    before = word;
    word = next;
  }
}
