/** Dropout while training; nothing otherwise. */

import { type DropoutOperation, sizesOf } from '../../../model/operations.js';
import { streamKey } from '../../../numerics/random.js';
import { kernelSizes } from '../../kernels.js';
import { type Buffer, firstRow, type ProgramBuilder, rowCount } from '../program-builder.js';
import type { Block } from './block.js';

export class DropoutBlock implements Block {
  readonly name: string;
  readonly trainable = false;
  private readonly operation: DropoutOperation;
  private readonly seed: number;
  private mask!: Buffer;

  constructor(operation: DropoutOperation, seed: number) {
    this.operation = operation;
    this.seed = seed;
    this.name = operation.name;
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    if (!builder.training) return x;
    const { layer, rate } = this.operation;
    const size = sizesOf(this.operation).output;
    const y = builder.mayOverwrite(x) ? x : builder.output(size);
    this.mask = builder.byteRows('mask', size);
    // At most 2^32 - 1: a rate just below 1 would round to 2^32, which is 0 in the kernel's 32 bits.
    const threshold = Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1);
    builder.shards('dropoutForward', {
      x,
      y,
      mask: this.mask,
      record: 'record',
      firstRow,
      rows: rowCount(),
      size,
      seed: this.seed,
      key: streamKey('dropout', layer),
      threshold,
      scale: this.scale(),
      scratch: builder.scratch('random bits', kernelSizes().dropoutForwardScratchBytes()),
    });
    return y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    if (!needsInputGradient) return undefined;
    const count = rowCount(sizesOf(this.operation).output);
    builder.shards('dropoutBackward', { dy, mask: this.mask, dx: dy, count, scale: this.scale() });
    return dy;
  }

  private scale(): number {
    return 1 / (1 - this.operation.rate);
  }
}
