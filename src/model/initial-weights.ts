import { initialValues } from '../layers/initializers.js';
import { type Model, weightsOf } from './model.js';

/** What a model's weights are before the first training, by path: a function of the seed. */
export function initialWeights(model: Model, seed: number): Map<string, Float32Array> {
  return new Map(weightsOf(model).map((weight, index) => [weight.path, initialValues(weight, seed, index)]));
}
