/** What a block is: one or several operations of a model that are computed together, forward and backward. */

import type { Buffer, ProgramBuilder } from '../program-builder.js';

/**
 * A block writes its calls into the program being built; what it needs again in the backward pass it remembers from the
 * forward pass, so one block object serves one program.
 */
export interface Block {
  /** The layers it covers: `conv2d + relu + maxPooling2d`. */
  readonly name: string;
  /** Whether it has weights that are trained. */
  readonly trainable: boolean;
  /** Brings weights into the form that the kernels read; executed before anything else. */
  pack?(builder: ProgramBuilder): void;
  forward(builder: ProgramBuilder, x: Buffer): Buffer;
  /** @returns dx, or undefined where `needsInputGradient` is false. May work in place on dy. */
  backward(builder: ProgramBuilder, dy: Buffer, needsInputGradient: boolean): Buffer | undefined;
  /** Adds up the gradients of its weights over the whole batch. */
  gradients?(builder: ProgramBuilder): void;
  /** What else a step changes, such as moving averages. */
  update?(builder: ProgramBuilder): void;
}
