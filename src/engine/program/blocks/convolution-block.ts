/** Convolution + bias + relu (or none) for every window, stride and padding. */

import type { ConvolutionOperation } from '../../../model/operations.js';
import { shardCount } from '../program.js';
import { type Buffer, type ProgramBuilder, partOf, rowCount } from '../program-builder.js';
import type { Block } from './block.js';
import {
  biasOf,
  type ConvolutionGeometry,
  geometryOf,
  packedKernel,
  packKernel,
  padInput,
} from './convolution-weights.js';
import { gradientBuffer, tileBytes, weightBuffer } from './weights.js';

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
    const kernel = weightBuffer(builder.shared, this.operation.kernel);
    const part = partOf(Math.ceil(channels / 8));
    const taps = kernelHeight * kernelWidth;
    builder.parts('packFlippedKernel', kernel, taps, channels, outputs, this.flipped(builder), ...part);
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { operation, geometry } = this;
    const { outputHeight, outputWidth, outputs } = geometry;
    this.x = padInput(builder, geometry, x);
    this.y = builder.output(outputHeight * outputWidth * outputs);
    const packed = packedKernel(builder, operation);
    const bias = biasOf(builder, operation);
    const minimum = this.relu ? 0 : Number.NEGATIVE_INFINITY;
    const sizes = [...this.sizes(), minimum, builder.scratch('tile', tileBytes)] as const;
    builder.shards('convolutionForward', this.x, packed, bias, this.y, rowCount(), ...sizes);
    if (this.relu) builder.keep(this.y);
    return this.y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    const { outputHeight, outputWidth, outputs } = this.geometry;
    const size = outputHeight * outputWidth * outputs;
    if (this.relu) builder.shards('reluBackward', dy, this.y, dy, rowCount(size));
    if (this.trainable) {
      const { dKernel, dBias } = this.shardGradients(builder);
      builder.shards('fillZero', dKernel, dKernel.bytes);
      builder.shards('convolutionKernelGradient', this.x, dy, dKernel, rowCount(), ...this.sizes());
      builder.shards('sumColumns', dy, rowCount(outputHeight * outputWidth), outputs, dBias);
    }
    return needsInputGradient ? this.inputGradient(builder, dy) : undefined;
  }

  gradients(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation } = this;
    const { windowSize, outputs } = this.geometry;
    const { dKernel, dBias } = this.shardGradients(builder);
    const kernel = gradientBuffer(builder.shared, operation.kernel);
    const stride = Math.ceil(outputs / 8) * 8;
    const part = partOf(windowSize);
    builder.parts('sumShards', dKernel, dKernel.bytes, shardCount, kernel, outputs, stride, ...part);
    if (operation.bias) {
      const bias = gradientBuffer(builder.shared, operation.bias);
      builder.once('sumShards', dBias, dBias.bytes, shardCount, bias, outputs, outputs, 0, 1);
    }
  }

  /**
   * dx is a convolution, with stride 1, of dy whose pixels are spread by the strides and framed by zeros, with the
   * flipped kernel. The frame is such that exactly the input without its padding comes out.
   */
  private inputGradient(builder: ProgramBuilder, dy: Buffer): Buffer {
    const { height, width, channels, kernelHeight, kernelWidth, top, left, outputHeight, outputWidth, outputs } =
      this.geometry;
    const { strideHeight, strideWidth } = this.geometry;
    const above = kernelHeight - 1 - top;
    const before = kernelWidth - 1 - left;
    const spreadHeight = Math.max(height + kernelHeight - 1, above + (outputHeight - 1) * strideHeight + 1);
    const spreadWidth = Math.max(width + kernelWidth - 1, before + (outputWidth - 1) * strideWidth + 1);
    const spread = builder.rows('spread gradient', spreadHeight * spreadWidth * outputs);
    const place = [spreadHeight, spreadWidth, above, before, strideHeight, strideWidth] as const;
    builder.shards('padImages', dy, spread, rowCount(), outputHeight, outputWidth, outputs, ...place);
    const dx = builder.rows('input gradient', height * width * channels);
    const window = [spreadHeight, spreadWidth, outputs, kernelHeight, kernelWidth, 1, 1] as const;
    const bias = builder.zeros(channels + 8);
    const tile = builder.scratch('tile of input gradient', tileBytes);
    const result = [height, width, channels, Number.NEGATIVE_INFINITY, tile] as const;
    builder.shards('convolutionForward', spread, this.flipped(builder), bias, dx, rowCount(), ...window, ...result);
    return dx;
  }

  /** The arguments from height to outputs, which the forward pass and the kernel's gradient share. */
  private sizes() {
    const { paddedHeight, paddedWidth, channels, kernelHeight, kernelWidth, strideHeight, strideWidth } = this.geometry;
    const { outputHeight, outputWidth, outputs } = this.geometry;
    return [
      paddedHeight,
      paddedWidth,
      channels,
      kernelHeight,
      kernelWidth,
      strideHeight,
      strideWidth,
      outputHeight,
      outputWidth,
      outputs,
    ] as const;
  }

  private flipped(builder: ProgramBuilder): Buffer {
    const { kernelHeight, kernelWidth, channels, outputs } = this.geometry;
    const panels = Math.ceil(channels / 8);
    return builder.shared.floats(
      `flipped ${this.operation.kernel.path}`,
      kernelHeight * kernelWidth * outputs * panels * 8,
    );
  }

  private shardGradients(builder: ProgramBuilder): { dKernel: Buffer; dBias: Buffer } {
    const { windowSize, outputs } = this.geometry;
    const stride = Math.ceil(outputs / 8) * 8;
    return {
      dKernel: builder.perShard(`shard gradient ${this.operation.kernel.path}`, windowSize * stride * 4),
      dBias: builder.perShard(`shard gradient ${this.operation.name}/bias`, stride * 4),
    };
  }
}
