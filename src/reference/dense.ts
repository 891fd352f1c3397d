/** Fully connected layer: the matrix product `y = x kernel + bias`. */

/**
 * @param x `[N, in]`
 * @param kernel `[in, out]`
 * @param bias `[out]` or none
 * @param inputs `in`; N and `out` follow from the lengths
 * @returns y `[N, out]`
 */
export function denseForward(
  x: Float64Array,
  kernel: Float64Array,
  bias: Float64Array | undefined,
  inputs: number,
): Float64Array {
  const batch = x.length / inputs;
  const units = kernel.length / inputs;
  const y = new Float64Array(batch * units);
  for (let n = 0; n < batch; n++) {
    for (let unit = 0; unit < units; unit++) {
      let sum = bias === undefined ? 0 : bias[unit];
      for (let input = 0; input < inputs; input++) sum += x[n * inputs + input] * kernel[input * units + unit];
      y[n * units + unit] = sum;
    }
  }
  return y;
}

/**
 * `dx = dy kernel^T`, `dKernel = x^T dy`, `dBias` = the sum of dy's rows.
 * @param dy `[N, out]`
 * @param x `[N, in]`, what the forward pass was given
 * @param kernel `[in, out]`
 * @param inputs `in`
 * @returns dx `[N, in]`, dKernel `[in, out]`, dBias `[out]`
 */
export function denseBackward(
  dy: Float64Array,
  x: Float64Array,
  kernel: Float64Array,
  inputs: number,
): { dx: Float64Array; dKernel: Float64Array; dBias: Float64Array } {
  const batch = x.length / inputs;
  const units = kernel.length / inputs;
  const dx = new Float64Array(x.length);
  const dKernel = new Float64Array(kernel.length);
  const dBias = new Float64Array(units);
  for (let n = 0; n < batch; n++) {
    for (let unit = 0; unit < units; unit++) {
      const slope = dy[n * units + unit];
      // Most gradients are 0 below relu, and add nothing.
      if (slope === 0) continue;
      dBias[unit] += slope;
      for (let input = 0; input < inputs; input++) {
        dx[n * inputs + input] += slope * kernel[input * units + unit];
        dKernel[input * units + unit] += slope * x[n * inputs + input];
      }
    }
  }
  return { dx, dKernel, dBias };
}
