/** What `evaluate` can be told, and what it gives. */

import type { Tensor } from '../numerics/tensor.js';
import { Options } from '../options.js';

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** Whether the result also has the probabilities and logits of every row; default false. */
  outputs?: boolean;
}

/** How well a model does on some rows: what `console.log` may print. */
export interface EvaluateResult {
  /** Mean over the rows, with L2 penalties, as in training. */
  readonly loss: number;
  /** From 0 to 1. */
  readonly accuracy: number;
}

/** Also what the model gave for each row. */
export interface EvaluateOutputs extends EvaluateResult {
  /** `[N, classes]` */
  readonly probabilities: Tensor<Float32Array>;
  /** `[N, classes]`: what the last layer gave before softmax. */
  readonly logits: Tensor<Float32Array>;
}

const names: Readonly<Record<keyof EvaluateOptions, true>> = { outputs: true };

/** @throws InklingError (argument) for an unknown option or a value of another kind */
export function checkEvaluateOptions(given: EvaluateOptions): Required<EvaluateOptions> {
  return { outputs: new Options('evaluate', given, Object.keys(names)).boolean('outputs', false) };
}
