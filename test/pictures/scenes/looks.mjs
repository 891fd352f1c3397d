/**
 * What a sheet looks like: drawn on a screen in flat colours, or photographed; dark on light or light on dark. Limits:
 * ink differs from paper by at least 70 of 255 grey levels before the light falls on it.
 */

import { brightness } from '../redrawn-digits.mjs';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {import('./sheet.mjs').Look} Look */

const minContrast = 70;
const bright = {
  papers: [
    ...[
      [252, 252, 250],
      [240, 237, 230],
      [226, 223, 214],
      [206, 209, 216],
      [228, 210, 210],
      [202, 197, 186],
    ],
    ...[
      [172, 176, 184],
      [244, 240, 190],
      [214, 226, 212],
    ],
  ],
  inks: [
    ...[
      [28, 28, 34],
      [24, 38, 128],
      [44, 62, 158],
      [186, 32, 42],
      [58, 58, 64],
      [84, 84, 90],
      [22, 88, 52],
    ],
    ...[
      [98, 50, 138],
      [70, 52, 40],
    ],
  ],
};
const dark = {
  papers: [
    [28, 30, 34],
    [26, 60, 48],
    [20, 46, 112],
    [62, 42, 36],
    [74, 78, 82],
    [10, 10, 10],
  ],
  inks: [
    [242, 242, 236],
    [250, 232, 122],
    [220, 226, 236],
    [250, 204, 190],
    [206, 208, 204],
  ],
};

/** @returns {number} difference in grey levels */
export function contrastBetween(one, other) {
  return Math.abs(brightness(one) - brightness(other));
}

/** @returns {number[]} `share` of the way from one colour to the other */
export function mix(from, to, share) {
  return from.map((value, channel) => value + share * (to[channel] - value));
}

function colours(random, isDark, isFlat) {
  const anyColour = () => [0, 1, 2].map(() => random.integer(0, 255));
  const { papers, inks } = isDark ? dark : bright;
  for (;;) {
    const [paper, ink] =
      isFlat && random.chance(0.5) ? [anyColour(), anyColour()] : [random.choose(papers), random.choose(inks)];
    if (contrastBetween(paper, ink) >= minContrast && brightness(ink) > brightness(paper) === isDark)
      return { paper, ink };
  }
}

/** Outward from the middle, left upper corner first. */
const outward = [
  { x: -1, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 1 },
  { x: -1, y: 1 },
];

/**
 * Corners of a picture taken at an angle: on two neighbouring sides more of the sheet is seen than on the others, and
 * nowhere less, so that nothing is cut off.
 */
function corners(random) {
  const [leanX, leanY] = [random.between(-0.1, 0.1), random.between(-0.1, 0.1)];
  return outward.map(({ x, y }) => ({
    x: x * (Math.max(0, y * leanX) + random.between(0, 0.03)),
    y: y * (Math.max(0, x * leanY) + random.between(0, 0.03)),
  }));
}

/**
 * @param {RandomNumbers} random
 * @param {{ photo?: number, dark?: number, angle?: number }} chances of a photo rather than flat colours (0.6), of light
 *   ink on dark (0.3), of a photo taken at an angle (0)
 * @returns {Look}
 */
export function someLook(random, { photo = 0.6, dark: darkChance = 0.3, angle = 0 } = {}) {
  const isPhoto = random.chance(photo);
  const isDark = random.chance(darkChance);
  const look = colours(random, isDark, !isPhoto);
  if (!isPhoto) return random.chance(0.2) ? { ...look, jpeg: random.integer(50, 95) } : look;
  return {
    ...look,
    light: {
      name: random.choose(['even', 'gradient', 'gradient', 'vignette', 'soft shadow', 'sharp shadow']),
      strength: random.between(0.2, 0.7),
      exposure: random.between(0.75, 1),
    },
    mottle: { amount: random.between(0, 5), cell: random.integer(3, 16) },
    grain: random.between(1, 9),
    soft: random.chance(0.4),
    ...(random.chance(0.8) ? { jpeg: random.integer(40, 95) } : {}),
    ...(random.chance(angle) ? { corners: corners(random) } : {}),
  };
}

/**
 * What is printed: as dark as the ink or paler, of its colour or grey.
 * @param {{ paper: number[], ink: number[] }} look
 * @param {RandomNumbers} random
 * @param {number} palest least share of the way from paper to that colour
 * @returns {number[]}
 */
export function someLineColour({ paper, ink }, random, palest) {
  const grey = contrastBetween(paper, [0, 0, 0]) > 128 ? [30, 30, 34] : [235, 235, 235];
  const colour = random.chance(0.4) ? ink : grey;
  return mix(paper, colour, random.between(palest, 1));
}
