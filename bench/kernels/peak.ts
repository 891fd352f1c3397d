/**
 * The most multiply-adds that 128-bit WebAssembly does here: twelve chains that do not wait for one another, all in registers.
 * Built in both arithmetics; `plain` is a multiplication and an addition.
 */

function next(x: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, a, b);
  return f32x4.add(f32x4.mul(x, a), b);
}

/** 4 rounds of 12 vectors of 4 lanes an iteration: 192 multiply-adds. Every lane tends to b / (1 - a). */
export function multiplyAddChains(iterations: i32, a: f32, b: f32): f32 {
  const factor = f32x4.splat(a);
  const term = f32x4.splat(b);
  let x0 = term,
    x1 = term,
    x2 = term,
    x3 = term,
    x4 = term,
    x5 = term;
  let x6 = term,
    x7 = term,
    x8 = term,
    x9 = term,
    x10 = term,
    x11 = term;
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let round = 0; round < 4; round++) {
      x0 = next(x0, factor, term);
      x1 = next(x1, factor, term);
      x2 = next(x2, factor, term);
      x3 = next(x3, factor, term);
      x4 = next(x4, factor, term);
      x5 = next(x5, factor, term);
      x6 = next(x6, factor, term);
      x7 = next(x7, factor, term);
      x8 = next(x8, factor, term);
      x9 = next(x9, factor, term);
      x10 = next(x10, factor, term);
      x11 = next(x11, factor, term);
    }
  }
  const low = f32x4.add(f32x4.add(f32x4.add(x0, x1), f32x4.add(x2, x3)), f32x4.add(x4, x5));
  const high = f32x4.add(f32x4.add(f32x4.add(x6, x7), f32x4.add(x8, x9)), f32x4.add(x10, x11));
  return f32x4.extract_lane(f32x4.add(low, high), 0);
}
