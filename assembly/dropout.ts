/** Inverted dropout. Which values stay is a function of (seed, layer, step, place in the batch) alone. */
import { storeRandomPairs } from './random';
import { stepOf } from './step-record';

/** Bytes of dropoutForward's `scratch`: eight random words. */
export function dropoutForwardScratchBytes(): i32 {
  return 32;
}

/**
 * y = x scale where a value stays, else 0; mask (uint8) keeps which did. A value stays where its random 32 bits are at
 * least `threshold` = rate 2^32.
 */
export function dropoutForward(
  x: usize, y: usize, mask: usize, record: usize, firstRow: i32, rows: i32, size: i32,
  seed: u32, key: u32, threshold: u32, scale: f32, scratch: usize,
): void {
  const first = <u32>firstRow * <u32>size;
  const count = <u32>rows * <u32>size;
  const step = stepOf(record);
  for (let i: u32 = 0; i < count;) {
    const place = first + i;
    storeRandomPairs(scratch, seed, key, step, (place >> 3) << 2);
    if ((place & 7) == 0 && count - i >= 8) {
      keepEight(x + (<usize>i << 2), y + (<usize>i << 2), mask + <usize>i, threshold, scale, scratch);
      i += 8;
      continue;
    }
    const end = min(count, i + 8 - (place & 7));
    for (; i < end; i++) {
      const stays = load<u32>(scratch + (<usize>((first + i) & 7) << 2)) >= threshold;
      store<u8>(mask + <usize>i, <u8>stays);
      const at = <usize>i << 2;
      store<f32>(y + at, stays ? load<f32>(x + at) * scale : 0);
    }
  }
}

@inline
function keepEight(x: usize, y: usize, mask: usize, threshold: u32, scale: f32, random: usize): void {
  const lowest = i32x4.splat(threshold);
  const low = v128.ge<u32>(v128.load(random), lowest);
  const high = v128.ge<u32>(v128.load(random, 16), lowest);
  v128.store(y, v128.and(low, f32x4.mul(v128.load(x), f32x4.splat(scale))));
  v128.store(y, v128.and(high, f32x4.mul(v128.load(x, 16), f32x4.splat(scale))), 16);
  const halves = v128.and(v128.narrow<i32>(low, high), i16x8.splat(1));
  store<u64>(mask, i64x2.extract_lane(v128.narrow<i16>(halves, halves), 0));
}

/** dx = dy scale where the value stayed, else 0; dx may be dy. */
export function dropoutBackward(dy: usize, mask: usize, dx: usize, count: i32, scale: f32): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    store<f32>(dx + at, load<u8>(mask + <usize>i) != 0 ? load<f32>(dy + at) * scale : 0);
  }
}
