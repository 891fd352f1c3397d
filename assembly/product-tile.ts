/**
 * The register tile of the dense products: some rows of the left operand times a panel of eight columns. It begins and
 * ends in memory, [tileRows, 8], so that neighbouring accumulators are read and written side by side.
 *
 * Accumulators are locals, written out one by one, here and in the other kernels with a register tile (dense,
 * convolution, convolution-pool, sums-of-products): AssemblyScript has no arrays that stay in registers, and a loop over
 * rows that is to be unrolled would leave the order of loads and sums to the compiler, which costs registers.
 */
import { multiplyAdd, storeEight } from './arithmetic';
import { wide } from './vectors';

/** Rows of a tile. */
export const tileRows: i32 = wide ? 8 : 4;
/** Bytes of a tile in memory. */
export const tileBytes: usize = wide ? 256 : 128;

/**
 * tile [tileRows, 8] = (0 or tile) + rows times panel: `bytes` bytes of each row p0, p1, ..., and a panel of as many
 * rows of eight. Of the addresses of rows the first `tileRows` count.
 */
@inline
export function multiplyTile(
  p0: usize, p1: usize, p2: usize, p3: usize, p4: usize, p5: usize, p6: usize, p7: usize,
  bytes: usize, panel: usize, tile: usize, fromZero: bool,
): void {
  if (wide) eightRows(p0, p1, p2, p3, p4, p5, p6, p7, p0 + bytes, panel, tile, fromZero);
  else fourRows(p0, p1, p2, p3, p0 + bytes, panel, tile, fromZero);
}

/** Fills a tile with the bias of its eight columns. */
@inline
export function startTile(tile: usize, bias: usize): void {
  const low = v128.load(bias), high = v128.load(bias, 16);
  for (let at: usize = 0; at < tileBytes; at += 32) {
    v128.store(tile + at, low);
    v128.store(tile + at, high, 16);
  }
}

/** Stores `rows` rows of a tile, `columns` columns or eight, and nothing below `lowest`. */
@inline
export function storeTile(tile: usize, lowest: v128, y: usize, stride: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    storeEight(y, f32x4.max(v128.load(tile), lowest), f32x4.max(v128.load(tile, 16), lowest), columns);
    tile += 32;
    y += stride;
  }
}

@inline
function start(tile: usize, offset: usize, fromZero: bool): v128 {
  return fromZero ? f32x4.splat(0) : v128.load(tile + offset);
}

/** Accumulators: eight vectors of four. */
@inline
function fourRows(p0: usize, p1: usize, p2: usize, p3: usize, end: usize, w: usize, tile: usize, fromZero: bool): void {
  let a0 = start(tile, 0, fromZero), a1 = start(tile, 16, fromZero), b0 = start(tile, 32, fromZero), b1 = start(tile, 48, fromZero);
  let c0 = start(tile, 64, fromZero), c1 = start(tile, 80, fromZero), d0 = start(tile, 96, fromZero), d1 = start(tile, 112, fromZero);
  while (p0 < end) {
    const w0 = v128.load(w), w1 = v128.load(w, 16);
    let s = v128.load_splat<f32>(p0);
    a0 = multiplyAdd(s, w0, a0);
    a1 = multiplyAdd(s, w1, a1);
    s = v128.load_splat<f32>(p1);
    b0 = multiplyAdd(s, w0, b0);
    b1 = multiplyAdd(s, w1, b1);
    s = v128.load_splat<f32>(p2);
    c0 = multiplyAdd(s, w0, c0);
    c1 = multiplyAdd(s, w1, c1);
    s = v128.load_splat<f32>(p3);
    d0 = multiplyAdd(s, w0, d0);
    d1 = multiplyAdd(s, w1, d1);
    w += 32;
    p0 += 4;
    p1 += 4;
    p2 += 4;
    p3 += 4;
  }
  v128.store(tile, a0);
  v128.store(tile, a1, 16);
  v128.store(tile, b0, 32);
  v128.store(tile, b1, 48);
  v128.store(tile, c0, 64);
  v128.store(tile, c1, 80);
  v128.store(tile, d0, 96);
  v128.store(tile, d1, 112);
}

