/**
 * Strokes made thicker or thinner by a number of pixels a side, in steps of a quarter: a grey dilation or erosion by a disc on
 * an enlarged image. Every line of equal grey moves outwards or inwards by that much, so that strokes keep their soft edges.
 * Images are [N, H, W, 1], light strokes on a background of 0. A diagonal edge moves by up to 0.08 pixels less or more.
 */

import { InklingError } from '../../errors.js';
import type { Tensor } from '../../numerics/tensor.js';

/** Small pixels a pixel, each way. */
const fineness = 4;

/** The farther neighbour's part of a small pixel's value, in eighths: the small pixels lie at -3/8, -1/8, 1/8 and 3/8. */
const eighths = [3, 1, 1, 3];

/**
 * @param pixels by how much each side of a stroke moves out, or in where it is negative; a multiple of 0.25. 0 changes nothing.
 * @throws InklingError (argument) for anything else
 */
export function changeStrokeWidth(images: Tensor<Uint8Array>, pixels: number): Tensor<Uint8Array> {
  const radius = Math.abs(pixels) * fineness;
  if (!Number.isInteger(radius)) {
    throw new InklingError('argument', `Stroke width: expected a multiple of 0.25 pixels a side, received ${pixels}.`);
  }
  const [count, height, width] = images.shape;
  const changed = new Uint8Array(images.data.length);
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
 * The arrays of one image at a time, large enough for `height` by `width` pixels, margins included. A margin is a pixel wider
 * than strokes grow: interpolation spreads them by half a pixel. The four small pixels of a pixel's row share a word of 32
 * bits, one in each byte, the leftmost in the lowest; they are from 0 to 127, so that words can be compared byte by byte.
 */
class Workshop {
  private readonly radius: number;
  /** Half the disc's width at each distance from its middle row. A little more than r^2, so that diagonals are near r. */
  private readonly halfWidths: readonly number[];
  private readonly row: Uint16Array;
  private readonly rowBelow: Uint16Array;
  /** `spread[w]`: the largest value within w small pixels to the left and right; `spread[0]` is the enlarged image. */
  private readonly spread: readonly Int32Array[];
  private readonly dilatedRow: Int32Array;
  private readonly differences: Int32Array;

  constructor(height: number, width: number, radius: number) {
    this.radius = radius;
    this.halfWidths = Array.from({ length: radius + 1 }, (_, dy) =>
      Math.floor(Math.sqrt(radius * (radius + 0.5) - dy * dy)),
    );
    this.row = new Uint16Array(width * fineness);
    this.rowBelow = new Uint16Array(width * fineness);
    this.spread = Array.from({ length: radius + 1 }, () => new Int32Array(height * fineness * width));
    this.dilatedRow = new Int32Array(width);
    this.differences = new Int32Array(width);
  }

  /** Changes the strokes inside `box` of `original`; `changed` is 0 where nothing comes to lie. */
  change(original: Uint8Array, changed: Uint8Array, box: Box, width: number, margin: number, erodes: boolean): void {
    const height = original.length / width;
    const top = box.top - margin;
    const left = box.left - margin;
    const rows = box.bottom - box.top + 1 + 2 * margin;
    const columns = box.right - box.left + 1 + 2 * margin;
    this.enlarge(original, width, box, margin, erodes);
    for (let w = 1; w <= this.radius; w++) spreadByOne(this.spread[w - 1], this.spread[w], rows * fineness * columns);
    const scale = (erodes ? -255 : 255) / (127 * fineness * fineness);
    for (let y = Math.max(0, -top); y < Math.min(rows, height - top); y++) {
      this.dilatedMinusEnlarged(y * fineness, rows * fineness - 1, columns);
      for (let x = Math.max(0, -left); x < Math.min(columns, width - left); x++) {
        const pixel = (top + y) * width + left + x;
        const value = Math.floor(original[pixel] + scale * this.differences[x] + 0.5);
        changed[pixel] = Math.max(0, Math.min(255, value));
      }
    }
  }

  /** By linear interpolation; the complement where strokes are to be eroded, as that dilates the background. */
  private enlarge(original: Uint8Array, width: number, box: Box, margin: number, erodes: boolean): void {
    const boxRows = box.bottom - box.top + 1;
    const columns = box.right - box.left + 1 + 2 * margin;
    const [enlarged] = this.spread;
    const complement = erodes ? allBits : 0;
    enlarged.fill(complement, 0, (boxRows + 2 * margin) * fineness * columns);
    let { row, rowBelow } = this;
    row.fill(0);
    // Between each two rows of pixels lie four of small ones, from the third of the upper to the second of the lower.
    for (let y = -1; y < boxRows; y++) {
      this.enlargeRow(original, y + 1 < boxRows ? (box.top + y + 1) * width : -1, box, margin, rowBelow);
      for (let k = 0; k < fineness; k++) {
        const below = 2 * k + 1;
        const here = 8 - below;
        const to = ((y + margin) * fineness + fineness / 2 + k) * columns;
        for (let x = 0; x < columns; x++) {
          const from = x * fineness;
          // 255 in 64ths is 127 in 128ths, rounded down.
          const word =
            ((here * row[from] + below * rowBelow[from]) >> 7) |
            (((here * row[from + 1] + below * rowBelow[from + 1]) >> 7) << 8) |
            (((here * row[from + 2] + below * rowBelow[from + 2]) >> 7) << 16) |
            (((here * row[from + 3] + below * rowBelow[from + 3]) >> 7) << 24);
          enlarged[to + x] = word ^ complement;
        }
      }
      [row, rowBelow] = [rowBelow, row];
    }
  }

  /** One row eight-fold, as sums of eighths. @param from where the row begins; -1 for a row of background */
  private enlargeRow(original: Uint8Array, from: number, { left, right }: Box, margin: number, row: Uint16Array): void {
    row.fill(0);
    if (from < 0) return;
    for (let x = left; x <= right; x++) {
      const value = original[from + x];
      if (value === 0) continue;
      const to = (x - left + margin) * fineness;
      for (let k = 0; k < fineness; k++) row[to + k] += (8 - eighths[k]) * value;
      row[to - 2] += value;
      row[to - 1] += 3 * value;
      row[to + fineness] += 3 * value;
      row[to + fineness + 1] += value;
    }
  }

  /** Into `differences`: for each pixel of this row the sum of what the dilation adds to its small pixels. */
  private dilatedMinusEnlarged(firstSmallRow: number, lastSmallRow: number, columns: number): void {
    const { spread, halfWidths, radius, dilatedRow, differences } = this;
    differences.fill(0);
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
      const enlarged = spread[0];
      for (let x = 0; x < columns; x++) {
        differences[x] += sumOfBytes(dilatedRow[x]) - sumOfBytes(enlarged[y * columns + x]);
      }
    }
  }
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
 * The largest of each small pixel and its neighbours to the left and right. Rows run into each other, which does no harm: both
 * ends of each are background.
 */
function spreadByOne(from: Int32Array, to: Int32Array, words: number): void {
  let before = from[0];
  let word = before;
  for (let index = 0; index < words; index++) {
    const next = index + 1 < words ? from[index + 1] : word;
    const left = (word << 8) | (before >>> 24);
    const right = (word >>> 8) | (next << 24);
    to[index] = largerBytes(word, largerBytes(left, right));
    before = word;
    word = next;
  }
}
