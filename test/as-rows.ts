/** Numbers as the rows `[N, classes]` that the functions of evaluation/ take. */
export function asRows(data: Float32Array, classes: number): { data: Float32Array; shape: [number, number] } {
  return { data, shape: [data.length / classes, classes] };
}
