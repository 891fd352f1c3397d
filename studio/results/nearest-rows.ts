/** Which rows of many values lie nearest to one of them. */

/** @param values `[rows, columns]` @returns row numbers, the nearest first, the row itself left out */
export function nearestRows(values: Float32Array, columns: number, row: number, count: number): number[] {
  const rows = values.length / columns;
  const distances = Float64Array.from({ length: rows }, (_, other) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) {
      sum += (values[other * columns + column] - values[row * columns + column]) ** 2;
    }
    return sum;
  });
  return Array.from(distances.keys())
    .filter((other) => other !== row)
    .sort((a, b) => distances[a] - distances[b] || a - b)
    .slice(0, count);
}
