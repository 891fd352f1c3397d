/** What both convolution blocks share: the padded input, the packed kernel and the shards' gradients. */

import type { ConvolutionOperation } from '../../../model/operations.js';
import { kernelSizes } from '../../kernels.js';
import { shardCount } from '../program.js';
import { type Buffer, type ProgramBuilder, rowCount } from '../program-builder.js';
import { gradientBuffer, packedBuffer, panelsOf, weightBuffer } from './weights.js';

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
  const padded = builder.rows('padded input', geometry.paddedHeight * geometry.paddedWidth * geometry.channels);
  builder.shards('padImages', { x, padded, ...placeInPadding(geometry), strideHeight: 1, strideWidth: 1 });
  return padded;
}

/** Where the images lie in their padding. */
export function placeInPadding(geometry: ConvolutionGeometry) {
  const { height, width, channels, paddedHeight, paddedWidth, top, left } = geometry;
  return { images: rowCount(), height, width, channels, paddedHeight, paddedWidth, top, left };
}

/** The padded images and the window that goes over them, as the convolution kernels take them. */
export function windowOverPadding(geometry: ConvolutionGeometry) {
  const { channels, kernelHeight, kernelWidth, strideHeight, strideWidth, outputs } = geometry;
  const image = { images: rowCount(), height: geometry.paddedHeight, width: geometry.paddedWidth, channels };
  return { ...image, kernelHeight, kernelWidth, strideHeight, strideWidth, outputs };
}

export function packedKernel(builder: ProgramBuilder, operation: ConvolutionOperation): Buffer {
  const { windowSize, outputs } = geometryOf(operation);
  return packedBuffer(builder.shared, `packed ${operation.kernel.path}`, windowSize, outputs);
}

export function packKernel(builder: ProgramBuilder, operation: ConvolutionOperation): void {
  const { windowSize, outputs } = geometryOf(operation);
  const matrix = weightBuffer(builder.shared, operation.kernel);
  const [firstPanel, lastPanel] = panelsOf(outputs);
  const packed = packedKernel(builder, operation);
  builder.parts('packPanels', { matrix, rows: windowSize, columns: outputs, packed, firstPanel, lastPanel });
}

/** A shard's own gradients; the kernel's as a matrix of so many rows and columns. */
export function shardGradients(
  builder: ProgramBuilder,
  operation: ConvolutionOperation,
  [rows, columns]: readonly [number, number],
): { dKernel: Buffer; dBias: Buffer } {
  const bias = 4 * kernelSizes().panelColumns(geometryOf(operation).outputs);
  return {
    dKernel: builder.perShard(`shard gradient ${operation.kernel.path}`, 4 * rows * columns),
    dBias: builder.perShard(`shard gradient ${operation.name}/bias`, bias),
  };
}

/** Adds up the shards' gradients of the bias, where there is one. */
export function sumBiasGradients(builder: ProgramBuilder, operation: ConvolutionOperation, dBias: Buffer): void {
  if (!operation.bias) return;
  const { outputs } = geometryOf(operation);
  const result = gradientBuffer(builder.shared, operation.bias);
  const row = { columns: outputs, stride: outputs, firstRow: 0, lastRow: 1 };
  builder.once('sumShards', { shards: dBias, shardBytes: dBias.bytes, shardCount, result, ...row });
}
