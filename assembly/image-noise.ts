/** Noise on an image's values: the sum of a random word's four bytes, which is all but normal (Irwin and Hall). */
import { multiplyAdd } from './arithmetic';
import { storeRandomPairs } from './random';

/** Four bytes add up to 510 on average, with a standard deviation of sqrt(4 (256^2 - 1) / 12). */
const mean: f32 = 510;
const deviationOfSum: f32 = 147.80054127099805;

@inline
function noisy(value: v128, words: v128, factor: v128): v128 {
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(words));
  const sum = multiplyAdd(f32x4.sub(f32x4.convert_i32x4_s(sums), f32x4.splat(mean)), factor, value);
  return f32x4.pmax(f32x4.splat(0), f32x4.pmin(f32x4.splat(1), sum));
}

/** Adds noise of a standard deviation to x [size] and keeps it within 0 and 1. `scratch` has room for 32 bytes. */
export function addNoise(
  x: usize, size: i32, deviation: f32, seed: u32, key: u32, step: u32, firstPair: u32, scratch: usize,
): void {
  const factor = f32x4.splat(deviation / deviationOfSum);
  for (let i = 0; i < size; i += 8) {
    storeRandomPairs(scratch, seed, key, step, firstPair + <u32>(i >> 1));
    const at = x + (<usize>i << 2);
    if (size - i >= 8) {
      v128.store(at, noisy(v128.load(at), v128.load(scratch), factor));
      v128.store(at, noisy(v128.load(at, 16), v128.load(scratch, 16), factor), 16);
      continue;
    }
    for (let rest = i; rest < size; rest++) {
      const one = x + (<usize>rest << 2);
      const word = v128.load32_splat(scratch + (<usize>(rest - i) << 2));
      store<f32>(one, f32x4.extract_lane(noisy(v128.load32_splat(one), word, factor), 0));
    }
  }
}
