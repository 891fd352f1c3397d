/**
 * The one place where the two arithmetics part: `fused` rounds a * b + c once (a true multiply-add), `plain` rounds the
 * product and the sum. Everything else in assembly/ is the same source for both builds.
 */

@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The same for single numbers, with the same rounding. */
@inline
export function multiplyAddScalar(a: f32, b: f32, c: f32): f32 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    return f32x4.extract_lane(f32x4.relaxed_madd(f32x4.splat(a), f32x4.splat(b), f32x4.splat(c)), 0);
  }
  return a * b + c;
}

/** Stores the first `count` lanes, 1 to 4. */
@inline
export function storeLanes(address: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(address, value);
    return;
  }
  store<f32>(address, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(address, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(address, f32x4.extract_lane(value, 2), 8);
}

/** Stores the first `count` of eight values that lie in two vectors, 1 to 8. */
@inline
export function storeEight(address: usize, low: v128, high: v128, count: i32): void {
  storeLanes(address, low, count);
  if (count > 4) storeLanes(address + 16, high, count - 4);
}

/**
 * Tells whether multiplyAdd really rounds once. For a = 1 + 2^-12, a^2 = 1 + 2^-11 + 2^-24: rounding the product to 24
 * bits loses the last term, a fused multiply-add keeps it. `a` is an argument so that the compiler cannot work it out.
 */
export function multiplyAddResidue(a: f32): f32 {
  return multiplyAddScalar(a, a, -1.00048828125);
}
