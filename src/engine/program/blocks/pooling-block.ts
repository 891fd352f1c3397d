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
      builder.shards('maxPoolingForward', { x, y, argmax: this.argmax, ...this.sizes() });
    } else {
      builder.shards('averagePoolingForward', { x, y, ...this.sizes() });
    }
    return y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    if (!needsInputGradient) return undefined;
    const { input, output } = sizesOf(this.operation);
    const dx = builder.rows('input gradient', input);
    if (this.operation.kind === 'maxPooling') {
      const sizes = { images: rowCount(), inputSize: input, outputSize: output };
      builder.shards('maxPoolingBackward', { dy, argmax: this.argmax, dx, ...sizes });
    } else {
      builder.shards('averagePoolingBackward', { dy, dx, ...this.sizes() });
    }
    return dx;
  }

  /** What all pooling kernels but the backward pass of max-pooling take. */
  private sizes() {
    const { operation } = this;
    const [height, width, channels] = operation.inputShape;
    const image = { images: rowCount(), height, width, channels };
    if (operation.kind === 'globalAveragePooling') {
      const window = { poolHeight: height, poolWidth: width, strideHeight: height, strideWidth: width };
      return { ...image, ...window, top: 0, left: 0, outputHeight: 1, outputWidth: 1 };
    }
    const { size, strides, padBefore } = operation.window;
    return {
      ...image,
      poolHeight: size[0],
      poolWidth: size[1],
      strideHeight: strides[0],
      strideWidth: strides[1],
      top: padBefore[0],
      left: padBefore[1],
      outputHeight: operation.outputShape[0],
      outputWidth: operation.outputShape[1],
    };
  }
}
