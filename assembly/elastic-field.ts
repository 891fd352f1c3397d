/**
 * A smooth random displacement of every pixel. Simard, Steinkraus and Platt (2003) blur a field of random numbers; here
 * the numbers belong to the points of a coarse grid and a uniform cubic B-spline goes through the image: as smooth, and
 * far less work. Each spline is a weighted mean, so that no pixel moves further than a point of the grid.
 */
import { multiplyAdd } from './arithmetic';
import { storeRandomPairs } from './random';

/** Points of the grid along an axis of `size` pixels: each pixel lies between the second and the third of four. */
@inline
export function gridPoints(size: i32, spacing: f32): i32 {
  return <i32>(<f32>(size - 1) / spacing) + 4;
}

/** Bytes of each row's entry: four weights, then the first of their points (int32). */
const rowEntry = 32;

/** The weight of point 0 to 3 at `t` from 0 to 1 between points 1 and 2. */
@inline
function splineWeight(point: i32, t: f32): f32 {
  const rest: f32 = 1 - t;
  if (point == 0) return rest * rest * rest / 6;
  if (point == 1) return ((3 * t - 6) * t * t + 4) / 6;
  if (point == 2) return ((3 * rest - 6) * rest * rest + 4) / 6;
  return t * t * t / 6;
}

/** entries [height]: which points of the grid a row of pixels lies between, and their weights. */
export function rowWeights(entries: usize, height: i32, spacing: f32): void {
  for (let y = 0; y < height; y++) {
    const at: f32 = <f32>y / spacing;
    const first = <i32>at;
    const entry = entries + <usize>(y * rowEntry);
    for (let point = 0; point < 4; point++) store<f32>(entry + (<usize>point << 2), splineWeight(point, at - <f32>first));
    store<i32>(entry, first, 16);
  }
}

/**
 * weights [points, width up to a multiple of 4]: every point's weight at every column, most of them zero; spans: for
 * each four columns the first point with a weight there and the one behind the last (int32).
 */
export function columnWeights(weights: usize, spans: usize, width: i32, points: i32, spacing: f32): void {
  const columns = (width + 3) & ~3;
  for (let i = 0; i < points * columns; i++) store<f32>(weights + (<usize>i << 2), 0);
  for (let x = 0; x < width; x++) {
    const at: f32 = <f32>x / spacing;
    const first = <i32>at;
    const span = spans + (<usize>(x >> 2) << 3);
    if ((x & 3) == 0) store<i32>(span, first);
    store<i32>(span, first + 4, 4);
    for (let point = 0; point < 4; point++) {
      store<f32>(weights + (<usize>((first + point) * columns + x) << 2), splineWeight(point, at - <f32>first));
    }
  }
}

/** grid [points, 2]: displacements across and down, each from -strength to strength. */
export function drawGrid(grid: usize, points: i32, strength: f32, seed: u32, key: u32, step: u32, firstPair: u32): void {
  const factor = f32x4.splat(strength * (1.0 / 8388608.0));
  const least = f32x4.splat(-strength);
  for (let point = 0; point < points; point += 4) {
    const at = grid + (<usize>point << 3);
    storeRandomPairs(at, seed, key, step, firstPair + <u32>point);
    const low = f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(at), 8));
    const high = f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(at, 16), 8));
    v128.store(at, multiplyAdd(low, factor, least));
    v128.store(at, multiplyAdd(high, factor, least), 16);
  }
}

/** displacements [columns of points, 2] along one row of pixels. */
@inline
export function mixRow(grid: usize, entry: usize, displacements: usize, points: i32): void {
  const bytes = <usize>points << 3;
  const top = grid + <usize>load<i32>(entry, 16) * bytes;
  const weight0 = v128.load32_splat(entry);
  const weight1 = v128.load32_splat(entry, 4);
  const weight2 = v128.load32_splat(entry, 8);
  const weight3 = v128.load32_splat(entry, 12);
  for (let i = <usize>0; i < bytes; i += 16) {
    const at = top + i;
    let sum = f32x4.mul(v128.load(at), weight0);
    sum = multiplyAdd(v128.load(at + bytes), weight1, sum);
    sum = multiplyAdd(v128.load(at + 2 * bytes), weight2, sum);
    sum = multiplyAdd(v128.load(at + 3 * bytes), weight3, sum);
    v128.store(displacements + i, sum);
  }
}

/** The address of a row's entry. */
@inline
export function rowEntryAt(entries: usize, y: i32): usize {
  return entries + <usize>(y * rowEntry);
}
