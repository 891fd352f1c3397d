/** Chooses the blocks of a model: which neighbouring operations are computed together. */

import type { Model } from '../../model/model.js';
import { type Operation, operationsOf } from '../../model/operations.js';
import { ActivationBlock } from './blocks/activation-block.js';
import { BatchNormalizationBlock } from './blocks/batch-normalization-block.js';
import type { Block } from './blocks/block.js';
import { ConvolutionBlock } from './blocks/convolution-block.js';
import { ConvolutionPoolBlock, isPlainTwoByTwo } from './blocks/convolution-pool-block.js';
import { DenseBlock } from './blocks/dense-block.js';
import { DropoutBlock } from './blocks/dropout-block.js';
import { PoolingBlock } from './blocks/pooling-block.js';

/** @param seed of the training; decides over dropout */
export function blocksOf(model: Model, seed: number): Block[] {
  return fusedOperations(model, seed).map(({ block }) => block);
}

/** The blocks, each with the operations that it computes. */
export function fusedOperations(model: Model, seed: number): { block: Block; operations: readonly Operation[] }[] {
  const operations = operationsOf(model);
  const fused: { block: Block; operations: readonly Operation[] }[] = [];
  for (let index = 0; index < operations.length; ) {
    const { block, length } = blockAt(operations, index, seed);
    fused.push({ block, operations: operations.slice(index, index + length) });
    index += length;
  }
  return fused;
}

function isRelu(operation: Operation | undefined): boolean {
  return operation?.kind === 'activation' && operation.activation === 'relu';
}

function blockAt(operations: readonly Operation[], index: number, seed: number): { block: Block; length: number } {
  const operation = operations[index];
  switch (operation.kind) {
    case 'convolution': {
      const relu = isRelu(operations[index + 1]);
      const length = relu ? 2 : 1;
      const next = operations[index + length];
      if (next?.kind === 'maxPooling' && isPlainTwoByTwo(next)) {
        return { block: new ConvolutionPoolBlock(operation, relu, next), length: length + 1 };
      }
      return { block: new ConvolutionBlock(operation, relu), length };
    }
    case 'dense': {
      const relu = isRelu(operations[index + 1]);
      return { block: new DenseBlock(operation, relu), length: relu ? 2 : 1 };
    }
    case 'maxPooling':
    case 'averagePooling':
    case 'globalAveragePooling':
      return { block: new PoolingBlock(operation), length: 1 };
    case 'activation':
      return { block: new ActivationBlock(operation), length: 1 };
    case 'dropout':
      return { block: new DropoutBlock(operation, seed), length: 1 };
    case 'batchNormalization':
      return { block: new BatchNormalizationBlock(operation), length: 1 };
  }
}
