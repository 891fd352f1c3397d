/**
 * The optimizers, in Keras 3's formulas. Each works on every weight alone, with the same loop; only the rule differs.
 */

import type { UpdateRule } from '../engine/program/update-rule.js';
import { pow } from '../numerics/elementary.js';

/** Values by weight path, such as `conv2d/kernel`. */
export type WeightValues = Map<string, Float64Array>;

/** A rule and what it remembers between steps. */
export class ReferenceOptimizer {
  /** May be changed between steps. */
  learningRate: number;
  private readonly rule: UpdateRule;
  private readonly memories = new Map<string, [Float64Array, Float64Array]>();
  private steps = 0;

  constructor(rule: UpdateRule, learningRate: number) {
    this.rule = rule;
    this.learningRate = learningRate;
  }

  /** One step: changes `weights` in place, those that have a gradient. */
  update(weights: WeightValues, gradients: WeightValues): void {
    this.steps++;
    for (const [path, gradient] of clip(gradients, this.rule)) {
      const weight = weights.get(path)!;
      if (!this.memories.has(path)) {
        this.memories.set(path, [new Float64Array(weight.length), new Float64Array(weight.length)]);
      }
      const [first, second] = this.memories.get(path)!;
      updateWeight(this.rule, this.learningRate, weight, gradient, first, second, this.steps);
    }
  }
}

/** @param step counted from 1 */
function updateWeight(
  rule: UpdateRule,
  learningRate: number,
  w: Float64Array,
  g: Float64Array,
  first: Float64Array,
  second: Float64Array,
  step: number,
): void {
  switch (rule.type) {
    case 'sgd': {
      const { momentum, nesterov } = rule;
      for (let i = 0; i < w.length; i++) {
        first[i] = momentum * first[i] - learningRate * g[i];
        w[i] += nesterov ? momentum * first[i] - learningRate * g[i] : first[i];
      }
      return;
    }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, epsilon } = rule;
      const decay = rule.type === 'adamw' ? learningRate * rule.weightDecay : 0;
      // Both moments start at zero; this makes up for it (Kingma and Ba 2015, end of section 2).
      const rate = (learningRate * Math.sqrt(1 - pow(beta2, step))) / (1 - pow(beta1, step));
      for (let i = 0; i < w.length; i++) {
        first[i] += (g[i] - first[i]) * (1 - beta1);
        second[i] += (g[i] ** 2 - second[i]) * (1 - beta2);
        w[i] -= w[i] * decay;
        w[i] -= (first[i] * rate) / (Math.sqrt(second[i]) + epsilon);
      }
      return;
    }
    case 'rmsprop': {
      const { rho, epsilon } = rule;
      for (let i = 0; i < w.length; i++) {
        first[i] = rho * first[i] + (1 - rho) * g[i] ** 2;
        w[i] -= (learningRate * g[i]) / Math.sqrt(first[i] + epsilon);
      }
      return;
    }
  }
}

/** Shortens gradients that are too long; their direction stays. */
function clip(gradients: WeightValues, { clipNorm, globalClipNorm }: UpdateRule): WeightValues {
  const shortened = (gradient: Float64Array, norm: number, limit: number | undefined) =>
    limit === undefined || norm <= limit ? gradient : gradient.map((value) => (value * limit) / norm);
  const each = new Map(
    [...gradients].map(([path, gradient]) => [path, shortened(gradient, normOf([gradient]), clipNorm)]),
  );
  const globalNorm = normOf(each.values());
  return new Map([...each].map(([path, gradient]) => [path, shortened(gradient, globalNorm, globalClipNorm)]));
}

/** The Euclidean length of several arrays as one vector. */
function normOf(arrays: Iterable<Float64Array>): number {
  let sum = 0;
  for (const values of arrays) for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}
