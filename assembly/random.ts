/** Threefry-2x32-20 (Salmon et al. 2011), four counters at once; the twin of src/numerics/random.ts. */

@inline
function rotateLeft(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/** Both results of four encryptions, stored as eight unsigned integers: a0 b0 a1 b1 a2 b2 a3 b3. */
@inline
export function storeRandomPairs(address: usize, seed: u32, key: u32, step: u32, firstPair: u32): void {
  const k0 = i32x4.splat(seed);
  const k1 = i32x4.splat(key);
  const k2 = i32x4.splat(seed ^ key ^ 0x1bd11bda);
  let a = i32x4.add(i32x4.splat(step), k0);
  let b = i32x4.add(i32x4.add(i32x4.splat(firstPair), i32x4(0, 1, 2, 3)), k1);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 13), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 15), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 26), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 6), a);
  a = i32x4.add(a, k1); b = i32x4.add(b, i32x4.add(k2, i32x4.splat(1)));
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 17), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 29), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 16), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 24), a);
  a = i32x4.add(a, k2); b = i32x4.add(b, i32x4.add(k0, i32x4.splat(2)));
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 13), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 15), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 26), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 6), a);
  a = i32x4.add(a, k0); b = i32x4.add(b, i32x4.add(k1, i32x4.splat(3)));
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 17), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 29), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 16), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 24), a);
  a = i32x4.add(a, k1); b = i32x4.add(b, i32x4.add(k2, i32x4.splat(4)));
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 13), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 15), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 26), a);
  a = i32x4.add(a, b); b = v128.xor(rotateLeft(b, 6), a);
  a = i32x4.add(a, k2); b = i32x4.add(b, i32x4.add(k0, i32x4.splat(5)));
  v128.store(address, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
  v128.store(address, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
}
