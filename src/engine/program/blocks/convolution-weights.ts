/** What both convolution blocks share: the padded input, the packed kernel and the shards' gradients. */

import type { ConvolutionOperation } from '../../../model/operations.js';
import { type Buffer, type ProgramBuilder, partOf, rowCount } from '../program-builder.js';
import { weightBuffer } from './weights.js';

/** The numbers of a convolution as the kernels take them; height and width are those of the padded image. */
export interface ConvolutionGeometry {
  readonly channels: number;
  readonly outputs: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly height: number;
  readonly width: number;
  readonly top: number;
  readonly left: number;
  readonly paddedHeight: number;
  readonly paddedWidth: number;
  readonly outputHeight: number;
  readonly outputWidth: number;
  /** Rows of the kernel as a matrix: kH * kW * Cin. */
  readonly windowSize: number;
}

export function geometryOf(operation: ConvolutionOperation): ConvolutionGeometry {
  const { window, inputShape, outputShape } = operation;
  const [height, width, channels] = inputShape;
  const [kernelHeight, kernelWidth] = window.size;
  return {
    channels,
    outputs: outputShape[2],
    kernelHeight,
    kernelWidth,
    strideHeight: window.strides[0],
    strideWidth: window.strides[1],
    height,
    width,
    top: window.padBefore[0],
    left: window.padBefore[1],
    paddedHeight: height + window.padBefore[0] + window.padAfter[0],
    paddedWidth: width + window.padBefore[1] + window.padAfter[1],
    outputHeight: outputShape[0],
    outputWidth: outputShape[1],
    windowSize: kernelHeight * kernelWidth * channels,
  };
}

export function isPadded(geometry: ConvolutionGeometry): boolean {
  return geometry.paddedHeight !== geometry.height || geometry.paddedWidth !== geometry.width;
}

/** The input with its padding; x itself where there is none. */
export function padInput(builder: ProgramBuilder, geometry: ConvolutionGeometry, x: Buffer): Buffer {
  if (!isPadded(geometry)) return x;
  const { height, width, channels, paddedHeight, paddedWidth, top, left } = geometry;
  const padded = builder.rows('padded input', paddedHeight * paddedWidth * channels);
  const place = [paddedHeight, paddedWidth, top, left, 1, 1] as const;
  builder.shards('padImages', x, padded, rowCount(), height, width, channels, ...place);
  return padded;
}

export function packedKernel(builder: ProgramBuilder, operation: ConvolutionOperation): Buffer {
  const { windowSize, outputs } = geometryOf(operation);
  return builder.shared.floats(`packed ${operation.kernel.path}`, windowSize * Math.ceil(outputs / 8) * 8);
}

export function packKernel(builder: ProgramBuilder, operation: ConvolutionOperation): void {
  const { windowSize, outputs } = geometryOf(operation);
  const kernel = weightBuffer(builder.shared, operation.kernel);
  const part = partOf(Math.ceil(outputs / 8));
  builder.parts('packPanels', kernel, windowSize, outputs, packedKernel(builder, operation), ...part);
}

export function biasOf(builder: ProgramBuilder, operation: ConvolutionOperation): Buffer {
  if (operation.bias) return weightBuffer(builder.shared, operation.bias);
  return builder.zeros(operation.outputShape[2] + 8);
}
