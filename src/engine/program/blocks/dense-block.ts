/** Dense layer with bias and, where it follows, relu in one kernel. */

import type { DenseOperation } from '../../../model/operations.js';
import { type Buffer, batchRowCount, type ProgramBuilder, partOf, rowCount } from '../program-builder.js';
import type { Block } from './block.js';
import { gradientBuffer, tileBytes, weightBuffer } from './weights.js';

export class DenseBlock implements Block {
  readonly name: string;
  readonly trainable: boolean;
  private readonly operation: DenseOperation;
  private readonly relu: boolean;
  private readonly inputs: number;
  private readonly outputs: number;
  private x!: Buffer;
  private y!: Buffer;
  private dy!: Buffer;

  constructor(operation: DenseOperation, relu: boolean) {
    this.operation = operation;
    this.relu = relu;
    this.trainable = operation.kernel.trainable;
    this.name = relu ? `${operation.name} + relu` : operation.name;
    [this.inputs, this.outputs] = operation.kernel.shape;
  }

  pack(builder: ProgramBuilder): void {
    const { inputs, outputs } = this;
    const kernel = weightBuffer(builder.shared, this.operation.kernel);
    const panels = Math.ceil(outputs / 8);
    builder.parts('packPanels', kernel, inputs, outputs, this.packed(builder), ...partOf(panels));
    if (builder.training)
      builder.parts('transpose', kernel, inputs, outputs, this.transposed(builder), ...partOf(inputs));
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { operation, inputs, outputs } = this;
    this.x = x;
    this.y = builder.output(outputs);
    const bias = operation.bias ? weightBuffer(builder.shared, operation.bias) : builder.zeros(outputs + 8);
    const minimum = this.relu ? 0 : Number.NEGATIVE_INFINITY;
    const kernel = weightBuffer(builder.shared, operation.kernel);
    const scratch = builder.scratch('tile and live inputs', tileBytes + 8 + 8 * inputs);
    const sizes = [rowCount(), inputs, outputs, minimum, scratch] as const;
    builder.shards('denseForward', x, kernel, this.packed(builder), bias, this.y, ...sizes);
    if (this.relu) builder.keep(this.y);
    return this.y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    const { inputs, outputs } = this;
    if (this.relu) builder.shards('reluBackward', dy, this.y, dy, rowCount(outputs));
    this.dy = dy;
    if (!needsInputGradient) return undefined;
    const dx = builder.rows('input gradient', inputs);
    const list = builder.scratch('live units', outputs * 8 + 8);
    builder.shards('denseInputGradient', dy, this.transposed(builder), dx, rowCount(), inputs, outputs, list);
    return dx;
  }

  gradients(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation, inputs, outputs } = this;
    const dKernel = gradientBuffer(builder.shared, operation.kernel);
    // Parts of whole tiles: four inputs.
    const part = partOf(inputs, 4);
    const operands = [this.x, this.dy, dKernel, batchRowCount(), inputs, outputs, ...part] as const;
    if (this.relu) {
      builder.parts('denseLiveKernelGradient', ...operands, builder.scratch('live rows', 4096, 1216));
    } else {
      builder.parts('denseKernelGradient', ...operands);
    }
    if (operation.bias) {
      builder.once('sumColumns', this.dy, batchRowCount(), outputs, gradientBuffer(builder.shared, operation.bias));
    }
  }

  private packed(builder: ProgramBuilder): Buffer {
    return builder.shared.floats(`packed ${this.operation.kernel.path}`, this.inputs * Math.ceil(this.outputs / 8) * 8);
  }

  private transposed(builder: ProgramBuilder): Buffer {
    return builder.shared.floats(`transposed ${this.operation.kernel.path}`, this.inputs * this.outputs);
  }
}
