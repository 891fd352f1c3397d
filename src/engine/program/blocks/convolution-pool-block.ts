/**
 * Convolution + bias + relu (or none) + 2x2 max-pooling as one kernel each way: the fast path of the default model.
 * Forward by Winograd's F(2x2, 3x3) where the kernel is 3x3 with stride 1 and the channels come in fours, else
 * directly.
 */

import type { ConvolutionOperation, PoolingOperation } from '../../../model/operations.js';
import { shardCount } from '../program.js';
import { type Buffer, type ProgramBuilder, partOf, rowCount } from '../program-builder.js';
import type { Block } from './block.js';
import {
  biasOf,
  type ConvolutionGeometry,
  geometryOf,
  isPadded,
  packedKernel,
  packKernel,
  padInput,
} from './convolution-weights.js';
import { gradientBuffer, weightBuffer } from './weights.js';

/** Whether a pooling is the one that the block computes: windows of 2x2 side by side, without padding. */
export function isPlainTwoByTwo(pooling: PoolingOperation): boolean {
  const { size, strides, padBefore, padAfter } = pooling.window;
  const all = (pair: readonly [number, number], value: number) => pair[0] === value && pair[1] === value;
  return pooling.kind === 'maxPooling' && all(size, 2) && all(strides, 2) && all(padBefore, 0) && all(padAfter, 0);
}

function suitsWinograd({
  kernelHeight,
  kernelWidth,
  strideHeight,
  strideWidth,
  channels,
}: ConvolutionGeometry): boolean {
  return kernelHeight === 3 && kernelWidth === 3 && strideHeight === 1 && strideWidth === 1 && channels % 4 === 0;
}

export class ConvolutionPoolBlock implements Block {
  readonly name: string;
  readonly trainable: boolean;
  private readonly operation: ConvolutionOperation;
  private readonly geometry: ConvolutionGeometry;
  private readonly poolHeight: number;
  private readonly poolWidth: number;
  /** What relu cuts off at: 0, or -Infinity where there is no relu. */
  private readonly minimum: number;
  private readonly winograd: boolean;
  private x!: Buffer;
  private y!: Buffer;
  private argmax!: Buffer;

  constructor(operation: ConvolutionOperation, relu: boolean, pooling: PoolingOperation) {
    this.operation = operation;
    this.trainable = operation.kernel.trainable;
    this.geometry = geometryOf(operation);
    [this.poolHeight, this.poolWidth] = pooling.outputShape;
    this.minimum = relu ? 0 : Number.NEGATIVE_INFINITY;
    this.winograd = suitsWinograd(this.geometry);
    const layers = [operation.name, ...(relu ? ['relu'] : []), pooling.name].join(' + ');
    this.name = this.winograd ? `${layers} (Winograd)` : layers;
  }

