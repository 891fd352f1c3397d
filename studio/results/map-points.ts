/** Finds points on the map: by a pointer, and by arrow keys. */

/** @param points `[count, 2]`, as they are on the screen @returns undefined where none is within `reach` */
export function pointNear(points: Float32Array, x: number, y: number, reach: number): number | undefined {
  let nearest: number | undefined;
  let smallest = reach ** 2;
  for (let point = 0; 2 * point < points.length; point++) {
    const distance = (points[2 * point] - x) ** 2 + (points[2 * point + 1] - y) ** 2;
    if (distance <= smallest) [nearest, smallest] = [point, distance];
  }
  return nearest;
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest point within 45 degrees of the key's direction, y downwards. @returns undefined where there is none */
export function pointAfterKey(points: Float32Array, from: number, key: string): number | undefined {
  const direction = directions[key];
  if (!direction) return undefined;
  const [right, down] = direction;
  let nearest: number | undefined;
  let smallest = Number.POSITIVE_INFINITY;
  for (let point = 0; 2 * point < points.length; point++) {
    const [x, y] = [points[2 * point] - points[2 * from], points[2 * point + 1] - points[2 * from + 1]];
    const [along, across] = [x * right + y * down, Math.abs(x * down - y * right)];
    const distance = x * x + y * y;
    if (along > 0 && across <= along && distance < smallest) [nearest, smallest] = [point, distance];
  }
  return nearest;
}
