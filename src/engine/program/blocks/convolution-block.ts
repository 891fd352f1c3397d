/** Convolution + bias + relu (or none) for every window, stride and padding. */

import type { ConvolutionOperation } from '../../../model/operations.js';
import { kernelSizes } from '../../kernels.js';
import { shardCount } from '../program.js';
import { type Buffer, type ProgramBuilder, partOf, rowCount } from '../program-builder.js';
import type { Block } from './block.js';
import {
  type ConvolutionGeometry,
  geometryOf,
  packedKernel,
  packKernel,
  padInput,
  shardGradients,
  sumBiasGradients,
  windowOverPadding,
} from './convolution-weights.js';
import { biasBuffer, gradientBuffer, packedBuffer, panelsOf, weightBuffer } from './weights.js';

export class ConvolutionBlock implements Block {
  readonly name: string;
  readonly trainable: boolean;
  private readonly operation: ConvolutionOperation;
  private readonly geometry: ConvolutionGeometry;
  private readonly relu: boolean;
  private x!: Buffer;
  private y!: Buffer;

  constructor(operation: ConvolutionOperation, relu: boolean) {
    this.operation = operation;
    this.geometry = geometryOf(operation);
    this.relu = relu;
    this.trainable = operation.kernel.trainable;
    this.name = relu ? `${operation.name} + relu` : operation.name;
  }

  pack(builder: ProgramBuilder): void {
    packKernel(builder, this.operation);
    if (!builder.training) return;
    const { kernelHeight, kernelWidth, channels, outputs } = this.geometry;
    const [firstPanel, lastPanel] = panelsOf(channels);
    builder.parts('packFlippedKernel', {
      kernel: weightBuffer(builder.shared, this.operation.kernel),
      taps: kernelHeight * kernelWidth,
      inputs: channels,
      outputs,
      packed: this.flipped(builder),
      firstPanel,
      lastPanel,
    });
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { operation, geometry } = this;
    const { outputHeight, outputWidth, outputs } = geometry;
    this.x = padInput(builder, geometry, x);
    this.y = builder.output(outputHeight * outputWidth * outputs);
    builder.shards('convolutionForward', {
      x: this.x,
      packed: packedKernel(builder, operation),
      bias: biasBuffer(builder, operation.bias, outputs),
      y: this.y,
      ...windowOverPadding(geometry),
      outputHeight,
      outputWidth,
      minimum: this.relu ? 0 : Number.NEGATIVE_INFINITY,
      tile: builder.scratch('tile', kernelSizes().convolutionForwardTileBytes()),
    });
    if (this.relu) builder.keep(this.y);
    return this.y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    const { x, y, geometry } = this;
    const { outputHeight, outputWidth, outputs } = geometry;
    const pixels = outputHeight * outputWidth;
    if (this.relu) builder.shards('reluBackward', { dy, y, dx: dy, count: rowCount(pixels * outputs) });
    if (this.trainable) {
      const { dKernel, dBias } = this.shardGradients(builder);
      builder.shards('fillZero', { address: dKernel, bytes: dKernel.bytes });
      const sizes = { ...windowOverPadding(geometry), outputHeight, outputWidth };
      builder.shards('convolutionKernelGradient', { x, dy, dKernel, ...sizes });
      builder.shards('sumColumns', { matrix: dy, rows: rowCount(pixels), columns: outputs, sums: dBias });
    }
    return needsInputGradient ? this.inputGradient(builder, dy) : undefined;
  }

  gradients(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation } = this;
    const { windowSize, outputs } = this.geometry;
    const { dKernel, dBias } = this.shardGradients(builder);
    const result = gradientBuffer(builder.shared, operation.kernel);
    const [firstRow, lastRow] = partOf(windowSize);
    const rows = { columns: outputs, stride: kernelSizes().panelColumns(outputs), firstRow, lastRow };
    builder.parts('sumShards', { shards: dKernel, shardBytes: dKernel.bytes, shardCount, result, ...rows });
    sumBiasGradients(builder, operation, dBias);
  }

  /**
   * dx is a convolution, with stride 1, of dy whose pixels are spread by the strides and framed by zeros, with the
   * flipped kernel. The frame is such that exactly the input without its padding comes out.
   */
  private inputGradient(builder: ProgramBuilder, dy: Buffer): Buffer {
    const { height, width, channels, kernelHeight, kernelWidth, top, left } = this.geometry;
    const { outputHeight, outputWidth, outputs, strideHeight, strideWidth } = this.geometry;
    const above = kernelHeight - 1 - top;
    const before = kernelWidth - 1 - left;
    const spreadHeight = Math.max(height + kernelHeight - 1, above + (outputHeight - 1) * strideHeight + 1);
    const spreadWidth = Math.max(width + kernelWidth - 1, before + (outputWidth - 1) * strideWidth + 1);
    const spread = builder.rows('spread gradient', spreadHeight * spreadWidth * outputs);
    builder.shards('padImages', {
      x: dy,
      padded: spread,
      images: rowCount(),
      height: outputHeight,
      width: outputWidth,
      channels: outputs,
      paddedHeight: spreadHeight,
      paddedWidth: spreadWidth,
      top: above,
      left: before,
      strideHeight,
      strideWidth,
    });
    const dx = builder.rows('input gradient', height * width * channels);
    builder.shards('convolutionForward', {
      x: spread,
      packed: this.flipped(builder),
      bias: biasBuffer(builder, undefined, channels),
      y: dx,
      images: rowCount(),
      height: spreadHeight,
      width: spreadWidth,
      channels: outputs,
      kernelHeight,
      kernelWidth,
      strideHeight: 1,
      strideWidth: 1,
      outputHeight: height,
      outputWidth: width,
      outputs: channels,
      minimum: Number.NEGATIVE_INFINITY,
      tile: builder.scratch('tile of input gradient', kernelSizes().convolutionForwardTileBytes()),
    });
    return dx;
  }

  private flipped(builder: ProgramBuilder): Buffer {
    const { kernelHeight, kernelWidth, channels, outputs } = this.geometry;
    const rows = kernelHeight * kernelWidth * outputs;
    return packedBuffer(builder.shared, `flipped ${this.operation.kernel.path}`, rows, channels);
  }

  private shardGradients(builder: ProgramBuilder): { dKernel: Buffer; dBias: Buffer } {
    const { windowSize, outputs } = this.geometry;
    return shardGradients(builder, this.operation, [windowSize, kernelSizes().panelColumns(outputs)]);
  }
}
