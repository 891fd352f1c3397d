/** The programs of a model: one training step, and one step of evaluation. */

import type { Augmentation } from '../../data/augmentation.js';
import type { Model } from '../../model/model.js';
import { sizeOf } from '../../numerics/tensor.js';
import { augmentationKey, augmentationNumbers, augmentationScratchBytes } from './augmentation-numbers.js';
import type { Block } from './blocks/block.js';
import { blocksOf } from './fuse.js';
import { type Buffer, firstRow, ProgramBuilder, rowCount, type SharedBuffers, shardNumber } from './program-builder.js';
import { type UpdateRule, writePenalties, writeUpdate } from './update-rule.js';

/** The rows that a program reads: where they lie and what they are. */
export interface DataSource {
  /** `training`: the whole set, there while training lasts; `staging`: what is being evaluated, a part at a time. */
  readonly name: 'training' | 'staging';
  /** Rows that there is room for. */
  readonly rows: number;
  /** `uint8` values are divided by 255 on the way in. */
  readonly inputType: 'uint8' | 'float32';
  /** Class numbers, or a distribution over the classes for each row. */
  readonly targetType: 'labels' | 'distributions';
}

export function inputBuffer(shared: SharedBuffers, model: Model, source: DataSource): Buffer {
  const bytes = source.rows * sizeOf(model.config.inputShape) * (source.inputType === 'uint8' ? 1 : 4);
  return shared.get({ name: `${source.name} ${source.inputType} inputs`, scope: 'shared', bytes, role: 'data' });
}

export function targetBuffer(shared: SharedBuffers, model: Model, source: DataSource): Buffer {
  const bytes = source.rows * 4 * (source.targetType === 'labels' ? 1 : model.classes);
  return shared.get({ name: `${source.name} ${source.targetType}`, scope: 'shared', bytes, role: 'data' });
}

export function sampleWeightBuffer(shared: SharedBuffers, source: DataSource): Buffer {
  return shared.get({ name: `${source.name} sample weights`, scope: 'shared', bytes: source.rows * 4, role: 'data' });
}

/** Row numbers, in the order in which they are used. */
export function orderBuffer(shared: SharedBuffers, source: DataSource): Buffer {
  return shared.get({ name: `${source.name} order`, scope: 'shared', bytes: source.rows * 4, role: 'data' });
}

export interface TrainingOptions {
  readonly source: DataSource;
  readonly rule: UpdateRule;
  readonly labelSmoothing: number;
  readonly seed: number;
  /** How images are changed on their way in; default: not at all. */
  readonly augmentation?: Augmentation | undefined;
}

/** Pack weights | forward, loss, backward over shards | gradients over the batch | update. */
export function trainingProgram(model: Model, shared: SharedBuffers, options: TrainingOptions): ProgramBuilder {
  const builder = new ProgramBuilder('training step', shared, 'training');
  const blocks = blocksOf(model, options.seed);
  each(builder, blocks, (block) => block.pack?.(builder));
  builder.barrier();
  const logits = writeForward(builder, model, blocks, options.source, options);
  builder.begin('loss', 'loss');
  writeLoss(builder, model, logits, options.source, options.labelSmoothing);
  const firstTrainable = blocks.findIndex((block) => block.trainable);
  let gradient: Buffer | undefined = logits;
  for (const [index, block] of [...blocks.entries()].reverse()) {
    if (gradient === undefined) break;
    builder.begin('block', block.name);
    gradient = block.backward(builder, gradient, index > firstTrainable);
  }
  builder.barrier();
  each(builder, blocks, (block) => block.gradients?.(builder));
  builder.begin('penalties', 'penalties');
  writePenalties(builder, model);
  builder.barrier();
  each(builder, blocks, (block) => block.update?.(builder));
  builder.begin('optimizer', options.rule.type);
  writeUpdate(builder, model, options.rule);
  return builder;
}

