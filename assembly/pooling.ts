/**
 * Pooling of images [height, width, channels] with windows that may overlap or hang over the edge; padding takes no
 * part.
 */
import { multiplyAdd, storeLanes } from './arithmetic';

/**
 * y [images, outputHeight, outputWidth, channels]: the largest value of each window. argmax (uint32, the same shape):
 * its place in the image, the first of equals in row-major order.
 */
export function maxPoolingForward(
  x: usize, y: usize, argmax: usize, images: i32, height: i32, width: i32, channels: i32,
  poolHeight: i32, poolWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32, outputHeight: i32, outputWidth: i32,
): void {
  const imageBytes = <usize>(height * width * channels) << 2;
  let to: usize = 0;
  for (let image = 0; image < images; image++) {
    const source = x + <usize>image * imageBytes;
    for (let row = 0; row < outputHeight; row++) {
      const firstRow = max(row * strideHeight - top, 0);
      const lastRow = min(row * strideHeight - top + poolHeight, height);
      for (let column = 0; column < outputWidth; column++) {
        const firstColumn = max(column * strideWidth - left, 0);
        const lastColumn = min(column * strideWidth - left + poolWidth, width);
        for (let channel = 0; channel < channels; channel++) {
          let index = (firstRow * width + firstColumn) * channels + channel;
          let largest = load<f32>(source + (<usize>index << 2));
          for (let r = firstRow; r < lastRow; r++) {
            for (let c = firstColumn; c < lastColumn; c++) {
              const place = (r * width + c) * channels + channel;
              const value = load<f32>(source + (<usize>place << 2));
              // A NaN wins, so that it is seen at the end.
              if (value > largest || value != value) {
                largest = value;
                index = place;
              }
            }
          }
          store<f32>(y + to, largest);
          store<u32>(argmax + to, <u32>index);
          to += 4;
        }
      }
    }
  }
}

/** dx [images, inputSize]: each dy added at its argmax; outputSize values an image. */
export function maxPoolingBackward(dy: usize, argmax: usize, dx: usize, images: i32, inputSize: i32, outputSize: i32): void {
  memory.fill(dx, 0, <usize>(images * inputSize) << 2);
  let from: usize = 0;
  for (let image = 0; image < images; image++) {
    const target = dx + (<usize>(image * inputSize) << 2);
    for (let i = 0; i < outputSize; i++) {
      const to = target + (<usize>load<u32>(argmax + from) << 2);
      store<f32>(to, load<f32>(to) + load<f32>(dy + from));
      from += 4;
    }
  }
}

/** y [images, outputHeight, outputWidth, channels]: the mean of what each window covers of the image. */
export function averagePoolingForward(
  x: usize, y: usize, images: i32, height: i32, width: i32, channels: i32,
  poolHeight: i32, poolWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32, outputHeight: i32, outputWidth: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const imageBytes = <usize>(height * width) * pixelBytes;
  let target = y;
  for (let image = 0; image < images; image++) {
    const source = x + <usize>image * imageBytes;
    for (let row = 0; row < outputHeight; row++) {
      const firstRow = max(row * strideHeight - top, 0);
      const lastRow = min(row * strideHeight - top + poolHeight, height);
      for (let column = 0; column < outputWidth; column++) {
        const firstColumn = max(column * strideWidth - left, 0);
        const lastColumn = min(column * strideWidth - left + poolWidth, width);
        const fraction = f32x4.splat(1 / <f32>((lastRow - firstRow) * (lastColumn - firstColumn)));
        for (let channel = 0; channel < channels; channel += 4) {
          let sum = f32x4.splat(0);
          for (let r = firstRow; r < lastRow; r++) {
            let p = source + <usize>(r * width + firstColumn) * pixelBytes + (<usize>channel << 2);
            for (let c = firstColumn; c < lastColumn; c++) {
              sum = f32x4.add(sum, v128.load(p));
              p += pixelBytes;
            }
          }
          storeLanes(target + (<usize>channel << 2), f32x4.mul(sum, fraction), channels - channel);
        }
        target += pixelBytes;
      }
    }
  }
}

/** dx [images, height, width, channels]: each dy spread evenly over what its window covers. */
export function averagePoolingBackward(
  dy: usize, dx: usize, images: i32, height: i32, width: i32, channels: i32,
  poolHeight: i32, poolWidth: i32, strideHeight: i32, strideWidth: i32, top: i32, left: i32, outputHeight: i32, outputWidth: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const imageBytes = <usize>(height * width) * pixelBytes;
  memory.fill(dx, 0, <usize>images * imageBytes);
  let source = dy;
  for (let image = 0; image < images; image++) {
    const target = dx + <usize>image * imageBytes;
    for (let row = 0; row < outputHeight; row++) {
      const firstRow = max(row * strideHeight - top, 0);
      const lastRow = min(row * strideHeight - top + poolHeight, height);
      for (let column = 0; column < outputWidth; column++) {
        const firstColumn = max(column * strideWidth - left, 0);
        const lastColumn = min(column * strideWidth - left + poolWidth, width);
        const fraction = f32x4.splat(1 / <f32>((lastRow - firstRow) * (lastColumn - firstColumn)));
        for (let channel = 0; channel < channels; channel += 4) {
          const gradient = v128.load(source + (<usize>channel << 2));
          for (let r = firstRow; r < lastRow; r++) {
            let p = target + <usize>(r * width + firstColumn) * pixelBytes + (<usize>channel << 2);
            for (let c = firstColumn; c < lastColumn; c++) {
              storeLanes(p, multiplyAdd(gradient, fraction, v128.load(p)), channels - channel);
              p += pixelBytes;
            }
          }
        }
        source += pixelBytes;
      }
    }
  }
}
