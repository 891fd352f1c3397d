/**
 * A photo of a sheet of paper with something written on it: printed rules or squares, light and shadow, the camera a
 * little aslant, grain, JPEG. Limits: the sheet fills the photo.
 */

import { decode, encode } from 'jpeg-js';
import { cos, sin } from '../../../dist/numerics/elementary.js';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {{ width: number, height: number, data: Uint8Array }} Picture */

/** The camera: sheet = photo / (1 + a x + b y), both from the photo's middle, so that the inverse is as plain. */
export function someCamera(random, width, height) {
  const most = 0.12 / Math.max(width, height);
  const [a, b] = [random.between(-most, most), random.between(-most, most)];
  const [middleX, middleY] = [width / 2, height / 2];
  return {
    toSheet(x, y) {
      const scale = 1 / (1 + a * (x - middleX) + b * (y - middleY));
      return [(x - middleX) * scale, (y - middleY) * scale];
    },
    /** The photo's pixel, and by how much lengths grow there. */
    toPhoto(x, y) {
      const scale = 1 / (1 - a * x - b * y);
      return [middleX + x * scale, middleY + y * scale, scale];
    },
  };
}

/** Nothing, rules or squares, at some angle, faint beside the ink. */
function someRules(random, digitHeight) {
  const kind = random.chooseByWeight({ none: 6, rules: 2, squares: 2 });
  const angle = random.between(-0.06, 0.06);
  return {
    kind,
    direction: [cos(angle), sin(angle)],
    spacing: digitHeight * (kind === 'rules' ? random.between(0.8, 1.6) : random.between(0.35, 0.7)),
    offset: random.between(0, 1),
    halfWidth: random.between(0.4, 0.8),
    strength: random.between(0.1, 0.24),
    colour: random.choose([
      [110, 140, 190],
      [130, 130, 135],
      [110, 150, 130],
    ]),
  };
}

function ruleAt([x, y], { kind, direction: [c, s], spacing, offset, halfWidth }) {
  const on = (place) => {
    const shares = place / spacing + offset;
    const distance = Math.abs(shares - Math.round(shares)) * spacing;
    return Math.min(1, Math.max(0, halfWidth - distance + 0.5));
  };
  const across = on(c * y - s * x);
  return kind === 'squares' ? Math.max(across, on(c * x + s * y)) : across;
}

/** Light that falls off to one side, and sometimes a soft shadow: the share that reaches a place from 0 to 1. */
function someLight(random) {
  const [slopeX, slopeY] = [random.between(-0.16, 0.16), random.between(-0.16, 0.16)];
  const angle = random.between(0, 2 * Math.PI);
  const edge = { x: cos(angle), y: sin(angle), at: random.between(-0.2, 0.2), soft: random.between(0.2, 0.7) };
  const depth = random.chance(0.3) ? random.between(0.1, 0.32) : 0;
  return (x, y) => {
    const [u, v] = [x - 0.5, y - 0.5];
    const inShadow = Math.min(1, Math.max(0, 0.5 + (u * edge.x + v * edge.y - edge.at) / edge.soft));
    return (1 + slopeX * u + slopeY * v) * (1 - depth * inShadow * inShadow * (3 - 2 * inShadow));
  };
}

const papers = [
  [246, 245, 240],
  [236, 234, 228],
  [222, 224, 226],
  [248, 240, 214],
  [214, 208, 198],
];

/**
 * @param {{ width: number, height: number, cover: Float32Array, camera: ReturnType<typeof someCamera> }} written how
 *   much ink is on each pixel, 0 to 1
 * @param {{ colour: number[], grain: number, digitHeight: number }} ink
 * @param {RandomNumbers} random
 * @returns {Picture} RGBA, opaque
 */
export function photographSheet({ width, height, cover, camera }, { colour, grain, digitHeight }, random) {
  const onDark = random.chance(0.07);
  const paper = onDark
    ? random.choose([
        [34, 40, 38],
        [26, 28, 34],
      ])
    : random.choose(papers);
  const ink = onDark ? [232, 232, 226] : colour;
  const rules = someRules(random, digitHeight);
  const light = someLight(random);
  const noise = random.between(0, 7);
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < cover.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const rule = rules.kind === 'none' ? 0 : rules.strength * ruleAt(camera.toSheet(x + 0.5, y + 0.5), rules);
    const inked = cover[i] * (1 - grain * random.between(0, 1));
    const brightness = light(x / width, y / height);
    const speck = random.between(-noise, noise);
    for (let channel = 0; channel < 3; channel++) {
      let value = paper[channel] + rule * (rules.colour[channel] - paper[channel]);
      value += inked * (ink[channel] - value);
      data[4 * i + channel] = Math.round(Math.min(255, Math.max(0, value * brightness + speck)));
    }
    data[4 * i + 3] = 255;
  }
  if (random.chance(0.5)) return { width, height, data };
  const jpeg = encode({ width, height, data }, random.integer(35, 90)).data;
  return { width, height, data: new Uint8Array(decode(jpeg, { useTArray: true }).data) };
}
