/** Max, average and global average pooling with windows of any size, stride and padding. */

import { type GlobalAveragePoolingOperation, type PoolingOperation, sizesOf } from '../../../model/operations.js';
import { type Buffer, type ProgramBuilder, rowCount } from '../program-builder.js';
import type { Block } from './block.js';

export class PoolingBlock implements Block {
  readonly name: string;
  readonly trainable = false;
  private readonly operation: PoolingOperation | GlobalAveragePoolingOperation;
  private argmax!: Buffer;

  constructor(operation: PoolingOperation | GlobalAveragePoolingOperation) {
    this.operation = operation;
    this.name = operation.name;
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { output } = sizesOf(this.operation);
    const y = builder.output(output);
    if (this.operation.kind === 'maxPooling') {
      this.argmax = builder.rows('argmax', output);
      builder.shards('maxPoolingForward', x, y, this.argmax, rowCount(), ...this.sizes());
    } else {
      builder.shards('averagePoolingForward', x, y, rowCount(), ...this.sizes());
    }
    return y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    if (!needsInputGradient) return undefined;
    const { input, output } = sizesOf(this.operation);
    const dx = builder.rows('input gradient', input);
    if (this.operation.kind === 'maxPooling') {
      builder.shards('maxPoolingBackward', dy, this.argmax, dx, rowCount(), input, output);
    } else {
      builder.shards('averagePoolingBackward', dy, dx, rowCount(), ...this.sizes());
    }
    return dx;
  }

  /** The arguments from height to outputWidth, which all pooling kernels share. */
  private sizes() {
    const { operation } = this;
    const [height, width, channels] = operation.inputShape;
    if (operation.kind === 'globalAveragePooling') {
      return [height, width, channels, height, width, height, width, 0, 0, 1, 1] as const;
    }
    const { size, strides, padBefore } = operation.window;
    const [outputHeight, outputWidth] = operation.outputShape;
    return [height, width, channels, ...size, ...strides, ...padBefore, outputHeight, outputWidth] as const;
  }
}
