/** Principal components: where rows of many values lie along the two directions in which they differ most. */

export interface Components {
  /** `[rows, 2]` */
  readonly points: Float32Array;
  /** The share of the variance along each direction. */
  readonly shares: readonly [number, number];
}

const mostIterations = 500;

/** @param values `[rows, columns]` */
export function principalComponents(values: Float32Array, rows: number, columns: number): Components {
  const centred = centre(values, rows, columns);
  const covariance = covarianceOf(centred, rows, columns);
  let total = 0;
  for (let column = 0; column < columns; column++) total += covariance[column * columns + column];
  const points = new Float32Array(2 * rows);
  const shares: [number, number] = [0, 0];
  for (const axis of [0, 1] as const) {
    const { direction, variance } = strongestDirection(covariance, columns);
    shares[axis] = total > 0 ? variance / total : 0;
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) sum += centred[row * columns + column] * direction[column];
      points[2 * row + axis] = sum;
    }
    // What is left when this direction is taken out.
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) covariance[i * columns + j] -= variance * direction[i] * direction[j];
    }
  }
  return { points, shares };
}

function centre(values: Float32Array, rows: number, columns: number): Float64Array {
  const means = new Float64Array(columns);
  for (let i = 0; i < rows * columns; i++) means[i % columns] += values[i] / rows;
  return Float64Array.from({ length: rows * columns }, (_, i) => values[i] - means[i % columns]);
}

function covarianceOf(centred: Float64Array, rows: number, columns: number): Float64Array {
  const covariance = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const own = centred.subarray(row * columns, (row + 1) * columns);
    for (let i = 0; i < columns; i++) {
      const value = own[i];
      if (value === 0) continue;
      for (let j = 0; j <= i; j++) covariance[i * columns + j] += value * own[j];
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) {
      covariance[j * columns + i] = covariance[i * columns + j] /= rows;
    }
  }
  return covariance;
}

/** By power iteration, begun at the column that varies most; its largest component is above 0, so that it has one sign. */
function strongestDirection(covariance: Float64Array, columns: number) {
  let start = 0;
  for (let i = 1; i < columns; i++) {
    if (covariance[i * columns + i] > covariance[start * columns + start]) start = i;
  }
  let direction = covariance.slice(start * columns, (start + 1) * columns);
  let variance = normalise(direction);
  if (variance === 0) return { direction, variance };
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const next = new Float64Array(columns);
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) next[i] += covariance[i * columns + j] * direction[j];
    }
    variance = normalise(next);
    const change = next.reduce((most, value, i) => Math.max(most, Math.abs(value - direction[i])), 0);
    direction = next;
    if (change < 1e-9) break;
  }
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return { direction: largest < 0 ? direction.map((value) => -value) : direction, variance };
}

/** @returns the length that it had */
function normalise(vector: Float64Array): number {
  const length = Math.hypot(...vector);
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i] /= length;
  return length;
}
