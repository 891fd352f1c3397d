/**
 * Samples an image at other places, bilinearly, four pixels at once. A pixel and its three neighbours to the right and
 * below lie side by side as four bytes, so that one load brings all that a sample needs.
 */
import { multiplyAdd, storeLanes } from './arithmetic';
import { mixRow, rowEntryAt } from './elastic-field';

/**
 * neighbours [height + 2, width + 2, channels, 4] from a padded image: itself, right, below, below right. Room for 64
 * bytes more.
 */
export function gatherNeighbours(padded: usize, neighbours: usize, height: i32, width: i32, channels: i32): void {
  const stride = <usize>((width + 2) * channels);
  const bytes = <usize>(height + 1) * stride;
  const right = <usize>channels;
  let to = neighbours;
  for (let i = <usize>0; i < bytes; i += 16) {
    const at = padded + i;
    const here = v128.load(at);
    const beside = v128.load(at + right);
    const below = v128.load(at + stride);
    const belowBeside = v128.load(at + stride + right);
    const top = v128.shuffle<u8>(here, beside, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const topEnd = v128.shuffle<u8>(here, beside, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    const low = v128.shuffle<u8>(below, belowBeside, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const lowEnd = v128.shuffle<u8>(below, belowBeside, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    v128.store(to, v128.shuffle<u16>(top, low, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(to, v128.shuffle<u16>(top, low, 4, 12, 5, 13, 6, 14, 7, 15), 16);
    v128.store(to, v128.shuffle<u16>(topEnd, lowEnd, 0, 8, 1, 9, 2, 10, 3, 11), 32);
    v128.store(to, v128.shuffle<u16>(topEnd, lowEnd, 4, 12, 5, 13, 6, 14, 7, 15), 48);
    to += 64;
  }
  // Below the last row there is nothing: samples there have a weight of zero for it.
  const last = neighbours + (bytes << 2);
  for (let i = <usize>0; i < stride << 2; i += 16) v128.store(last + i, i64x2.splat(0));
}

/**
 * x [height, width, channels]: the value at each place, over 255. A pixel (column, row) looks at (column0 + xx u + xy v
 * + dx, row0 + yx u + yy v + dy), where u and v are its distances from (u0, v0). Outside of the image all is 0. Where
 * `grid` is 0 there are no displacements dx and dy; else see elastic-field.ts.
 */
export function warpImage(
  neighbours: usize, x: usize, height: i32, width: i32, channels: i32,
  xx: f32, xy: f32, yx: f32, yy: f32, column0: f32, row0: f32, u0: f32, v0: f32,
  grid: usize, points: i32, rowEntries: usize, columnWeights: usize, spans: usize, displacements: usize,
): void {
  const columns = (width + 3) & ~3;
  const lastColumn = f32x4.splat(<f32>(width + 1));
  const lastRow = f32x4.splat(<f32>(height + 1));
  const zero = f32x4.splat(0);
  const stride = f32x4.splat(<f32>(width + 2));
  const right = f32x4.splat(xx);
  const down = f32x4.splat(yx);
  const bytesEach = i32x4.splat(channels << 2);
  for (let y = 0; y < height; y++) {
    const v: f32 = <f32>y - v0;
    // One to the right and one down, where the border begins.
    const atColumn = f32x4.splat(xy * v + (column0 + 1));
    const atRow = f32x4.splat(yy * v + (row0 + 1));
    if (grid != 0) mixRow(grid, rowEntryAt(rowEntries, y), displacements, points);
    let u = f32x4.sub(f32x4(0, 1, 2, 3), f32x4.splat(u0));
    for (let start = 0; start < width; start += 4) {
      let column = multiplyAdd(right, u, atColumn);
      let row = multiplyAdd(down, u, atRow);
      if (grid != 0) {
        const span = spans + (<usize>(start >> 2) << 3);
        const end = load<i32>(span, 4);
        for (let point = load<i32>(span); point < end; point++) {
          const weight = v128.load(columnWeights + (<usize>(point * columns + start) << 2));
          const displacement = displacements + (<usize>point << 3);
          column = multiplyAdd(weight, v128.load32_splat(displacement), column);
          row = multiplyAdd(weight, v128.load32_splat(displacement, 4), row);
        }
      }
      u = f32x4.add(u, f32x4.splat(4));
      column = f32x4.pmax(zero, f32x4.pmin(lastColumn, column));
      row = f32x4.pmax(zero, f32x4.pmin(lastRow, row));
      const left = f32x4.floor(column);
      const top = f32x4.floor(row);
      const across = f32x4.sub(column, left);
      const along = f32x4.sub(row, top);
      const places = i32x4.mul(
        i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(top, stride), left)), bytesEach,
      );
      const place0 = neighbours + <usize>i32x4.extract_lane(places, 0);
      const place1 = neighbours + <usize>i32x4.extract_lane(places, 1);
      const place2 = neighbours + <usize>i32x4.extract_lane(places, 2);
      const place3 = neighbours + <usize>i32x4.extract_lane(places, 3);
      for (let channel = 0; channel < channels; channel++) {
        const offset = <usize>channel << 2;
        let four = v128.load32_zero(place0 + offset);
        four = v128.load32_lane(place1 + offset, four, 1);
        four = v128.load32_lane(place2 + offset, four, 2);
        four = v128.load32_lane(place3 + offset, four, 3);
        const value = f32x4.div(mixFour(four, across, along), f32x4.splat(255));
        const to = x + (<usize>((y * width + start) * channels + channel) << 2);
        if (channels == 1) {
          storeLanes(to, value, width - start);
          continue;
        }
        const count = width - start;
        const pixel = <usize>channels << 2;
        store<f32>(to, f32x4.extract_lane(value, 0));
        if (count > 1) store<f32>(to + pixel, f32x4.extract_lane(value, 1));
        if (count > 2) store<f32>(to + 2 * pixel, f32x4.extract_lane(value, 2));
        if (count > 3) store<f32>(to + 3 * pixel, f32x4.extract_lane(value, 3));
      }
    }
  }
}

/** Four samples from their four bytes each. */
@inline
function mixFour(four: v128, across: v128, along: v128): v128 {
  const byte = i32x4.splat(255);
  const here = f32x4.convert_i32x4_s(v128.and(four, byte));
  const beside = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(four, 8), byte));
  const below = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(four, 16), byte));
  const belowBeside = f32x4.convert_i32x4_s(i32x4.shr_u(four, 24));
  const upper = multiplyAdd(across, f32x4.sub(beside, here), here);
  const lower = multiplyAdd(across, f32x4.sub(belowBeside, below), below);
  return multiplyAdd(along, f32x4.sub(lower, upper), upper);
}
