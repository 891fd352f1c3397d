/**
 * Convolution of images [height, width, channels] that are already padded: y[p, o] = bias[o] + sum over a kH x kW
 * window of x times kernel [kH, kW, Cin, Cout]. A window row is kW * Cin values that lie next to each other, so no copy
 * of windows is made. The gradient of the input is a convolution too: of the padded, spread dy with the flipped kernel.
 */
import { multiplyAdd, storeEight } from './arithmetic';
import { panelColumns } from './matrix';
import { multiplyTile, startTile, storeTile, tileBytes, tileRows } from './product-tile';

/** Bytes of convolutionForward's `tile`. */
export function convolutionForwardTileBytes(): i32 {
  return <i32>tileBytes;
}

/**
 * y = max(convolution + bias, minimum); minimum 0 makes a relu of it, -Infinity leaves it linear. The kernel comes in
 * panels (packPanels); `bias` must be readable to a whole panel.
 */
export function convolutionForward(
  x: usize, packed: usize, bias: usize, y: usize, images: i32,
  height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32,
  outputHeight: i32, outputWidth: i32, outputs: i32, minimum: f32, tile: usize,
): void {
  const lowest = f32x4.splat(minimum);
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>width * pixelBytes;
  const windowBytes = <usize>kernelWidth * pixelBytes;
  const imageBytes = <usize>height * rowBytes;
  const panelBytes = <usize>kernelHeight * windowBytes * 8;
  const yBytes = <usize>outputs << 2;
  const pixels = outputHeight * outputWidth;
  for (let image = 0; image < images; image++) {
    const source = x + <usize>image * imageBytes;
    const target = y + <usize>(image * pixels) * yBytes;
    for (let pixel = 0; pixel < pixels; pixel += tileRows) {
      // A tile that hangs over the last pixel repeats it.
      const p0 = windowAddress(source, pixel, pixels, outputWidth, rowBytes, pixelBytes, strideHeight, strideWidth);
      const p1 = windowAddress(source, pixel + 1, pixels, outputWidth, rowBytes, pixelBytes, strideHeight, strideWidth);
      const p2 = windowAddress(source, pixel + 2, pixels, outputWidth, rowBytes, pixelBytes, strideHeight, strideWidth);
      const p3 = windowAddress(source, pixel + 3, pixels, outputWidth, rowBytes, pixelBytes, strideHeight, strideWidth);
      const p4 = windowAddress(source, pixel + 4, pixels, outputWidth, rowBytes, pixelBytes, strideHeight, strideWidth);
      const p5 = windowAddress(source, pixel + 5, pixels, outputWidth, rowBytes, pixelBytes, strideHeight, strideWidth);
      const p6 = windowAddress(source, pixel + 6, pixels, outputWidth, rowBytes, pixelBytes, strideHeight, strideWidth);
      const p7 = windowAddress(source, pixel + 7, pixels, outputWidth, rowBytes, pixelBytes, strideHeight, strideWidth);
      for (let output = 0; output < outputs; output += 8) {
        let w = packed + <usize>(output >> 3) * panelBytes;
        startTile(tile, bias + (<usize>output << 2));
        for (let row = 0; row < kernelHeight; row++) {
          const o = <usize>row * rowBytes;
          multiplyTile(p0 + o, p1 + o, p2 + o, p3 + o, p4 + o, p5 + o, p6 + o, p7 + o, windowBytes, w, tile, false);
          w += windowBytes << 3;
        }
        const to = target + <usize>pixel * yBytes + (<usize>output << 2);
        storeTile(tile, lowest, to, yBytes, min(pixels - pixel, tileRows), outputs - output);
      }
    }
  }
}

@inline
function windowAddress(source: usize, pixel: i32, pixels: i32, outputWidth: i32, rowBytes: usize, pixelBytes: usize, strideHeight: i32, strideWidth: i32): usize {
  const inside = min(pixel, pixels - 1);
  const row = inside / outputWidth;
  const column = inside - row * outputWidth;
  return source + <usize>(row * strideHeight) * rowBytes + <usize>(column * strideWidth) * pixelBytes;
}

/**
 * Adds the kernel's gradient to dKernel [kH * kW * Cin, panelColumns(Cout)], image
 * after image and pixel after pixel. Register tile: 4 values of a window row x 8 output channels.
 */
