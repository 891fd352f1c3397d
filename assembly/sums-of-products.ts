/**
 * Sums over a list of live values: a list's items are pairs of a number and an address, 8 bytes each. What a gradient
 * does not reach is not in the list, and so costs nothing.
 */
import { multiplyAdd, storeLanes } from './arithmetic';
import { wide } from './vectors';

/**
 * target[i] += sum over the list of number * address[offset + i], item after item, for `bytes` bytes. Register tile:
 * six vectors, since with eight V8's register allocation before Node 24 keeps some of them on the stack; six pairs
 * where wide.
 */
@inline
export function addProducts(list: usize, end: usize, offset: usize, target: usize, bytes: usize): void {
  let i: usize = 0;
  if (wide) {
    for (; i + 192 <= bytes; i += 192) {
      const to = target + i;
      const from = offset + i;
      let a0 = v128.load(to), a1 = v128.load(to, 16), a2 = v128.load(to, 32), a3 = v128.load(to, 48);
      let b0 = v128.load(to, 64), b1 = v128.load(to, 80), b2 = v128.load(to, 96), b3 = v128.load(to, 112);
      let c0 = v128.load(to, 128), c1 = v128.load(to, 144), c2 = v128.load(to, 160), c3 = v128.load(to, 176);
      for (let item = list; item < end; item += 8) {
        const s = v128.load_splat<f32>(item);
        const address = <usize>load<u32>(item, 4) + from;
        a0 = multiplyAdd(s, v128.load(address), a0);
        a1 = multiplyAdd(s, v128.load(address, 16), a1);
        a2 = multiplyAdd(s, v128.load(address, 32), a2);
        a3 = multiplyAdd(s, v128.load(address, 48), a3);
        b0 = multiplyAdd(s, v128.load(address, 64), b0);
        b1 = multiplyAdd(s, v128.load(address, 80), b1);
        b2 = multiplyAdd(s, v128.load(address, 96), b2);
        b3 = multiplyAdd(s, v128.load(address, 112), b3);
        c0 = multiplyAdd(s, v128.load(address, 128), c0);
        c1 = multiplyAdd(s, v128.load(address, 144), c1);
        c2 = multiplyAdd(s, v128.load(address, 160), c2);
        c3 = multiplyAdd(s, v128.load(address, 176), c3);
      }
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to, a2, 32);
      v128.store(to, a3, 48);
      v128.store(to, b0, 64);
      v128.store(to, b1, 80);
      v128.store(to, b2, 96);
      v128.store(to, b3, 112);
      v128.store(to, c0, 128);
      v128.store(to, c1, 144);
      v128.store(to, c2, 160);
      v128.store(to, c3, 176);
    }
  }
  for (; i + 96 <= bytes; i += 96) {
    const to = target + i;
    const from = offset + i;
    let a0 = v128.load(to), a1 = v128.load(to, 16), a2 = v128.load(to, 32), a3 = v128.load(to, 48);
    let a4 = v128.load(to, 64), a5 = v128.load(to, 80);
    for (let item = list; item < end; item += 8) {
      const s = v128.load_splat<f32>(item);
      const address = <usize>load<u32>(item, 4) + from;
      a0 = multiplyAdd(s, v128.load(address), a0);
      a1 = multiplyAdd(s, v128.load(address, 16), a1);
      a2 = multiplyAdd(s, v128.load(address, 32), a2);
      a3 = multiplyAdd(s, v128.load(address, 48), a3);
      a4 = multiplyAdd(s, v128.load(address, 64), a4);
      a5 = multiplyAdd(s, v128.load(address, 80), a5);
    }
    v128.store(to, a0);
    v128.store(to, a1, 16);
    v128.store(to, a2, 32);
    v128.store(to, a3, 48);
    v128.store(to, a4, 64);
    v128.store(to, a5, 80);
  }
  for (; i < bytes; i += 16) {
    const to = target + i;
    const from = offset + i;
    let sum = v128.load(to);
    for (let item = list; item < end; item += 8) {
      sum = multiplyAdd(v128.load_splat<f32>(item), v128.load(<usize>load<u32>(item, 4) + from), sum);
    }
    storeLanes(to, sum, <i32>((bytes - i) >> 2));
  }
}
