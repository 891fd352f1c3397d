/**
 * Photo-like pictures, computed pixel by pixel with uneven light and noise. Limits: small scenes of simple geometry,
 * 120 to 260 pixels a side.
 */

import { cos, sin } from '../../../dist/numerics/elementary.js';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */

/** A value between 0 and 1 for a lattice point. */
function hash(x, y, salt) {
  let bits = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ salt;
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  return ((bits ^ (bits >>> 15)) >>> 0) / 4294967296;
}

/** Value noise with smooth steps, three octaves, 0 to 1. */
function noise(x, y, salt) {
  let [sum, size] = [0, 4 / 7];
  for (let octave = 0; octave < 3; octave++) {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [x - column, y - row];
    const [a, b] = [u * u * (3 - 2 * u), v * v * (3 - 2 * v)];
    const above = hash(column, row, salt) * (1 - a) + hash(column + 1, row, salt) * a;
    const below = hash(column, row + 1, salt) * (1 - a) + hash(column + 1, row + 1, salt) * a;
    sum += size * (above * (1 - b) + below * b);
    [x, y, size, salt] = [2 * x, 2 * y, size / 2, salt + 1];
  }
  return sum;
}

const mix = (from, to, fraction) => from.map((value, i) => value + (to[i] - value) * fraction);
const lit = (rgb, light) => rgb.map((value) => value * light);
const inEllipse = (x, y, cx, cy, rx, ry) => ((x - cx) / rx) * ((x - cx) / rx) + ((y - cy) / ry) * ((y - cy) / ry) < 1;

/**
 * Each takes random numbers and gives a function of the place (x to the right and y down, 0 to about 1) to a colour.
 * @type {Record<string, (random: RandomNumbers) => (x: number, y: number) => number[]>}
 */
