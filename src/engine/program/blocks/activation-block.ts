/** An activation function that is not fused into the block before it; in place where nobody needs its input again. */

import { type ActivationOperation, sizesOf } from '../../../model/operations.js';
import { type Buffer, type ProgramBuilder, rowCount } from '../program-builder.js';
import type { Block } from './block.js';

export class ActivationBlock implements Block {
  readonly name: string;
  readonly trainable = false;
  private readonly operation: ActivationOperation;
  private y!: Buffer;

  constructor(operation: ActivationOperation) {
    this.operation = operation;
    this.name = `${operation.name} (${operation.activation})`;
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { size, count, rows, features } = this.sizes();
    const { negativeSlope } = this.operation;
    const y = builder.mayOverwrite(x) ? x : builder.output(size);
    this.y = y;
    builder.keep(y);
    switch (this.operation.activation) {
      case 'relu':
        builder.shards('reluForward', { x, y, count });
        break;
      case 'leakyRelu':
        builder.shards('leakyReluForward', { x, y, count, negativeSlope });
        break;
      case 'tanh':
        builder.shards('tanhForward', { x, y, count });
        break;
      case 'sigmoid':
        builder.shards('sigmoidForward', { x, y, count });
        break;
      case 'softmax':
        builder.shards('softmaxForward', { x, y, rows, size: features });
        break;
    }
    return y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    if (!needsInputGradient) return undefined;
    const { count, rows, features } = this.sizes();
    const { y } = this;
    const { negativeSlope } = this.operation;
    switch (this.operation.activation) {
      case 'relu':
        builder.shards('reluBackward', { dy, y, dx: dy, count });
        break;
      case 'leakyRelu':
        builder.shards('leakyReluBackward', { dy, y, dx: dy, count, negativeSlope });
        break;
      case 'tanh':
        builder.shards('tanhBackward', { dy, y, dx: dy, count });
        break;
      case 'sigmoid':
        builder.shards('sigmoidBackward', { dy, y, dx: dy, count });
        break;
      case 'softmax':
        builder.shards('softmaxBackward', { dy, y, dx: dy, rows, size: features });
        break;
    }
    return dy;
  }

  /** Values of a sample and of a shard; for softmax also how many rows of `features` those are. */
  private sizes() {
    const size = sizesOf(this.operation).output;
    const features = this.operation.outputShape[this.operation.outputShape.length - 1];
    return { size, count: rowCount(size), features, rows: rowCount(size / features) };
  }
}