/** Accumulators: eight pairs of vectors. Two turns in one, since a turn's bookkeeping costs as much as its sums. */
@inline
function eightRows(p0: usize, p1: usize, p2: usize, p3: usize, p4: usize, p5: usize, p6: usize, p7: usize, end: usize, w: usize, tile: usize, fromZero: bool): void {
  let a0 = start(tile, 0, fromZero), a1 = start(tile, 16, fromZero), b0 = start(tile, 32, fromZero), b1 = start(tile, 48, fromZero);
  let c0 = start(tile, 64, fromZero), c1 = start(tile, 80, fromZero), d0 = start(tile, 96, fromZero), d1 = start(tile, 112, fromZero);
  let e0 = start(tile, 128, fromZero), e1 = start(tile, 144, fromZero), f0 = start(tile, 160, fromZero), f1 = start(tile, 176, fromZero);
  let g0 = start(tile, 192, fromZero), g1 = start(tile, 208, fromZero), h0 = start(tile, 224, fromZero), h1 = start(tile, 240, fromZero);
  while (p0 + 4 < end) {
    let w0 = v128.load(w), w1 = v128.load(w, 16);
    let s = v128.load_splat<f32>(p0);
    a0 = multiplyAdd(s, w0, a0);
    a1 = multiplyAdd(s, w1, a1);
    s = v128.load_splat<f32>(p1);
    b0 = multiplyAdd(s, w0, b0);
    b1 = multiplyAdd(s, w1, b1);
    s = v128.load_splat<f32>(p2);
    c0 = multiplyAdd(s, w0, c0);
    c1 = multiplyAdd(s, w1, c1);
    s = v128.load_splat<f32>(p3);
    d0 = multiplyAdd(s, w0, d0);
    d1 = multiplyAdd(s, w1, d1);
    s = v128.load_splat<f32>(p4);
    e0 = multiplyAdd(s, w0, e0);
    e1 = multiplyAdd(s, w1, e1);
    s = v128.load_splat<f32>(p5);
    f0 = multiplyAdd(s, w0, f0);
    f1 = multiplyAdd(s, w1, f1);
    s = v128.load_splat<f32>(p6);
    g0 = multiplyAdd(s, w0, g0);
    g1 = multiplyAdd(s, w1, g1);
    s = v128.load_splat<f32>(p7);
    h0 = multiplyAdd(s, w0, h0);
    h1 = multiplyAdd(s, w1, h1);
    w0 = v128.load(w, 32);
    w1 = v128.load(w, 48);
    s = v128.load_splat<f32>(p0, 4);
    a0 = multiplyAdd(s, w0, a0);
    a1 = multiplyAdd(s, w1, a1);
    s = v128.load_splat<f32>(p1, 4);
    b0 = multiplyAdd(s, w0, b0);
    b1 = multiplyAdd(s, w1, b1);
    s = v128.load_splat<f32>(p2, 4);
    c0 = multiplyAdd(s, w0, c0);
    c1 = multiplyAdd(s, w1, c1);
    s = v128.load_splat<f32>(p3, 4);
    d0 = multiplyAdd(s, w0, d0);
    d1 = multiplyAdd(s, w1, d1);
    s = v128.load_splat<f32>(p4, 4);
    e0 = multiplyAdd(s, w0, e0);
    e1 = multiplyAdd(s, w1, e1);
    s = v128.load_splat<f32>(p5, 4);
    f0 = multiplyAdd(s, w0, f0);
    f1 = multiplyAdd(s, w1, f1);
    s = v128.load_splat<f32>(p6, 4);
    g0 = multiplyAdd(s, w0, g0);
    g1 = multiplyAdd(s, w1, g1);
    s = v128.load_splat<f32>(p7, 4);
    h0 = multiplyAdd(s, w0, h0);
    h1 = multiplyAdd(s, w1, h1);
    w += 64;
    p0 += 8;
    p1 += 8;
    p2 += 8;
    p3 += 8;
    p4 += 8;
    p5 += 8;
    p6 += 8;
    p7 += 8;
  }
  if (p0 < end) {
    const w0 = v128.load(w), w1 = v128.load(w, 16);
    let s = v128.load_splat<f32>(p0);
    a0 = multiplyAdd(s, w0, a0);
    a1 = multiplyAdd(s, w1, a1);
    s = v128.load_splat<f32>(p1);
    b0 = multiplyAdd(s, w0, b0);
    b1 = multiplyAdd(s, w1, b1);
    s = v128.load_splat<f32>(p2);
    c0 = multiplyAdd(s, w0, c0);
    c1 = multiplyAdd(s, w1, c1);
    s = v128.load_splat<f32>(p3);
    d0 = multiplyAdd(s, w0, d0);
    d1 = multiplyAdd(s, w1, d1);
    s = v128.load_splat<f32>(p4);
    e0 = multiplyAdd(s, w0, e0);
    e1 = multiplyAdd(s, w1, e1);
    s = v128.load_splat<f32>(p5);
    f0 = multiplyAdd(s, w0, f0);
    f1 = multiplyAdd(s, w1, f1);
    s = v128.load_splat<f32>(p6);
    g0 = multiplyAdd(s, w0, g0);
    g1 = multiplyAdd(s, w1, g1);
    s = v128.load_splat<f32>(p7);
    h0 = multiplyAdd(s, w0, h0);
    h1 = multiplyAdd(s, w1, h1);
  }
  v128.store(tile, a0);
  v128.store(tile, a1, 16);
  v128.store(tile, b0, 32);
  v128.store(tile, b1, 48);
  v128.store(tile, c0, 64);
  v128.store(tile, c1, 80);
  v128.store(tile, d0, 96);
  v128.store(tile, d1, 112);
  v128.store(tile, e0, 128);
  v128.store(tile, e1, 144);
  v128.store(tile, f0, 160);
  v128.store(tile, f1, 176);
  v128.store(tile, g0, 192);
  v128.store(tile, g1, 208);
  v128.store(tile, h0, 224);
  v128.store(tile, h1, 240);
}
