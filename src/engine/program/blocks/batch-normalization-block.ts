/**
 * Batch normalisation. Its statistics are those of the whole batch, so training meets at a barrier once on the way
 * forward and once on the way back; every shard then adds up all shards' sums for itself.
 */

import { type BatchNormalizationOperation, sizesOf } from '../../../model/operations.js';
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
      builder.shards('batchNormalizationSums', x, count, channels, this.sums(builder));
      builder.barrier();
      statistics = this.statistics(builder);
    } else {
      statistics = this.movingStatistics(builder, weightBuffer(shared, operation.movingMean));
    }
    const weights = [weightBuffer(shared, operation.gamma), weightBuffer(shared, operation.beta)] as const;
    builder.shards('batchNormalizationForward', x, y, count, channels, statistics, ...weights);
    return y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    const { operation, channels, pixels, x } = this;
    if (!this.trainable) return needsInputGradient ? this.frozenInputGradient(builder, dy) : undefined;
    const count = rowCount(pixels);
    const dSums = this.gradientSums(builder);
    const before = this.statistics(builder);
    builder.shards('batchNormalizationGradientSums', dy, x, count, channels, before, dSums);
    builder.barrier();
    if (!needsInputGradient) return undefined;
    const statistics = this.statistics(builder);
    const means = builder.scratch('gradient means', channels * 8);
    const gamma = weightBuffer(builder.shared, operation.gamma);
    const sums = [ofFirstShard(dSums), dSums.bytes, shardCount, 'record', pixels, means] as const;
    builder.shards('batchNormalizationBackward', dy, x, dy, count, channels, statistics, gamma, ...sums);
    return dy;
  }

  gradients(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation, channels } = this;
    const dSums = this.gradientSums(builder);
    const dGamma = gradientBuffer(builder.shared, operation.gamma);
    const dBeta = gradientBuffer(builder.shared, operation.beta);
    builder.once('batchNormalizationParameterGradients', dSums, dSums.bytes, shardCount, channels, dGamma, dBeta);
  }

  update(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation, channels, pixels } = this;
    const { shared } = builder;
    const sums = this.sums(builder);
    const moving = [
      weightBuffer(shared, operation.movingMean),
      weightBuffer(shared, operation.movingVariance),
    ] as const;
    const batch = [sums, sums.bytes, shardCount, 'record', pixels, channels, operation.momentum] as const;
    builder.once('batchNormalizationUpdateMoving', ...batch, ...moving);
  }

  /** With constant statistics, dx = dy * gamma / deviation: a forward pass of dy whose mean and beta are zero. */
  private frozenInputGradient(builder: ProgramBuilder, dy: Buffer): Buffer {
    const { channels, pixels } = this;
    const dx = builder.rows('input gradient', pixels * channels);
    const zeros = builder.zeros(channels);
    const weights = [weightBuffer(builder.shared, this.operation.gamma), zeros] as const;
    const statistics = this.movingStatistics(builder, zeros);
    builder.shards('batchNormalizationForward', dy, dx, rowCount(pixels), channels, statistics, ...weights);
    return dx;
  }

  /** A mean and the moving variance's inverse deviation. */
  private movingStatistics(builder: ProgramBuilder, mean: Buffer): Buffer {
    const { channels, operation } = this;
    const statistics = builder.scratch('statistics', channels * 8);
    const moving = [mean, weightBuffer(builder.shared, operation.movingVariance)] as const;
    builder.shards('batchNormalizationMovingStatistics', ...moving, channels, operation.epsilon, statistics);
    return statistics;
  }

  /** Mean and inverse deviation of the batch, worked out in the phase that needs them. */
  private statistics(builder: ProgramBuilder): Buffer {
    const { channels, pixels, operation } = this;
    const sums = this.sums(builder);
    const statistics = builder.scratch('statistics', channels * 8);
    const batch = [ofFirstShard(sums), sums.bytes, shardCount, 'record', pixels, channels] as const;
    builder.shards('batchNormalizationStatistics', ...batch, operation.epsilon, statistics);
    return statistics;
  }

  private sums(builder: ProgramBuilder): Buffer {
    return builder.perShard(`batch sums ${this.operation.name}`, this.channels * 16);
  }

  private gradientSums(builder: ProgramBuilder): Buffer {
    return builder.perShard(`gradient sums ${this.operation.name}`, this.channels * 16);
  }
}
