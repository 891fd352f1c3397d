/** A shape as people write it: `26 × 26 × 16`. */
export function shapeText(shape: readonly number[]): string {
  return shape.join(' × ');
}