const photos = {
  spheresOnFloor(random) {
    const salt = random.bits();
    const floor = [someColour(random), someColour(random)];
    const balls = Array.from({ length: random.integer(2, 4) }, () => ({
      x: random.between(0.1, 0.9),
      y: random.between(0.35, 0.8),
      r: random.between(0.1, 0.24),
      rgb: someColour(random),
    }));
    return (x, y) => {
      for (const ball of balls) {
        const [u, v] = [(x - ball.x) / ball.r, (y - ball.y) / ball.r];
        const rest = 1 - u * u - v * v;
        if (rest <= 0) continue;
        const facing = Math.max(0, -0.45 * u - 0.65 * v + 0.6 * Math.sqrt(rest));
        return mix(lit(ball.rgb, 0.2 + 0.8 * facing), [255, 255, 255], facing > 0.95 ? (facing - 0.95) * 15 : 0);
      }
      if (y < 0.4) return lit([150, 170, 190], 0.8 + 0.4 * noise(4 * x, 4 * y, salt));
      const depth = 1 / (y - 0.32);
      return floor[(Math.floor((x - 0.5) * depth * 3 + 50) + Math.floor(depth * 2)) % 2];
    };
  },
  portrait(random) {
    const [skin, hair, coat, wall] = [
      [random.between(120, 235), random.between(90, 190), random.between(70, 160)],
      someColour(random),
      someColour(random),
      someColour(random),
    ];
    const [cx, salt, beard] = [random.between(0.4, 0.6), random.bits(), random.chance(0.4)];
    return (x, y) => {
      const dapple = 0.85 + 0.3 * noise(9 * x, 9 * y, salt);
      for (const side of [-1, 1]) {
        if (inEllipse(x, y, cx + side * 0.085, 0.4, 0.017, 0.017)) return [20, 20, 25];
        if (inEllipse(x, y, cx + side * 0.085, 0.4, 0.045, 0.022)) return [235, 235, 230];
        if (inEllipse(x, y, cx + side * 0.085, 0.35, 0.06, 0.012)) return lit(hair, 0.6);
      }
      if (inEllipse(x, y, cx, 0.6, 0.08, 0.018)) return [150, 60, 60];
      if (x - cx > -0.02 && x - cx < 0.03 && y > 0.43 && y < 0.52) return lit(skin, 0.75);
      if (beard && y > 0.55 && inEllipse(x, y, cx, 0.52, 0.19, 0.22)) return lit(hair, dapple);
      if (y > 0.3 + 0.02 * sin(30 * x) && inEllipse(x, y, cx, 0.47, 0.2, 0.27))
        return lit(skin, 1.05 - 1.4 * Math.max(0, x - cx));
      if (inEllipse(x, y, cx, 0.38, 0.25, 0.27)) return lit(hair, 0.7 + 0.6 * noise(60 * x, 6 * y, salt));
      if (Math.abs(x - cx) < 0.09 && y > 0.5 && y < 0.85) return lit(skin, 0.8);
      if (inEllipse(x, y, cx, 1.1, 0.5, 0.34)) return lit(coat, dapple);
      return lit(wall, 0.7 + 0.6 * noise(3 * x, 3 * y, salt + 9));
    };
  },
  hills(random) {
    const [salt, sun] = [random.bits(), random.between(0.2, 0.8)];
    const [near, far, sky] = [someColour(random), [150, 160, 175], [120 + random.between(0, 100), 150, 210]];
    return (x, y) => {
      for (let ridge = 3; ridge >= 0; ridge--) {
        const top = 0.35 + 0.17 * ridge - 0.22 * (noise(x * (2 + ridge), ridge * 5.3, salt) - 0.4);
        if (y > top) return lit(mix(far, near, ridge / 3), 0.6 + 0.7 * noise(25 * x, 40 * y, salt + ridge));
      }
      return inEllipse(x, y, sun, 0.15, 0.06, 0.06)
        ? [255, 250, 220]
        : mix(lit(sky, 1.1 - 0.6 * y), [255, 255, 255], Math.max(0, 2 * noise(5 * x, 9 * y, salt) - 1));
    };
  },
  weave(random) {
    const [warp, weft, scale, salt] = [someColour(random), someColour(random), random.between(8, 22), random.bits()];
    return (x, y) => {
      const [u, v] = [x * scale, y * scale];
      const over = (Math.floor(u) + Math.floor(v)) % 2 === 0;
      const across = (over ? u : v) - Math.floor(over ? u : v) - 0.5;
      return lit(over ? warp : weft, (1.1 - 2.6 * across * across) * (0.8 + 0.4 * noise(u * 4, v * 4, salt)));
    };
  },
  plaid(random) {
    const [ground, first, second] = [someColour(random), someColour(random), someColour(random)];
    const [wide, narrow] = [random.between(3, 6), random.between(7, 13)];
    return (x, y) => {
      let rgb = ground;
      if (x * wide - Math.floor(x * wide) < 0.4) rgb = mix(rgb, first, 0.5);
      if (y * wide - Math.floor(y * wide) < 0.4) rgb = mix(rgb, first, 0.5);
      if (x * narrow - Math.floor(x * narrow) < 0.15) rgb = mix(rgb, second, 0.6);
      if (y * narrow - Math.floor(y * narrow) < 0.15) rgb = mix(rgb, second, 0.6);
      return lit(rgb, 0.85 + 0.15 * sin(400 * (x + y)));
    };
  },
  keyboard(random) {
    const [board, key, salt] = [someColour(random), someColour(random), random.bits()];
    const columns = random.integer(7, 11);
    return (x, y) => {
      const row = Math.floor(y * columns * 0.8);
      const [u, v] = [x * columns + (row % 3) * 0.33, y * columns * 0.8];
      const [a, b] = [u - Math.floor(u), v - row];
      if (a < 0.1 || b < 0.12) return lit(board, 0.35);
      const mark =
        Math.abs(a - 0.5) < 0.16 &&
        Math.abs(b - 0.5) < 0.16 &&
        hash(Math.floor(u * 13), Math.floor(v * 13), salt) > 0.5;
      return lit(mark ? mix(key, board, 0.9) : key, b > 0.88 || a > 0.92 ? 0.6 : 1);
    };
  },
  leaves(random) {
    const salt = random.bits();
    const leaf = Array.from({ length: random.integer(5, 11) }, () => {
      const angle = random.between(0, 6.28);
      return {
        x: random.between(0, 1),
        y: random.between(0, 1),
        c: cos(angle),
        s: sin(angle),
        length: random.between(0.15, 0.35),
        rgb: [random.between(30, 130), random.between(90, 210), random.between(20, 80)],
      };
    });
    return (x, y) => {
      for (const { x: cx, y: cy, c, s, length, rgb } of leaf) {
        const [u, v] = [((x - cx) * c + (y - cy) * s) / length, ((y - cy) * c - (x - cx) * s) / length];
        if (u < -1 || u > 1 || Math.abs(v) > 0.45 * (1 - u * u)) continue;
        const vein =
          Math.abs(v) < 0.025 || Math.abs((u + Math.abs(v) * 0.8) * 6 - Math.round((u + Math.abs(v) * 0.8) * 6)) < 0.08;
        return lit(rgb, (vein ? 1.35 : 0.9) * (v > 0 ? 0.8 : 1));
      }
      return lit([70, 50, 30], 0.4 + 1.1 * noise(14 * x, 14 * y, salt));
    };
  },
  pebbles(random) {
    const [salt, scale, rgb] = [random.bits(), random.between(4, 9), someColour(random)];
    return (x, y) => {
      const [u, v] = [x * scale, y * scale];
      let [nearest, second, stone] = [9, 9, 0];
      for (let row = Math.floor(v) - 1; row <= Math.floor(v) + 1; row++) {
        for (let column = Math.floor(u) - 1; column <= Math.floor(u) + 1; column++) {
          const [dx, dy] = [column + hash(column, row, salt) - u, row + hash(column, row, salt + 1) - v];
          const distance = Math.sqrt(dx * dx + dy * dy);
          if (distance < nearest) [nearest, second, stone] = [distance, nearest, hash(column, row, salt + 2)];
          else second = Math.min(second, distance);
        }
      }
      return lit(rgb, second - nearest < 0.08 ? 0.15 : (0.5 + 0.8 * stone) * (1.15 - 0.5 * nearest));
    };
  },
  wood(random) {
    const [salt, rings, knotX, knotY] = [
      random.bits(),
      random.between(14, 30),
      random.between(0, 1),
      random.between(0, 1),
    ];
    return (x, y) => {
      const [dx, dy] = [(x - knotX) * 1.5, (y - knotY) * 0.4];
      const grain = sin(rings * (Math.sqrt(dx * dx + dy * dy) * 3 + 0.7 * noise(3 * x, 12 * y, salt)));
      return lit([190, 130, 75], 0.75 + 0.25 * grain + 0.2 * noise(8 * x, 90 * y, salt + 5));
    };
  },
  cityAtNight(random) {
    const salt = random.bits();
    return (x, y) => {
      const house = Math.floor(x * 9);
      if (y < 0.2 + 0.5 * hash(house, 1, salt))
        return hash(Math.floor(x * 130), Math.floor(y * 130), salt) > 0.993 ? [255, 255, 255] : [15, 20, 50 + 60 * y];
      const [u, v] = [x * 45, y * 40];
      const pane = u - Math.floor(u) > 0.35 && v - Math.floor(v) > 0.4;
      return pane && hash(Math.floor(u), Math.floor(v), salt) > 0.45
        ? [255, 225, 140]
        : lit([50, 50, 60], 0.5 + hash(house, 2, salt));
    };
  },
  bookshelf(random) {
    const salt = random.bits();
    return (x, y) => {
      const [shelf, v] = [Math.floor(y * 3), y * 3 - Math.floor(y * 3)];
      if (v > 0.9) return [110, 75, 40];
      const u = x * 13 + hash(shelf, 7, salt);
      const book = Math.floor(u);
      if (v < 0.3 * hash(book, shelf, salt)) return [35, 25, 20];
      const rgb = [0, 1, 2].map((channel) => 40 + 200 * hash(book, shelf, salt + 3 + channel));
      if (v > 0.6 && v < 0.66) return [230, 210, 140];
      return lit(rgb, 1.1 - 0.8 * Math.abs(u - book - 0.45));
    };
  },
  ripples(random) {
    const drops = Array.from({ length: 3 }, () => [random.between(0, 1), random.between(0, 1), random.between(40, 90)]);
    const rgb = someColour(random);
    return (x, y) => {
      let height = 0;
      for (const [cx, cy, rate] of drops) {
        const distance = Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
        height += sin(rate * distance) / (1 + 4 * distance);
      }
      return lit(rgb, 0.9 + 0.35 * height);
    };
  },
};
export const photoNames = Object.keys(photos);