  pack(builder: ProgramBuilder): void {
    const { windowSize, channels, outputs } = this.geometry;
    const kernel = weightBuffer(builder.shared, this.operation.kernel);
    if (this.winograd) {
      const part = partOf(Math.ceil(outputs / 8));
      builder.parts('winogradTransformKernel', kernel, channels, outputs, this.transformed(builder), ...part);
    } else {
      packKernel(builder, this.operation);
    }
    if (!builder.training) return;
    builder.parts('transpose', kernel, windowSize, outputs, this.transposed(builder), ...partOf(windowSize));
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { operation, geometry, poolHeight, poolWidth } = this;
    const size = poolHeight * poolWidth * geometry.outputs;
    this.x = padInput(builder, geometry, x);
    this.y = builder.output(size);
    this.argmax = builder.byteRows('argmax', size);
    const bias = biasOf(builder, operation);
    if (this.winograd) {
      const { paddedHeight, paddedWidth, channels, outputs } = geometry;
      const sizes = [paddedHeight, paddedWidth, channels, poolHeight, poolWidth, outputs, this.minimum] as const;
      const patches = builder.scratch('patches', (1024 + 64 * channels * (poolHeight * poolWidth + 1)) * 4);
      const operands = [this.x, this.transformed(builder), bias, this.y, this.argmax] as const;
      builder.shards('winogradPoolForward', ...operands, rowCount(), ...sizes, patches);
    } else {
      const packed = packedKernel(builder, operation);
      builder.shards('convolutionPoolForward', this.x, packed, bias, this.y, this.argmax, rowCount(), ...this.sizes());
    }
    if (this.minimum === 0) builder.keep(this.y);
    return this.y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    const { geometry, poolHeight, poolWidth, x, y, argmax } = this;
    const sizes = this.sizes();
    if (this.trainable) {
      const { dKernel, dBias } = this.shardGradients(builder);
      const gradients = [dKernel, dBias] as const;
      const positions = builder.scratch('live positions', 9 * (poolHeight * poolWidth * 8 + 8) + 32);
      for (const gradient of gradients) builder.shards('fillZero', gradient, gradient.bytes);
      builder.shards('convolutionPoolKernelGradient', x, dy, y, argmax, ...gradients, rowCount(), ...sizes, positions);
    }
    if (!needsInputGradient) return undefined;
    const { height, width, channels, paddedHeight, paddedWidth, top, left } = geometry;
    const dPadded = builder.rows('input gradient', paddedHeight * paddedWidth * channels);
    const kernel = this.transposed(builder);
    const outputs = builder.scratch('live outputs', geometry.outputs * 32 + 24);
    builder.shards('convolutionPoolInputGradient', dy, y, argmax, kernel, dPadded, rowCount(), ...sizes, outputs);
    if (!isPadded(geometry)) return dPadded;
    const dx = builder.rows('input gradient without padding', height * width * channels);
    const place = [paddedHeight, paddedWidth, top, left] as const;
    builder.shards('cropImages', dPadded, dx, rowCount(), height, width, channels, ...place);
    return dx;
  }

  gradients(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation } = this;
    const { windowSize, outputs } = this.geometry;
    const { dKernel, dBias } = this.shardGradients(builder);
    const kernel = gradientBuffer(builder.shared, operation.kernel);
    const part = partOf(outputs);
    builder.parts('sumShardsTransposed', dKernel, dKernel.bytes, shardCount, kernel, outputs, windowSize, ...part);
    if (operation.bias) {
      const bias = gradientBuffer(builder.shared, operation.bias);
      builder.once('sumShards', dBias, dBias.bytes, shardCount, bias, outputs, outputs, 0, 1);
    }
  }

  /** The arguments from height to minimum, which all three kernels share. */
  private sizes() {
    const { paddedHeight, paddedWidth, channels, kernelHeight, kernelWidth, strideHeight, strideWidth, outputs } =
      this.geometry;
    return [
      paddedHeight,
      paddedWidth,
      channels,
      kernelHeight,
      kernelWidth,
      strideHeight,
      strideWidth,
      this.poolHeight,
      this.poolWidth,
      outputs,
      this.minimum,
    ] as const;
  }

  /** The kernel in Winograd's form: 16 values for each pair of channels, in panels of eight outputs. */
  private transformed(builder: ProgramBuilder): Buffer {
    const { channels, outputs } = this.geometry;
    const panels = Math.ceil(outputs / 8);
    return builder.shared.floats(`transformed ${this.operation.kernel.path}`, panels * 16 * channels * 8);
  }

  private transposed(builder: ProgramBuilder): Buffer {
    const { windowSize, outputs } = this.geometry;
    return builder.shared.floats(`transposed ${this.operation.kernel.path}`, windowSize * outputs);
  }

  private shardGradients(builder: ProgramBuilder): { dKernel: Buffer; dBias: Buffer } {
    const { windowSize, outputs } = this.geometry;
    const { path } = this.operation.kernel;
    return {
      dKernel: builder.perShard(`shard gradient ${path}`, windowSize * outputs * 4),
      dBias: builder.perShard(`shard gradient ${this.operation.name}/bias`, Math.ceil(outputs / 8) * 32),
    };
  }
}
