/**
 * Training images that are a little different each time: strokes thinner or thicker, turned, scaled, sheared, shifted,
 * bent, with noise. What happens to an image is a function of (seed, step, place in the batch) alone.
 */
import { gatherImages } from './batch';
import { columnWeights, drawGrid, gridPoints, rowWeights } from './elastic-field';
import { exp1 } from './exponential';
import { addNoise } from './image-noise';
import { changeStroke, padImage } from './image-stroke';
import { gatherNeighbours, warpImage } from './image-warp';
import { storeRandomPairs } from './random';
import { rowAt, stepOf } from './step-record';
import { cosine, sine } from './trigonometry';

/** Pairs of random words that decide what happens to one image. */
const pairsOfDraws = 8;

/** Word `index` as a number in [0, 1). */
@inline
function uniform(words: usize, index: i32): f32 {
  return <f32>(load<u32>(words + (<usize>index << 2)) >> 8) * (1.0 / 16777216.0);
}

/** Word `index` as a number in [-1, 1). */
@inline
function signed(words: usize, index: i32): f32 {
  return uniform(words, index) * 2 - 1;
}

@inline
function aligned(bytes: i32): usize {
  return <usize>((bytes + 15) & ~15);
}

/** Bytes of an image with its border, and room for a vector more on either side. */
@inline
function planeBytes(height: i32, width: i32, channels: i32): usize {
  return aligned((height + 2) * (width + 2) * channels + 32);
}

/**
 * Bytes of gatherAugmentedImages' `scratch`: random words, the padded image, the stroked one, four neighbours a pixel;
 * the rows' entries and the columns' spans; and where images are bent, weights, displacements and the grid.
 */
export function gatherAugmentedImagesScratchBytes(height: i32, width: i32, channels: i32, elastic: f32, spacing: f32): i32 {
  const images = 64 + 6 * planeBytes(height, width, channels);
  const tables = <usize>(32 * height) + aligned(2 * (width + 3));
  if (!(elastic > 0)) return <i32>(images + tables) + 16;
  const rows = gridPoints(height, spacing);
  const columns = gridPoints(width, spacing);
  const weights = <usize>(4 * columns * ((width + 3) & ~3));
  const grid = <usize>(8 * ((rows * columns + 3) & ~3)) + 32;
  return <i32>(images + tables + weights + aligned(8 * columns + 16) + grid);
}

/**
 * x [rows, height, width, channels] from uint8 images, over 255, changed by chance: see src/data/augmentation.ts for
 * what each number means. Angles are in radians, the scale's bounds are given as the lower's logarithm and the
 * difference of both, the stroke's as thinning and thinning + thickening. Random words of `key` decide, those of `key`
 * + 1 bend, those of `key` + 2 are the noise.
 */
export function gatherAugmentedImages(
  dataset: usize, record: usize, x: usize, firstRow: i32, rows: i32, height: i32, width: i32, channels: i32,
  seed: u32, key: u32, unchanged: f32, probability: f32,
  shift: f32, rotation: f32, logScale: f32, logScaleRange: f32, shear: f32, elastic: f32, spacing: f32,
  thinning: f32, strokeRange: f32, noise: f32, scratch: usize,
): void {
  const size = height * width * channels;
  const plane = planeBytes(height, width, channels);
  const words = scratch;
  const padded = words + 64;
  const stroked = padded + plane;
  const neighbours = stroked + plane;
  const rowEntries = neighbours + 4 * plane;
  const gridRows = elastic > 0 ? gridPoints(height, spacing) : 0;
  const gridColumns = elastic > 0 ? gridPoints(width, spacing) : 0;
  const spans = rowEntries + <usize>(32 * height);
  const weights = spans + aligned(2 * (width + 3));
  const displacements = weights + <usize>(4 * gridColumns * ((width + 3) & ~3));
  const grid = displacements + aligned(8 * gridColumns + 16);
  const gridPairs = (gridRows * gridColumns + 3) & ~3;
  if (elastic > 0) {
    rowWeights(rowEntries, height, spacing);
    columnWeights(weights, spans, width, gridColumns, spacing);
  }
  const step = stepOf(record);
  const middleColumn: f32 = <f32>(width - 1) * 0.5;
  const middleRow: f32 = <f32>(height - 1) * 0.5;
  for (let row = 0; row < rows; row++) {
    const place = <u32>(firstRow + row);
    const target = x + ((<usize>row * <usize>size) << 2);
    storeRandomPairs(words, seed, key, step, place * pairsOfDraws);
    storeRandomPairs(words + 32, seed, key, step, place * pairsOfDraws + 4);
    if (uniform(words, 0) < unchanged) {
      gatherImages(dataset, record, target, firstRow + row, 1, size);
      continue;
    }
    let across: f32 = 0;
    let along: f32 = 0;
    if (uniform(words, 1) < probability) {
      across = shift * signed(words, 8);
      along = shift * signed(words, 9);
    }
    const angle: f64 = uniform(words, 2) < probability ? <f64>rotation * <f64>signed(words, 10) : 0;
    const factor: f32 = uniform(words, 3) < probability ? exp1(logScale + logScaleRange * uniform(words, 11)) : 1;
    const slope: f32 = uniform(words, 4) < probability ? shear * signed(words, 12) : 0;
    const strength: f32 = uniform(words, 5) < probability ? elastic * uniform(words, 13) : 0;
    const stroke: f32 = uniform(words, 6) < probability ? strokeRange * uniform(words, 14) - thinning : 0;
    const deviation: f32 = uniform(words, 7) < probability ? noise * uniform(words, 15) : 0;

    padImage(dataset + rowAt(record, firstRow + row) * <usize>size, padded, height, width, channels);
    // In pixels of the result: what is about to shrink must change by more.
    const amount: f32 = min<f32>(abs<f32>(stroke) / factor, 1);
    const weight = <i32>(amount * 256 + 0.5);
    if (weight > 0) changeStroke(padded, stroked, height, width, channels, stroke > 0 ? weight : -weight);
    gatherNeighbours(weight > 0 ? stroked : padded, neighbours, height, width, channels);

    // The inverse of shift . rotation . shear . scale, about the middle: from a pixel of the result to where it comes
    // from.
    const cos = <f32>cosine(angle);
    const sin = <f32>sine(angle);
    if (strength > 0) drawGrid(grid, gridPairs, strength, seed, key + 1, step, place * <u32>gridPairs);
    warpImage(
      neighbours, target, height, width, channels,
      (cos + slope * sin) / factor, (sin - slope * cos) / factor, -sin / factor, cos / factor,
      middleColumn, middleRow, middleColumn + across, middleRow + along,
      strength > 0 ? grid : 0, gridColumns, rowEntries, weights, spans, displacements,
    );
    if (deviation > 0) {
      addNoise(target, size, deviation, seed, key + 2, step, place * (<u32>((size + 7) >> 3) << 2), words);
    }
  }
}
