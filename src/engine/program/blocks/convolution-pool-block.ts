/**
 * Convolution + bias + relu (or none) + 2x2 max-pooling as one kernel each way: the fast path of the default model.
 * Forward by Winograd's F(2x2, 3x3) where the kernel is 3x3 with stride 1 and the channels come in fours, else
 * directly.
 */

import type { ConvolutionOperation, PoolingOperation } from '../../../model/operations.js';
import { kernelSizes } from '../../kernels.js';
import { shardCount } from '../program.js';
import { type Buffer, type ProgramBuilder, partOf, rowCount } from '../program-builder.js';
import type { Block } from './block.js';
import {
  type ConvolutionGeometry,
  geometryOf,
  isPadded,
  packedKernel,
  packKernel,
  padInput,
  placeInPadding,
  shardGradients,
  sumBiasGradients,
  windowOverPadding,
} from './convolution-weights.js';
import { biasBuffer, gradientBuffer, panelsOf, weightBuffer } from './weights.js';

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
      const [firstPanel, lastPanel] = panelsOf(outputs);
      const transformed = this.transformed(builder);
      builder.parts('winogradTransformKernel', { kernel, channels, outputs, transformed, firstPanel, lastPanel });
    } else {
      packKernel(builder, this.operation);
    }
    if (!builder.training) return;
    const [firstRow, lastRow] = partOf(windowSize);
    const transposed = this.transposed(builder);
    builder.parts('transpose', { matrix: kernel, rows: windowSize, columns: outputs, transposed, firstRow, lastRow });
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { operation, geometry, poolHeight, poolWidth, minimum } = this;
    const { channels, outputs } = geometry;
    const size = poolHeight * poolWidth * outputs;
    this.x = padInput(builder, geometry, x);
    this.y = builder.output(size);
    this.argmax = builder.byteRows('argmax', size);
    const bias = biasBuffer(builder, operation.bias, outputs);
    const tensors = { x: this.x, bias, y: this.y, argmax: this.argmax };
    if (this.winograd) {
      const scratchBytes = kernelSizes().winogradPoolForwardScratchBytes(channels, poolHeight, poolWidth);
      builder.shards('winogradPoolForward', {
        ...tensors,
        transformed: this.transformed(builder),
        images: rowCount(),
        height: geometry.paddedHeight,
        width: geometry.paddedWidth,
        channels,
        poolHeight,
        poolWidth,
        outputs,
        minimum,
        scratch: builder.scratch('patches', scratchBytes),
      });
    } else {
      const packed = packedKernel(builder, operation);
      builder.shards('convolutionPoolForward', { ...tensors, packed, ...this.sizes() });
    }
    if (minimum === 0) builder.keep(this.y);
    return this.y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    const { geometry, poolHeight, poolWidth, x, y, argmax } = this;
    const output = { dy, y, argmax, ...this.sizes() };
    if (this.trainable) {
      const { dKernel, dBias } = this.shardGradients(builder);
      const listBytes = kernelSizes().convolutionPoolKernelGradientListBytes(poolHeight, poolWidth);
      const list = builder.scratch('live positions', listBytes);
      for (const address of [dKernel, dBias]) builder.shards('fillZero', { address, bytes: address.bytes });
      builder.shards('convolutionPoolKernelGradient', { ...output, x, dKernel, dBias, list });
    }
    if (!needsInputGradient) return undefined;
    const { height, width, channels, paddedHeight, paddedWidth, outputs } = geometry;
    const dPadded = builder.rows('input gradient', paddedHeight * paddedWidth * channels);
    const kernel = this.transposed(builder);
    const list = builder.scratch('live outputs', kernelSizes().convolutionPoolInputGradientListBytes(outputs));
    builder.shards('convolutionPoolInputGradient', { ...output, kernel, dx: dPadded, list });
    if (!isPadded(geometry)) return dPadded;
    const dx = builder.rows('input gradient without padding', height * width * channels);
    builder.shards('cropImages', { padded: dPadded, x: dx, ...placeInPadding(geometry) });
    return dx;
  }

  gradients(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation } = this;
    const { windowSize, outputs } = this.geometry;
    const { dKernel, dBias } = this.shardGradients(builder);
    const result = gradientBuffer(builder.shared, operation.kernel);
    const [firstRow, lastRow] = partOf(outputs);
    const rows = { rows: outputs, columns: windowSize, firstRow, lastRow };
    builder.parts('sumShardsTransposed', { shards: dKernel, shardBytes: dKernel.bytes, shardCount, result, ...rows });
    sumBiasGradients(builder, operation, dBias);
  }

  /** What the direct kernel and both gradients take beside their tensors. */
  private sizes() {
    const { poolHeight, poolWidth, minimum } = this;
    return { ...windowOverPadding(this.geometry), poolHeight, poolWidth, minimum };
  }

  /** The kernel in Winograd's form: 16 values for each pair of channels, in panels of eight outputs. */
  private transformed(builder: ProgramBuilder): Buffer {
    const { channels, outputs } = this.geometry;
    const bytes = kernelSizes().winogradKernelBytes(channels, outputs);
    return builder.shared.get({ name: `transformed ${this.operation.kernel.path}`, scope: 'shared', bytes });
  }

  private transposed(builder: ProgramBuilder): Buffer {
    const { windowSize, outputs } = this.geometry;
    return builder.shared.floats(`transposed ${this.operation.kernel.path}`, windowSize * outputs);
  }

  private shardGradients(builder: ProgramBuilder): { dKernel: Buffer; dBias: Buffer } {
    const { windowSize, outputs } = this.geometry;
    return shardGradients(builder, this.operation, [outputs, windowSize]);
  }
}
