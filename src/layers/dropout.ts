/**
 * While training, sets a random share `rate` of the values to zero and scales the others by 1 / (1 - rate), so that the
 * expectation stays (inverted dropout; Srivastava et al. 2014). Does nothing when evaluating or predicting.
 */

import { frozen, type LayerBase, type LayerDefinition } from './layer.js';
import { LayerOptions } from './layer-options.js';

/** Options of `dropout`. */
export interface DropoutOptions {
  /** Share of values that is dropped, 0 <= rate < 1. */
  rate: number;
  name?: string;
  /** Of no effect, since the layer has no weights. Default true. */
  trainable?: boolean;
}

export interface Dropout extends LayerBase<'dropout'> {
  readonly rate: number;
}

/**
 * Sets a random share of the values to zero while training, as Keras's Dropout; otherwise it does nothing.
 * @throws InklingError (model) for a rate out of range
 * @example
 * ```ts
 * dropout({ rate: 0.5 });
 * ```
 */
export function dropout(options: DropoutOptions): Dropout {
  return frozen(dropoutDefinition.create(options));
}

export const dropoutDefinition: LayerDefinition<Dropout> = {
  type: 'dropout',
  create(given) {
    const options = new LayerOptions('dropout', given, ['rate']);
    return { type: 'dropout', ...options.common(), rate: options.number('rate', { below: 1 }) };
  },
  outputShape: (_, inputShape) => inputShape,
  weights: () => [],
  multiplyAdds: () => 0,
};
