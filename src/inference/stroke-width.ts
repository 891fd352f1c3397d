/**
 * How wide strokes are, and making them wider or narrower. Works on a shape of 0 to 1 (paper to ink), by the distances of its
 * pixels to its edge.
 */

import { newPlane, type Plane } from './plane.js';

const far = 1e12;

/**
 * The squared distance of each pixel to the nearest pixel that is (or, with `toInk` false, is not) ink; 1e12 where there is none
 * (Felzenszwalb, Huttenlocher: "Distance transforms of sampled functions", 2012).
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

/** The distance of each pixel of a shape to its edge in pixels: positive inside of the ink, negative outside. */
export function edgeDistances(shape: Plane): Plane {
  const inside = squaredDistances(shape, false);
  const outside = squaredDistances(shape, true);
  // The edge runs half a pixel before the next pixel's centre.
  const distances = newPlane(shape.width, shape.height);
  for (let i = 0; i < inside.length; i++) {
    distances.data[i] = inside[i] > 0 ? Math.sqrt(inside[i]) - 0.5 : 0.5 - Math.sqrt(outside[i]);
  }
  return distances;
}

/**
 * The usual width of a shape's strokes in pixels: twice the median distance to the edge along the strokes' middle lines, where no
 * neighbour is further from the edge. 0 where there is no ink.
 * @param distances of `edgeDistances`
 */
export function strokeWidth({ width, height, data }: Plane): number {
  const ridge: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const distance = data[at];
      if (distance <= 0) continue;
      const isRidge =
        !(x > 0 && data[at - 1] > distance) &&
        !(x + 1 < width && data[at + 1] > distance) &&
        !(y > 0 && data[at - width] > distance) &&
        !(y + 1 < height && data[at + width] > distance);
      if (isRidge) ridge.push(distance);
    }
  }
  ridge.sort((a, b) => a - b);
  return ridge.length === 0 ? 0 : 2 * ridge[Math.floor(ridge.length / 2)];
}

/**
 * The shape with its edge moved outwards by `radius` pixels, inwards where that is negative; the edge is a ramp of one pixel.
 * @param distances of `edgeDistances`
 */
export function withMovedEdge(distances: Plane, radius: number): Plane {
  const moved = newPlane(distances.width, distances.height);
  for (let i = 0; i < moved.data.length; i++) {
    moved.data[i] = Math.min(Math.max(distances.data[i] + radius + 0.5, 0), 1);
  }
  return moved;
}
