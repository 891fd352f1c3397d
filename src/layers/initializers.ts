/** Initial values of weights, the same numbers for the same seed on every machine (formulas: Keras `initializers`). */

import { cos, log } from '../numerics/elementary.js';
import { RandomStream } from '../numerics/random.js';
import { sizeOf } from '../numerics/tensor.js';
import type { WeightSpecification } from './layer.js';

/** What cutting a normal distribution off at two standard deviations leaves of its standard deviation. */
const truncatedStandardDeviation = 0.87962566103423978;

/** A standard normal number in [-2, 2] (Box and Muller 1958; a draw outside is drawn again from the next step). */
function truncatedNormal(seed: number, weightIndex: number, index: number): number {
  for (let attempt = 0; ; attempt++) {
    const random = new RandomStream(seed, 'initialization', attempt, weightIndex);
    const radius = Math.sqrt(-2 * log(1 - random.uniform(2 * index)));
    const value = radius * cos(2 * Math.PI * random.uniform(2 * index + 1));
    if (Math.abs(value) <= 2) return value;
  }
}

/** @param weightIndex the weight's place in its model, so that equal shapes get different numbers */
export function initialValues(weight: WeightSpecification, seed: number, weightIndex: number): Float32Array {
  const values = new Float32Array(sizeOf(weight.shape));
  switch (weight.initializer) {
    case 'zeros':
      return values;
    case 'ones':
      return values.fill(1);
    case 'glorotUniform': {
      const limit = Math.sqrt(6 / (weight.fanIn + weight.fanOut));
      const random = new RandomStream(seed, 'initialization', 0, weightIndex);
      return values.map((_, index) => (2 * random.uniform(index) - 1) * limit);
    }
    case 'heNormal': {
      const deviation = Math.sqrt(2 / weight.fanIn) / truncatedStandardDeviation;
      return values.map((_, index) => truncatedNormal(seed, weightIndex, index) * deviation);
    }
  }
}
