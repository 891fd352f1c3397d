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
    const { size, rows, features } = this.sizes();
    this.y = builder.mayOverwrite(x) ? x : builder.output(size);
    builder.keep(this.y);
    switch (this.operation.activation) {
      case 'relu':
        builder.shards('reluForward', x, this.y, rowCount(size));
        break;
      case 'leakyRelu':
        builder.shards('leakyReluForward', x, this.y, rowCount(size), this.operation.negativeSlope);
        break;
      case 'tanh':
        builder.shards('tanhForward', x, this.y, rowCount(size));
        break;
      case 'sigmoid':
        builder.shards('sigmoidForward', x, this.y, rowCount(size));
        break;
      case 'softmax':
        builder.shards('softmaxForward', x, this.y, rowCount(rows), features);
        break;
    }
    return this.y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    if (!needsInputGradient) return undefined;
    const { size, rows, features } = this.sizes();
    switch (this.operation.activation) {
      case 'relu':
        builder.shards('reluBackward', dy, this.y, dy, rowCount(size));
        break;
      case 'leakyRelu':
        builder.shards('leakyReluBackward', dy, this.y, dy, rowCount(size), this.operation.negativeSlope);
        break;
      case 'tanh':
        builder.shards('tanhBackward', dy, this.y, dy, rowCount(size));
        break;
      case 'sigmoid':
        builder.shards('sigmoidBackward', dy, this.y, dy, rowCount(size));
        break;
      case 'softmax':
        builder.shards('softmaxBackward', dy, this.y, dy, rowCount(rows), features);
        break;
    }
    return dy;
  }

  /** Values of a sample; for softmax also how many rows of `features` they are. */
  private sizes() {
    const size = sizesOf(this.operation).output;
    const features = this.operation.outputShape[this.operation.outputShape.length - 1];
    return { size, features, rows: size / features };
  }
}
