/**
 * How wide strokes are, and making them wider or narrower. A shape is 0 for paper to 1 for ink, with paper all around.
 */

import { newPlane, type Plane } from './plane.js';

/**
 * The mean width of a shape's strokes in pixels: a stroke of length L and width w covers w L and has an edge of 2 L,
 * loops included. The edge's length is the sum of all slopes, since along each crossing of the edge the shape rises by
 * 1 (the coarea formula). 0 where there is no ink.
 */
export function strokeWidth({ width, height, data }: Plane): number {
  let [area, edge] = [0, 0];
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const at = y * width + x;
      const [upperLeft, upperRight, lowerLeft, lowerRight] = [
        data[at],
        data[at + 1],
        data[at + width],
        data[at + width + 1],
      ];
      const across = upperRight + lowerRight - upperLeft - lowerLeft;
      const down = lowerLeft + lowerRight - upperLeft - upperRight;
      area += upperLeft;
      edge += Math.sqrt(across * across + down * down) / 2;
    }
  }
  return edge > 0 ? (2 * area) / edge : 0;
}

const far = 1e12;

/**
 * The squared distance of each pixel to the nearest pixel that is (or, with `toInk` false, is not) ink; 1e12 where
 * there is none (Felzenszwalb, Huttenlocher: "Distance transforms of sampled functions", 2012).
 */
function squaredDistances({ width, height, data }: Plane, toInk: boolean): Float64Array {
  const distances = new Float64Array(width * height);
  for (let i = 0; i < distances.length; i++) distances[i] = data[i] > 0.5 === toInk ? 0 : far;
  const envelope = new LowerEnvelope(Math.max(width, height));
  for (let x = 0; x < width; x++) envelope.transform(distances, x, width, height);
  for (let y = 0; y < height; y++) envelope.transform(distances, y * width, 1, width);
  return distances;
}

/** The lower envelope of parabolas, one for each value of a line. */
class LowerEnvelope {
  private readonly values: Float64Array;
  private readonly places: Int32Array;
  private readonly bounds: Float64Array;

  constructor(longest: number) {
    this.values = new Float64Array(longest);
    this.places = new Int32Array(longest);
    this.bounds = new Float64Array(longest + 1);
  }

  transform(data: Float64Array, first: number, stride: number, count: number): void {
    const { values, places, bounds } = this;
    for (let i = 0; i < count; i++) values[i] = data[first + i * stride];
    let parabolas = 0;
    places[0] = 0;
    bounds[0] = Number.NEGATIVE_INFINITY;
    bounds[1] = Number.POSITIVE_INFINITY;
    for (let i = 1; i < count; i++) {
      const meets = (other: number) => (values[i] + i * i - (values[other] + other * other)) / (2 * (i - other));
      let bound = meets(places[parabolas]);
      while (bound <= bounds[parabolas]) bound = meets(places[--parabolas]);
      parabolas++;
      places[parabolas] = i;
      bounds[parabolas] = bound;
      bounds[parabolas + 1] = Number.POSITIVE_INFINITY;
    }
    for (let i = 0, parabola = 0; i < count; i++) {
      while (bounds[parabola + 1] < i) parabola++;
      const distance = i - places[parabola];
      data[first + i * stride] = distance * distance + values[places[parabola]];
    }
  }
}

/**
 * The shape with its edge moved outwards by `radius` pixels, inwards where that is negative; the edge is a ramp of one
 * pixel.
 */
export function withMovedEdge(shape: Plane, radius: number): Plane {
  const moved = newPlane(shape.width, shape.height);
  const grows = radius > 0;
  const squares = squaredDistances(shape, grows);
  // The edge runs half a pixel before the next pixel's centre; on its other side nothing changes.
  for (let i = 0; i < squares.length; i++) {
    const distance = squares[i] > 0 ? Math.sqrt(squares[i]) - 0.5 : -0.5;
    const covered = Math.min(Math.max(distance - Math.abs(radius) + 0.5, 0), 1);
    moved.data[i] = grows ? 1 - covered : covered;
  }
  return moved;
}
