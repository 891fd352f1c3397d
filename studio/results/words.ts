/** Numbers and parts of MNIST in words. */

import type { Part } from '../conductor/topics/results.js';

export function percent(fraction: number, digits = 2): string {
  return `${(100 * fraction).toFixed(digits)} %`;
}

/** Never 100 % of what is not certain. */
export function percentSure(probability: number): string {
  return probability > 0.9999 ? '> 99.99 %' : percent(probability);
}

export function integer(count: number): string {
  return count.toLocaleString('en');
}

export const partNames: Readonly<Record<Part, string>> = {
  test: 'test images',
  validation: 'validation images',
  training: 'training images',
};
