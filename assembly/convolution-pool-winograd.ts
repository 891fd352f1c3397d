/**
 * The forward pass of the fused block convolution 3x3 + bias + relu + 2x2 max-pooling by Winograd's F(2x2, 3x3) (Lavin
 * and Gray 2016): a 4x4 patch of the input gives a 2x2 tile of the output, which is just the pooling window, with 16
 * multiplications for 36. Input patch d and kernel g are transformed, V = B^T d B and U = G g G^T; their elementwise
 * products are summed over the channels as 16 matrix products; A^T M A is the tile.
 */
import { poolFour } from './convolution-pool';
import { packedBytes } from './matrix';
import { multiplyTile, tileBytes, tileRows } from './product-tile';

/** Bytes of a kernel [3, 3, Cin, Cout] in Winograd's form. */
export function winogradKernelBytes(channels: i32, outputs: i32): i32 {
  return packedBytes(16 * channels, outputs);
}

/**
 * U of kernel [3, 3, Cin, Cout] as [ceil(Cout / 8)][16][Cin][8], zeros where outputs end; panels firstPanel to
 * lastPanel.
 */
export function winogradTransformKernel(kernel: usize, channels: i32, outputs: i32, transformed: usize, firstPanel: i32, lastPanel: i32): void {
  const tap = <usize>(channels * outputs) << 2;
  const plane = <usize>channels << 5;
  for (let panel = firstPanel; panel < lastPanel; panel++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let lane = 0; lane < 8; lane++) {
        const output = panel * 8 + lane;
        let to = transformed + <usize>panel * 16 * plane + (<usize>(channel * 8 + lane) << 2);
        if (output >= outputs) {
          for (let k = 0; k < 16; k++) store<f32>(to + <usize>k * plane, 0);
          continue;
        }
        const from = kernel + (<usize>(channel * outputs + output) << 2);
        const g00 = load<f32>(from), g01 = load<f32>(from + tap), g02 = load<f32>(from + 2 * tap);
        const g10 = load<f32>(from + 3 * tap), g11 = load<f32>(from + 4 * tap), g12 = load<f32>(from + 5 * tap);
        const g20 = load<f32>(from + 6 * tap), g21 = load<f32>(from + 7 * tap), g22 = load<f32>(from + 8 * tap);
        const half: f32 = 0.5;
        storeKernelRow(to, plane, g00, g01, g02);
        to += 4 * plane;
        storeKernelRow(to, plane, half * (g00 + g10 + g20), half * (g01 + g11 + g21), half * (g02 + g12 + g22));
        to += 4 * plane;
        storeKernelRow(to, plane, half * (g00 - g10 + g20), half * (g01 - g11 + g21), half * (g02 - g12 + g22));
        to += 4 * plane;
        storeKernelRow(to, plane, g20, g21, g22);
      }
    }
  }
}

@inline
function storeKernelRow(to: usize, plane: usize, a: f32, b: f32, c: f32): void {
  const half: f32 = 0.5;
  store<f32>(to, a);
  store<f32>(to + plane, half * (a + b + c));
  store<f32>(to + 2 * plane, half * (a - b + c));
  store<f32>(to + 3 * plane, c);
}

