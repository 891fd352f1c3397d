/**
 * Pictures without strokes, made pixel by pixel: noise, clouds, gradients, checks, cloth, scenes. Limits: grey values 0
 * to 255 before colours are put on.
 */

import { sin } from '../../dist/numerics/elementary.js';

/** @typedef {import('./random-numbers.mjs').RandomNumbers} RandomNumbers */

/**
 * Adds smooth noise: random values at the knots of a grid, between them bilinear.
 * @param {Float32Array} grey width * height @param {number} width @param {RandomNumbers} random
 * @param {number} spacing of the knots, pixels @param {number} amplitude
 */
export function addSmoothNoise(grey, width, random, spacing, amplitude) {
  const height = grey.length / width;
  const columns = Math.ceil(width / spacing) + 2;
  const knots = Float32Array.from({ length: columns * (Math.ceil(height / spacing) + 2) }, () =>
    random.between(-amplitude, amplitude),
  );
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / spacing);
    const down = y / spacing - row;
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / spacing);
      const right = x / spacing - column;
      const knot = row * columns + column;
      const above = knots[knot] + (knots[knot + 1] - knots[knot]) * right;
      const below = knots[knot + columns] + (knots[knot + columns + 1] - knots[knot + columns]) * right;
      grey[y * width + x] += above + (below - above) * down;
    }
  }
}

/** Adds noise of its own to each pixel. */
function addGrain(grey, random, amplitude) {
  for (let i = 0; i < grey.length; i++) grey[i] += random.between(-amplitude, amplitude);
}

function addClouds(grey, width, random, coarsest, amplitude) {
  for (let spacing = coarsest; spacing >= 3; spacing /= 2) {
    addSmoothNoise(grey, width, random, spacing, amplitude);
    amplitude *= 0.6;
  }
}

/** A function of the place for all pixels. */
function shade(grey, width, valueAt) {
  for (let i = 0; i < grey.length; i++) grey[i] += valueAt(i % width, Math.floor(i / width));
}

/** A random straight line through the picture: positive on its one side. */
function halfPlane(random, width, height) {
  const [a, b] = [random.between(-1, 1), random.between(-1, 1)];
  const [x0, y0] = [random.between(0, width), random.between(0, height)];
  return (x, y) => a * (x - x0) + b * (y - y0);
}

