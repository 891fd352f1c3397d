/** How charts and the command line write a probability. */

/** Two decimals; no answer is certain, so that none is written as 100 %, even where the nearest float is 1. */
export function percentage(probability: number): string {
  return probability >= 0.99995 ? '> 99.99 %' : `${(100 * probability).toFixed(2)} %`;
}
