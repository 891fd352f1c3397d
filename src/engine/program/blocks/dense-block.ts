/** Dense layer with bias and, where it follows, relu in one kernel. */

import type { DenseOperation } from '../../../model/operations.js';
import { kernelSizes } from '../../kernels.js';
import { type Buffer, batchRowCount, type ProgramBuilder, partOf, rowCount } from '../program-builder.js';
import type { Block } from './block.js';
import { biasBuffer, gradientBuffer, packedBuffer, panelsOf, weightBuffer } from './weights.js';

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
    const matrix = { matrix: kernel, rows: inputs, columns: outputs };
    const [firstPanel, lastPanel] = panelsOf(outputs);
    builder.parts('packPanels', { ...matrix, packed: this.packed(builder), firstPanel, lastPanel });
    if (!builder.training) return;
    const [firstRow, lastRow] = partOf(inputs);
    builder.parts('transpose', { ...matrix, transposed: this.transposed(builder), firstRow, lastRow });
  }

  forward(builder: ProgramBuilder, x: Buffer): Buffer {
    const { operation, inputs, outputs } = this;
    this.x = x;
    this.y = builder.output(outputs);
    builder.shards('denseForward', {
      x,
      kernel: weightBuffer(builder.shared, operation.kernel),
      packed: this.packed(builder),
      bias: biasBuffer(builder, operation.bias, outputs),
      y: this.y,
      rows: rowCount(),
      inputs,
      outputs,
      minimum: this.relu ? 0 : Number.NEGATIVE_INFINITY,
      scratch: builder.scratch('tile and live inputs', kernelSizes().denseForwardScratchBytes(inputs)),
    });
    if (this.relu) builder.keep(this.y);
    return this.y;
  }

  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined {
    const { inputs, outputs } = this;
    if (this.relu) builder.shards('reluBackward', { dy, y: this.y, dx: dy, count: rowCount(outputs) });
    this.dy = dy;
    if (!needsInputGradient) return undefined;
    const dx = builder.rows('input gradient', inputs);
    const list = builder.scratch('live units', kernelSizes().denseInputGradientListBytes(outputs));
    const transposed = this.transposed(builder);
    builder.shards('denseInputGradient', { dy, transposed, dx, rows: rowCount(), inputs, outputs, list });
    return dx;
  }

  gradients(builder: ProgramBuilder): void {
    if (!this.trainable) return;
    const { operation, inputs, outputs } = this;
    const dKernel = gradientBuffer(builder.shared, operation.kernel);
    // Parts of whole tiles: four inputs.
    const [firstInput, lastInput] = partOf(inputs, 4);
    const rows = batchRowCount();
    const operands = { x: this.x, dy: this.dy, dKernel, rows, inputs, outputs, firstInput, lastInput };
    if (this.relu) {
      const scratch = builder.scratch('live rows', kernelSizes().denseLiveKernelGradientScratchBytes);
      builder.parts('denseLiveKernelGradient', { ...operands, scratch });
    } else {
      builder.parts('denseKernelGradient', operands);
    }
    if (operation.bias) {
      const sums = gradientBuffer(builder.shared, operation.bias);
      builder.once('sumColumns', { matrix: this.dy, rows, columns: outputs, sums });
    }
  }

  private packed(builder: ProgramBuilder): Buffer {
    return packedBuffer(builder.shared, `packed ${this.operation.kernel.path}`, this.inputs, this.outputs);
  }

  private transposed(builder: ProgramBuilder): Buffer {
    return builder.shared.floats(`transposed ${this.operation.kernel.path}`, this.inputs * this.outputs);
  }
}