export function convolutionKernelGradient(
  x: usize, dy: usize, dKernel: usize, images: i32,
  height: i32, width: i32, channels: i32, kernelHeight: i32, kernelWidth: i32, strideHeight: i32, strideWidth: i32,
  outputHeight: i32, outputWidth: i32, outputs: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const rowBytes = <usize>width * pixelBytes;
  const imageBytes = <usize>height * rowBytes;
  const window = kernelWidth * channels;
  const dyBytes = <usize>outputs << 2;
  const stride = <usize>panelColumns(outputs) << 2;
  const stepRow = <usize>strideHeight * rowBytes;
  const stepColumn = <usize>strideWidth * pixelBytes;
  for (let row = 0; row < kernelHeight; row++) {
    for (let k = 0; k < window; k += 4) {
      const source = x + <usize>row * rowBytes + (<usize>k << 2);
      for (let output = 0; output < outputs; output += 8) {
        const target = dKernel + <usize>(row * window + k) * stride + (<usize>output << 2);
        let a0 = v128.load(target), a1 = v128.load(target, 16);
        let b0 = f32x4.splat(0), b1 = b0, c0 = b0, c1 = b0, d0 = b0, d1 = b0;
        if (k + 1 < window) {
          b0 = v128.load(target + stride);
          b1 = v128.load(target + stride, 16);
        }
        if (k + 2 < window) {
          c0 = v128.load(target + 2 * stride);
          c1 = v128.load(target + 2 * stride, 16);
        }
        if (k + 3 < window) {
          d0 = v128.load(target + 3 * stride);
          d1 = v128.load(target + 3 * stride, 16);
        }
        let q = dy + (<usize>output << 2);
        for (let image = 0; image < images; image++) {
          for (let outputRow = 0; outputRow < outputHeight; outputRow++) {
            let p = source + <usize>image * imageBytes + <usize>outputRow * stepRow;
            const end = p + <usize>outputWidth * stepColumn;
            while (p < end) {
              const g0 = v128.load(q);
              const g1 = v128.load(q, 16);
              let s = v128.load_splat<f32>(p);
              a0 = multiplyAdd(s, g0, a0);
              a1 = multiplyAdd(s, g1, a1);
              s = v128.load_splat<f32>(p, 4);
              b0 = multiplyAdd(s, g0, b0);
              b1 = multiplyAdd(s, g1, b1);
              s = v128.load_splat<f32>(p, 8);
              c0 = multiplyAdd(s, g0, c0);
              c1 = multiplyAdd(s, g1, c1);
              s = v128.load_splat<f32>(p, 12);
              d0 = multiplyAdd(s, g0, d0);
              d1 = multiplyAdd(s, g1, d1);
              p += stepColumn;
              q += dyBytes;
            }
          }
        }
        v128.store(target, a0);
        v128.store(target, a1, 16);
        if (k + 1 < window) {
          v128.store(target + stride, b0);
          v128.store(target + stride, b1, 16);
        }
        if (k + 2 < window) {
          v128.store(target + 2 * stride, c0);
          v128.store(target + 2 * stride, c1, 16);
        }
        if (k + 3 < window) {
          v128.store(target + 3 * stride, d0);
          v128.store(target + 3 * stride, d1, 16);
        }
      }
    }
  }
}

/**
 * padded [images, paddedHeight, paddedWidth, channels]: zeros, with x [images, height, width, channels] laid in at
 * (top, left), its pixels strideHeight and strideWidth apart.
 */
export function padImages(
  x: usize, padded: usize, images: i32, height: i32, width: i32, channels: i32,
  paddedHeight: i32, paddedWidth: i32, top: i32, left: i32, strideHeight: i32, strideWidth: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const paddedRow = <usize>paddedWidth * pixelBytes;
  memory.fill(padded, 0, <usize>(images * paddedHeight) * paddedRow);
  let source = x;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < height; row++) {
      let target = padded + <usize>(image * paddedHeight + top + row * strideHeight) * paddedRow + <usize>left * pixelBytes;
      if (strideWidth == 1) {
        memory.copy(target, source, <usize>width * pixelBytes);
        source += <usize>width * pixelBytes;
      } else {
        for (let column = 0; column < width; column++) {
          memory.copy(target, source, pixelBytes);
          source += pixelBytes;
          target += <usize>strideWidth * pixelBytes;
        }
      }
    }
  }
}

/** The way back: x [images, height, width, channels] from the place (top, left) of the padded images. */
export function cropImages(
  padded: usize, x: usize, images: i32, height: i32, width: i32, channels: i32,
  paddedHeight: i32, paddedWidth: i32, top: i32, left: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const bytes = <usize>width * pixelBytes;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < height; row++) {
      const source = padded + <usize>((image * paddedHeight + top + row) * paddedWidth + left) * pixelBytes;
      memory.copy(x + <usize>(image * height + row) * bytes, source, bytes);
    }
  }
}