/** @type {Record<string, (grey: Float32Array, width: number, random: RandomNumbers) => void>} each adds to mid-grey */
const surfaces = {
  clouds: (grey, width, random) => addClouds(grey, width, random, random.choose([64, 48, 32, 24]), 110),
  threshold: (grey, width, random) => {
    addClouds(grey, width, random, random.choose([40, 24, 16]), 60);
    const light = random.between(60, 127);
    for (let i = 0; i < grey.length; i++) grey[i] = grey[i] > 127 ? 127 + light : 127 - light;
  },
  grain: (grey, width, random) => {
    addGrain(grey, random, random.between(40, 127));
    addSmoothNoise(grey, width, random, 40, 40);
  },
  coarseGrain: (grey, width, random) => addSmoothNoise(grey, width, random, random.between(3, 9), 160),
  gradient: (grey, width, random) => {
    const side = halfPlane(random, width, grey.length / width);
    const strength = random.between(0.5, 2);
    shade(grey, width, (x, y) => strength * side(x, y));
    addGrain(grey, random, random.between(0, 20));
  },
  edges: (grey, width, random) => {
    const height = grey.length / width;
    for (let edge = random.integer(2, 6); edge > 0; edge--) {
      const side = halfPlane(random, width, height);
      const step = random.between(-70, 70);
      shade(grey, width, (x, y) => (side(x, y) > 0 ? step : 0.1 * side(x, y)));
    }
    addGrain(grey, random, random.between(0, 12));
  },
  checks: (grey, width, random) => {
    const [wide, high] = [random.between(8, 36), random.between(8, 36)];
    const step = random.between(30, 110);
    shade(grey, width, (x, y) => ((Math.floor(x / wide) + Math.floor(y / high)) % 2 === 0 ? step : -step));
    addSmoothNoise(grey, width, random, 50, 40);
    addGrain(grey, random, random.between(0, 20));
  },
  stripes: (grey, width, random) => {
    const [a, b] = [random.between(-0.7, 0.7), random.between(0.15, 0.7)];
    const strength = random.between(40, 110);
    const swing = random.between(0, 4);
    shade(grey, width, (x, y) => strength * sin(a * x + b * y + swing * sin(x / 20)));
    addSmoothNoise(grey, width, random, 30, 30);
  },
  cloth: (grey, width, random) => {
    const [a, b] = [random.between(0.25, 1.2), random.between(0.25, 1.2)];
    shade(grey, width, (x, y) => 55 * sin(a * x) + 55 * sin(b * y));
    addGrain(grey, random, random.between(5, 40));
  },
  bricks: (grey, width, random) => {
    const [wide, high] = [random.between(20, 44), random.between(10, 22)];
    const joint = random.between(2, 4);
    shade(grey, width, (x, y) => {
      const row = Math.floor(y / high);
      const along = x + (row % 2) * (wide / 2);
      const inJoint = y - row * high < joint || along - Math.floor(along / wide) * wide < joint;
      return inJoint ? 80 : -30 + ((Math.floor(along / wide) * 37 + row * 59) % 30);
    });
    addGrain(grey, random, 15);
  },
  spheres: (grey, width, random) => {
    const height = grey.length / width;
    addClouds(grey, width, random, 48, 25);
    for (let ball = random.integer(2, 5); ball > 0; ball--) {
      const [cx, cy] = [random.between(0, width), random.between(0, height)];
      const [radius, light, dark] = [random.between(14, 45), random.between(140, 255), random.between(0, 70)];
      for (let y = Math.max(0, Math.ceil(cy - radius)); y < Math.min(height, cy + radius); y++) {
        for (let x = Math.max(0, Math.ceil(cx - radius)); x < Math.min(width, cx + radius); x++) {
          const [u, v] = [(x - cx) / radius, (y - cy) / radius];
          const rest = 1 - u * u - v * v;
          if (rest < 0) continue;
          const facing = Math.max(0, (-0.5 * u - 0.6 * v + 0.62 * Math.sqrt(rest)) / 1.0);
          grey[y * width + x] = dark + (light - dark) * facing;
        }
      }
    }
    addGrain(grey, random, 10);
  },
  landscape: (grey, width, random) => {
    const height = grey.length / width;
    addClouds(grey, width, random, 60, 20);
    shade(grey, width, (_x, y) => 80 - (60 * y) / height);
    for (let ridge = 0; ridge < 4; ridge++) {
      const base = height * (0.35 + 0.17 * ridge) + random.bell() * 6;
      const [a, b, c] = [random.between(0.02, 0.08), random.between(0.06, 0.2), random.between(0, 6)];
      const value = 150 - 35 * ridge + random.bell() * 12;
      for (let x = 0; x < width; x++) {
        const top = Math.max(0, Math.round(base - (18 - 3 * ridge) * sin(a * x + c) - 5 * sin(b * x + 2 * c)));
        for (let y = top; y < height; y++) grey[y * width + x] = value + ((x * 7 + y * 13) % 11);
      }
    }
    addGrain(grey, random, 14);
  },
  windows: (grey, width, random) => {
    const [wide, high] = [random.between(14, 34), random.between(14, 34)];
    addClouds(grey, width, random, 60, 30);
    shade(grey, width, (x, y) => {
      const inside = x % wide > wide * 0.3 && y % high > high * 0.35;
      return inside ? -90 + ((Math.floor(x / wide) * 71 + Math.floor(y / high) * 43) % 97) : 40;
    });
    addGrain(grey, random, 12);
  },
};

export const surfaceNames = Object.keys(surfaces);

/**
 * @param {string} name one of surfaceNames
 * @param {number} width @param {number} height @param {RandomNumbers} random
 * @returns {Float32Array} grey values, mostly 0 to 255, row by row
 */
export function surface(name, width, height, random) {
  const grey = new Float32Array(width * height).fill(127);
  surfaces[name](grey, width, random);
  return grey;
}
