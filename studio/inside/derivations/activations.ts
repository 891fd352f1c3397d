/** The activation functions, one value at a time, and softmax over several. */

import type { ActivationName } from 'inkling';
import type { ActivationStep, SoftmaxDerivation, SoftmaxTerm } from './derivation.js';

/** Of `leakyRelu` in layers that have no option for it. */
export const defaultNegativeSlope = 0.2;

const functions: Record<Exclude<ActivationName, 'softmax'>, (x: number, negativeSlope: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  leakyRelu: (x, negativeSlope) => (x < 0 ? negativeSlope * x : x),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

/** @param all the values that softmax divides the whole among, of which `index` is this one; other functions ask for none */
export function activate(
  name: ActivationName,
  input: number,
  all: () => { readonly values: readonly number[]; readonly index: number },
  negativeSlope = defaultNegativeSlope,
): ActivationStep {
  if (name !== 'softmax') {
    return { name, input, output: functions[name](input, negativeSlope), negativeSlope, shares: undefined };
  }
  const { values, index } = all();
  const { terms } = softmaxTerms(values, 1);
  return { name, input, output: terms[index].share, negativeSlope, shares: terms };
}

/** How logits become the probability of one class. */
export function deriveSoftmax(logits: ArrayLike<number>, index: number, temperature: number): SoftmaxDerivation {
  const { terms, largest, sum } = softmaxTerms(Array.from(logits), temperature);
  return { kind: 'softmax', index, terms, largest, temperature, sum, value: terms[index].share };
}

function softmaxTerms(logits: readonly number[], temperature: number) {
  const largest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  const terms: SoftmaxTerm[] = logits.map((logit, index) => ({
    index,
    logit,
    exponential: exponentials[index],
    share: exponentials[index] / sum,
  }));
  return { terms, largest, sum };
}
