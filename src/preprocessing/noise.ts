/** Grain of a photo: how strong it is, and taking it away before it is taken for ink. */

import type { Plane } from './plane.js';

/** Standard deviations, in levels of 255, from which on a picture is smoothed over 3 x 3 and over 5 x 5 pixels. */
const [someNoise, muchNoise] = [2.5, 12];
/** Smaller pictures have no strokes to spare. */
const smallestSide = 64;
/** Median absolute deviation to standard deviation, of a normal distribution. */
const deviationOfMedian = 1.4826;

/** @returns the picture itself where it is clean or small */
export function withoutNoise(brightness: Plane): Plane {
  if (Math.min(brightness.width, brightness.height) < smallestSide) return brightness;
  const noise = noiseOf(brightness);
  return noise < someNoise ? brightness : smoothed(brightness, noise < muchNoise ? 1 : 2);
}

/** Standard deviation by the median difference of neighbours, which edges, being few, do not change. */
function noiseOf({ width, height, data }: Plane): number {
  const counts = new Float64Array(512);
  let pairs = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 1, at = y * width + 1; x < width; x++, at++) {
      counts[Math.min(511, Math.floor(2 * Math.abs(data[at] - data[at - 1])))]++;
      pairs++;
    }
  }
  let seen = 0;
  const median = counts.findIndex((count) => {
    seen += count;
    return seen * 2 >= pairs;
  });
  // The difference of two has twice the variance of one.
  return (deviationOfMedian * median) / 2 / Math.SQRT2;
}

/** Means over squares of `radius` each way; rows, then columns. */
function smoothed(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const across = meansAlong(plane.data, width, height, 1, width, radius);
  return { width, height, data: meansAlong(across, height, width, width, 1, radius) };
}

function meansAlong(
  data: Float32Array,
  length: number,
  lines: number,
  step: number,
  stepLine: number,
  radius: number,
): Float32Array {
  const means = new Float32Array(data.length);
  for (let line = 0; line < lines; line++) {
    for (let place = 0; place < length; place++) {
      const [first, last] = [Math.max(0, place - radius), Math.min(length - 1, place + radius)];
      let sum = 0;
      for (let near = first; near <= last; near++) sum += data[line * stepLine + near * step];
      means[line * stepLine + place * step] = sum / (last - first + 1);
    }
  }
  return means;
}