/** V of one patch for all its channels, to [16][tileRows][channels] at the tile's place. */
@inline
function transformPatch(patch: usize, rowBytes: usize, pixelBytes: usize, to: usize): void {
  const groupBytes = pixelBytes * <usize>tileRows;
  for (let offset: usize = 0; offset < pixelBytes; offset += 16) {
    const r0 = patch + offset;
    const r1 = r0 + rowBytes;
    const r2 = r1 + rowBytes;
    const r3 = r2 + rowBytes;
    const p2 = pixelBytes << 1;
    const p3 = p2 + pixelBytes;
    const d10 = v128.load(r1), d11 = v128.load(r1 + pixelBytes), d12 = v128.load(r1 + p2), d13 = v128.load(r1 + p3);
    const d20 = v128.load(r2), d21 = v128.load(r2 + pixelBytes), d22 = v128.load(r2 + p2), d23 = v128.load(r2 + p3);
    let at = to + offset;
    storePatchRow(at, groupBytes, f32x4.sub(v128.load(r0), d20), f32x4.sub(v128.load(r0 + pixelBytes), d21), f32x4.sub(v128.load(r0 + p2), d22), f32x4.sub(v128.load(r0 + p3), d23));
    at += 4 * groupBytes;
    storePatchRow(at, groupBytes, f32x4.add(d10, d20), f32x4.add(d11, d21), f32x4.add(d12, d22), f32x4.add(d13, d23));
    at += 4 * groupBytes;
    storePatchRow(at, groupBytes, f32x4.sub(d20, d10), f32x4.sub(d21, d11), f32x4.sub(d22, d12), f32x4.sub(d23, d13));
    at += 4 * groupBytes;
    storePatchRow(at, groupBytes, f32x4.sub(d10, v128.load(r3)), f32x4.sub(d11, v128.load(r3 + pixelBytes)), f32x4.sub(d12, v128.load(r3 + p2)), f32x4.sub(d13, v128.load(r3 + p3)));
  }
}

@inline
function storePatchRow(to: usize, plane: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(to, f32x4.sub(a, c));
  v128.store(to + plane, f32x4.add(b, c));
  v128.store(to + 2 * plane, f32x4.sub(c, b));
  v128.store(to + 3 * plane, f32x4.sub(b, d));
}

/**
 * Bytes of winogradPoolForward's `scratch`: the products of a group of tiles, then the transformed patches of four
 * images, to a whole group.
 */
export function winogradPoolForwardScratchBytes(channels: i32, poolHeight: i32, poolWidth: i32): i32 {
  return productBytes + 256 * channels * (poolHeight * poolWidth + 1);
}

/** Of a group of tiles, 16 products each. */
const productBytes = 4096;

/**
 * y and argmax as convolutionPoolForward gives them but for rounding (relative error below 1e-6). `channels` is a
 * multiple of four.
 */
export function winogradPoolForward(
  x: usize, transformed: usize, bias: usize, y: usize, argmax: usize, images: i32,
  height: i32, width: i32, channels: i32, poolHeight: i32, poolWidth: i32, outputs: i32, minimum: f32, scratch: usize,
): void {
  const imageBytes = <usize>(height * width * channels) << 2;
  const imageOutputs = <usize>(poolHeight * poolWidth * outputs);
  const products = scratch;
  const patches = scratch + productBytes;
  // Four images at a time: whole groups of tiles, or nearly so, and few enough patches for the second-level cache.
  for (let image = 0; image < images; image += 4) {
    const count = min(images - image, 4);
    transformPatches(x + <usize>image * imageBytes, count, height, width, channels, poolHeight, poolWidth, patches);
    const first = <usize>image * imageOutputs;
    const tiles = count * poolHeight * poolWidth;
    multiplyAndPool(patches, transformed, bias, y + (first << 2), argmax + first, tiles, channels, outputs, minimum, products);
  }
}

/** V of all patches, as [tiles / tileRows][16][tileRows][channels]. */
function transformPatches(x: usize, images: i32, height: i32, width: i32, channels: i32, poolHeight: i32, poolWidth: i32, patches: usize): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>width * pixelBytes;
  let tile: usize = 0;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < poolHeight; row++) {
      let patch = x + <usize>(image * height + 2 * row) * rowBytes;
      for (let column = 0; column < poolWidth; column++) {
        transformPatch(patch, rowBytes, pixelBytes, patches + (tile / <usize>tileRows * 16 * <usize>tileRows + tile % <usize>tileRows) * pixelBytes);
        patch += pixelBytes << 1;
        tile++;
      }
    }
  }
}

