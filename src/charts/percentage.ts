/** How charts write a probability. */

/** One decimal; what is not certain is never written as 100 %. */
export function percentage(probability: number): string {
  return probability >= 0.9995 ? '> 99.9 %' : `${(100 * probability).toFixed(1)} %`;
}
