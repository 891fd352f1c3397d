/**
 * Batch normalisation. Its statistics are those of the whole batch, so training meets at a barrier once on the way
 * forward and once on the way back; every shard then adds up all shards' sums for itself.
 */

import { type BatchNormalizationOperation, sizesOf } from '../../../model/operations.js';
import { kernelSizes } from '../../kernels.js';
import { shardCount } from '../program.js';
import { type Buffer, ofFirstShard, type ProgramBuilder, rowCount } from '../program-builder.js';
import type { Block } from './block.js';
import { gradientBuffer, weightBuffer } from './weights.js';

export class BatchNormalizationBlock implements Block {
  readonly name: string;
  readonly trainable: boolean;
  private readonly operation: BatchNormalizationOperation;
  private readonly channels: number;
  private readonly pixels: number;
  private x!: Buffer;

  constructor(operation: BatchNormalizationOperation) {
    this.operation = operation;
    this.name = operation.name;
    this.trainable = operation.gamma.trainable;
    this.channels = operation.gamma.shape[0];
    this.pixels = sizesOf(operation).output / this.channels;
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { operation, channels, pixels } = this;
    const { shared } = builder;
    const count = rowCount(pixels);
    this.x = x;
    const y = builder.output(pixels * channels);
    let statistics: Buffer;
    if (builder.training && this.trainable) {
      builder.keep(x);
      builder.shards('batchNormalizationSums', { x, count, channels, sums: this.sums(builder) });
      builder.barrier();
      statistics = this.statistics(builder);
    } else {
      statistics = this.movingStatistics(builder, weightBuffer(shared, operation.movingMean));
    }
    const [gamma, beta] = [weightBuffer(shared, operation.gamma), weightBuffer(shared, operation.beta)];
    builder.shards('batchNormalizationForward', { x, y, count, channels, statistics, gamma, beta });
    return y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    const { operation, channels, pixels, x } = this;
    if (!this.trainable) return needsInputGradient ? this.frozenInputGradient(builder, dy) : undefined;
    const count = rowCount(pixels);
    const dSums = this.gradientSums(builder);
    const input = { dy, x, count, channels };
    const statistics = this.statistics(builder);
    builder.shards('batchNormalizationGradientSums', { ...input, statistics, sums: dSums });
    builder.barrier();
    if (!needsInputGradient) return undefined;
    builder.shards('batchNormalizationBackward', {
      ...input,
      dx: dy,
      statistics: this.statistics(builder),
      gamma: weightBuffer(builder.shared, operation.gamma),
      sums: ofFirstShard(dSums),
      ...this.overShards(dSums),
      record: 'record',
      pixels,
      means: builder.scratch('gradient means', kernelSizes().batchNormalizationStatisticsBytes(channels)),
    });
    return dy;
  }

  gradients(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation, channels } = this;
    const sums = this.gradientSums(builder);
    const dGamma = gradientBuffer(builder.shared, operation.gamma);
    const dBeta = gradientBuffer(builder.shared, operation.beta);
    const shards = this.overShards(sums);
    builder.once('batchNormalizationParameterGradients', { sums, ...shards, channels, dGamma, dBeta });
  }

  update(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation, channels, pixels } = this;
    const { shared } = builder;
    const sums = this.sums(builder);
    builder.once('batchNormalizationUpdateMoving', {
      sums,
      ...this.overShards(sums),
      record: 'record',
      pixels,
      channels,
      momentum: operation.momentum,
      movingMean: weightBuffer(shared, operation.movingMean),
      movingVariance: weightBuffer(shared, operation.movingVariance),
    });
  }

  /** With constant statistics, dx = dy * gamma / deviation: a forward pass of dy whose mean and beta are zero. */
  private frozenInputGradient(builder: ProgramBuilder, dy: Buffer): Buffer {
    const { channels, pixels } = this;
    const dx = builder.rows('input gradient', pixels * channels);
    const zeros = builder.zeros(channels);
    builder.shards('batchNormalizationForward', {
      x: dy,
      y: dx,
      count: rowCount(pixels),
      channels,
      statistics: this.movingStatistics(builder, zeros),
      gamma: weightBuffer(builder.shared, this.operation.gamma),
      beta: zeros,
    });
    return dx;
  }

  /** A mean and the moving variance's inverse deviation. */
  private movingStatistics(builder: ProgramBuilder, movingMean: Buffer): Buffer {
    const { channels, operation } = this;
    const { epsilon } = operation;
    const statistics = this.statisticsBuffer(builder);
    const movingVariance = weightBuffer(builder.shared, operation.movingVariance);
    const moving = { movingMean, movingVariance, channels, epsilon };
    builder.shards('batchNormalizationMovingStatistics', { ...moving, statistics });
    return statistics;
  }

  /** Mean and inverse deviation of the batch, worked out in the phase that needs them. */
  private statistics(builder: ProgramBuilder): Buffer {
    const { channels, pixels, operation } = this;
    const sums = this.sums(builder);
    const { epsilon } = operation;
    const statistics = this.statisticsBuffer(builder);
    const batch = { sums: ofFirstShard(sums), ...this.overShards(sums), record: 'record' as const, pixels, channels };
    builder.shards('batchNormalizationStatistics', { ...batch, epsilon, statistics });
    return statistics;
  }

  private statisticsBuffer(builder: ProgramBuilder): Buffer {
    return builder.scratch('statistics', kernelSizes().batchNormalizationStatisticsBytes(this.channels));
  }

  private overShards(sums: Buffer): { shardBytes: number; shards: number } {
    return { shardBytes: sums.bytes, shards: shardCount };
  }

  private sums(builder: ProgramBuilder): Buffer {
    return this.shardSums(builder, 'batch sums');
  }

  private gradientSums(builder: ProgramBuilder): Buffer {
    return this.shardSums(builder, 'gradient sums');
  }

  private shardSums(builder: ProgramBuilder, name: string): Buffer {
    const bytes = kernelSizes().batchNormalizationSumsBytes(this.channels);
    return builder.perShard(`${name} ${this.operation.name}`, bytes);
  }
}