/** Forward, logits, probabilities and loss; the weights are packed once a step batch. */
export function evaluationProgram(
  model: Model,
  shared: SharedBuffers,
  source: DataSource,
  labelSmoothing: number,
): ProgramBuilder {
  const builder = new ProgramBuilder(`evaluation of ${source.name} data`, shared, 'evaluation');
  const blocks = blocksOf(model, 0);
  each(builder, blocks, (block) => block.pack?.(builder));
  builder.endPrologue();
  const logits = writeForward(builder, model, blocks, source);
  builder.begin('loss', 'loss');
  const answers = { logits, record: 'record', firstRow, rows: rowCount(), classes: model.classes } as const;
  builder.shards('storeLogits', answers);
  builder.shards('storeProbabilities', answers);
  writeLoss(builder, model, logits, source, labelSmoothing);
  return builder;
}

/**
 * A training step's way forward, with the images that it saw and every output kept, to see where numbers stop being
 * finite.
 */
export function inspectionProgram(model: Model, shared: SharedBuffers, options: TrainingOptions): ProgramBuilder {
  const builder = new ProgramBuilder('inspection', shared, 'inspection');
  const blocks = blocksOf(model, options.seed);
  each(builder, blocks, (block) => block.pack?.(builder));
  builder.barrier();
  writeForward(builder, model, blocks, options.source, options);
  return builder;
}

function each(builder: ProgramBuilder, blocks: readonly Block[], write: (block: Block) => void): void {
  for (const block of blocks) {
    builder.begin('block', block.name);
    write(block);
  }
}

/** @param training given where images may be augmented; the same step sees the same images again */
function writeForward(
  builder: ProgramBuilder,
  model: Model,
  blocks: readonly Block[],
  source: DataSource,
  training?: Pick<TrainingOptions, 'augmentation' | 'seed'>,
): Buffer {
  builder.begin('input', 'input');
  let activations = builder.output(sizeOf(model.config.inputShape), 'batch');
  writeInput(builder, model, activations, source, training);
  for (const block of blocks) {
    builder.begin('block', block.name);
    activations = block.forward(builder, activations);
  }
  return activations;
}

function writeInput(
  builder: ProgramBuilder,
  model: Model,
  batch: Buffer,
  source: DataSource,
  { augmentation, seed = 0 }: Partial<Pick<TrainingOptions, 'augmentation' | 'seed'>> = {},
): void {
  const { inputShape } = model.config;
  const inputs = inputBuffer(builder.shared, model, source);
  const gathered = { dataset: inputs, record: 'record', x: batch, firstRow, rows: rowCount() } as const;
  if (augmentation) {
    const [height, width, channels] = inputShape;
    builder.shards('gatherAugmentedImages', {
      ...gathered,
      height,
      width,
      channels,
      seed,
      key: augmentationKey,
      ...augmentationNumbers(augmentation),
      scratch: builder.scratch('augmentation', augmentationScratchBytes(inputShape, augmentation)),
    });
  } else {
    const gather = source.inputType === 'uint8' ? 'gatherImages' : 'gatherRows';
    builder.shards(gather, { ...gathered, size: sizeOf(inputShape) });
  }
}

/** Leaves the gradient of the loss where the logits were. */
function writeLoss(
  builder: ProgramBuilder,
  model: Model,
  logits: Buffer,
  source: DataSource,
  labelSmoothing: number,
): void {
  const { shared } = builder;
  const { classes } = model;
  const targets = builder.rows('targets', classes);
  const weights = builder.rows('sample weights', 1);
  const given = targetBuffer(shared, model, source);
  const batch = { record: 'record', firstRow, rows: rowCount() } as const;
  const smoothed = { ...batch, targets, classes, smoothing: labelSmoothing };
  if (source.targetType === 'labels') builder.shards('gatherLabels', { labels: given, ...smoothed });
  else builder.shards('gatherDistributions', { distributions: given, ...smoothed });
  builder.shards('gatherSampleWeights', { sampleWeights: sampleWeightBuffer(shared, source), weights, ...batch });
  builder.shards('softmaxCrossEntropy', {
    logits,
    targets,
    weights,
    dLogits: logits,
    rows: rowCount(),
    classes,
    record: 'record',
    shard: shardNumber,
  });
}
