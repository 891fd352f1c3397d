/** Inverted dropout. Which values stay is a function of (seed, layer, step, place in the batch) alone. */
import { storeRandomPairs } from './random';
import { stepOf } from './step-record';

/**
 * y = x scale where a value stays, else 0; mask (uint8) keeps which did. A value stays where its random 32 bits are at least
 * `threshold` = rate 2^32. `scratch` has room for 32 bytes.
 */
export function dropoutForward(
  x: usize, y: usize, mask: usize, record: usize, firstRow: i32, rows: i32, size: i32,
  seed: u32, key: u32, threshold: u32, scale: f32, scratch: usize,
): void {
  const first = <u32>firstRow * <u32>size;
  const count = <u32>rows * <u32>size;
  const step = stepOf(record);
  let block: u32 = 0xffffffff;
  for (let i: u32 = 0; i < count; i++) {
    const place = first + i;
    if (place >> 3 != block) {
      block = place >> 3;
      storeRandomPairs(scratch, seed, key, step, block << 2);
    }
    const stays = load<u32>(scratch + (<usize>(place & 7) << 2)) >= threshold;
    store<u8>(mask + <usize>i, <u8>stays);
    const at = <usize>i << 2;
    store<f32>(y + at, stays ? load<f32>(x + at) * scale : 0);
  }
}

/** dx = dy scale where the value stayed, else 0; dx may be dy. */
export function dropoutBackward(dy: usize, mask: usize, dx: usize, count: i32, scale: f32): void {
  for (let i = 0; i < count; i++) {
    const at = <usize>i << 2;
    store<f32>(dx + at, load<u8>(mask + <usize>i) != 0 ? load<f32>(dy + at) * scale : 0);
  }
}