function someColour(random) {
  return [random.integer(40, 250), random.integer(40, 250), random.integer(40, 250)];
}

/**
 * @param {string} name one of photoNames @param {RandomNumbers} random
 * @returns {{ width: number, height: number, data: Uint8Array }} RGBA, opaque, its brightness spread over at least 64
 */
export function photo(name, random) {
  const [width, height] = [random.integer(120, 260), random.integer(120, 260)];
  const scale = 1 / Math.min(width, height);
  const [lightX, lightY, salt] = [random.between(-0.5, 0.5), random.between(-0.5, 0.5), random.bits()];
  const [grain, vignette] = [random.between(2, 18), random.between(0, 0.5)];
  for (;;) {
    const at = photos[name](random);
    const data = new Uint8Array(width * height * 4);
    let [darkest, brightest] = [255, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [u, v] = [x / width - 0.5, y / height - 0.5];
        const light = 0.95 + lightX * u + lightY * v - vignette * (u * u + v * v);
        const rgb = lit(at(x * scale, y * scale), light);
        for (let channel = 0; channel < 3; channel++) {
          const value = rgb[channel] + grain * 2 * (hash(x, y, salt + channel) - 0.5);
          data[4 * (y * width + x) + channel] = Math.round(Math.min(255, Math.max(0, value)));
        }
        data[4 * (y * width + x) + 3] = 255;
        const grey = 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
        [darkest, brightest] = [Math.min(darkest, grey), Math.max(brightest, grey)];
      }
    }
    if (brightest - darkest >= 64) return { width, height, data };
  }
}