/** M = V U summed over the channels, a group of tiles and eight outputs at a time; then each tile is pooled. */
function multiplyAndPool(
  patches: usize, transformed: usize, bias: usize, y: usize, argmax: usize,
  tiles: i32, channels: i32, outputs: i32, minimum: f32, products: usize,
): void {
  const pixelBytes = <usize>channels << 2;
  const patchBytes = pixelBytes * <usize>tileRows;
  for (let output = 0; output < outputs; output += 8) {
    const panel = transformed + <usize>(output >> 3) * (pixelBytes << 7);
    const count = outputs - output;
    const bias0 = v128.load(bias + (<usize>output << 2));
    const bias1 = v128.load(bias + (<usize>output << 2), 16);
    let patch = patches;
    for (let tile = 0; tile < tiles; tile += tileRows) {
      let w = panel;
      for (let k = 0; k < 16; k++) {
        const p1 = patch + pixelBytes, p2 = p1 + pixelBytes, p3 = p2 + pixelBytes;
        const p4 = p3 + pixelBytes, p5 = p4 + pixelBytes, p6 = p5 + pixelBytes, p7 = p6 + pixelBytes;
        multiplyTile(patch, p1, p2, p3, p4, p5, p6, p7, pixelBytes, w, products + <usize>k * tileBytes, true);
        w += pixelBytes << 3;
        patch += patchBytes;
      }
      const inGroup = min(tiles - tile, tileRows);
      for (let i = 0; i < inGroup; i++) {
        const place = <usize>((tile + i) * outputs + output);
        const product = products + (<usize>i << 5);
        poolTile(product, bias0, y + (place << 2), argmax + place, minimum, count);
        if (count > 4) poolTile(product + 16, bias1, y + (place << 2) + 16, argmax + place + 4, minimum, count - 4);
      }
    }
  }
}

/** A^T M A + bias of four outputs, then pooled. */
@inline
function poolTile(m: usize, bias: v128, y: usize, argmax: usize, minimum: f32, count: i32): void {
  const b0 = v128.load(m, 4 * tileBytes), b1 = v128.load(m, 5 * tileBytes), b2 = v128.load(m, 6 * tileBytes), b3 = v128.load(m, 7 * tileBytes);
  const c0 = v128.load(m, 8 * tileBytes), c1 = v128.load(m, 9 * tileBytes), c2 = v128.load(m, 10 * tileBytes), c3 = v128.load(m, 11 * tileBytes);
  const s0 = f32x4.add(f32x4.add(v128.load(m), b0), c0);
  const s1 = f32x4.add(f32x4.add(v128.load(m, tileBytes), b1), c1);
  const s2 = f32x4.add(f32x4.add(v128.load(m, 2 * tileBytes), b2), c2);
  const s3 = f32x4.add(f32x4.add(v128.load(m, 3 * tileBytes), b3), c3);
  const t0 = f32x4.sub(f32x4.sub(b0, c0), v128.load(m, 12 * tileBytes));
  const t1 = f32x4.sub(f32x4.sub(b1, c1), v128.load(m, 13 * tileBytes));
  const t2 = f32x4.sub(f32x4.sub(b2, c2), v128.load(m, 14 * tileBytes));
  const t3 = f32x4.sub(f32x4.sub(b3, c3), v128.load(m, 15 * tileBytes));
  const topLeft = f32x4.add(bias, f32x4.add(f32x4.add(s0, s1), s2));
  const topRight = f32x4.add(bias, f32x4.sub(f32x4.sub(s1, s2), s3));
  const bottomLeft = f32x4.add(bias, f32x4.add(f32x4.add(t0, t1), t2));
  const bottomRight = f32x4.add(bias, f32x4.sub(f32x4.sub(t1, t2), t3));
  poolFour(topLeft, topRight, bottomLeft, bottomRight, y, argmax, minimum, count);
}
