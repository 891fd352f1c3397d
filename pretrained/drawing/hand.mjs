/** How a hand draws a skeleton into a picture: shaky, anywhere, with any pen and colours; and what a camera adds. */

import { bend, fitInto, readSkeleton, strokesToSvg, turnAndSlant } from './strokes.mjs';
import { addSmoothNoise } from './surfaces.mjs';

/** Red, green and blue around a brightness; half of all colours are grey. */
export function someColour(random, brightness) {
  const spread = random.chance(0.5) ? 0 : random.between(0, 50);
  return [0, 1, 2].map(() => Math.min(255, Math.max(0, brightness + random.between(-spread, spread))));
}

/** Light on dark or dark on light, at least about 90 apart. */
export function someColours(random) {
  const [light, dark] = [random.between(160, 255), random.between(0, 70)];
  return random.chance(0.5)
    ? { background: someColour(random, dark), ink: someColour(random, light) }
    : { background: someColour(random, light), ink: someColour(random, dark) };
}

/** One skeleton as a shaky hand draws it; `shake` is the most that its points are moved by, a deviation in its units. */
export function byHand(skeleton, random, tilt, shake = 0.35) {
  const strokes = readSkeleton(skeleton, random, random.between(0.05, shake));
  return turnAndSlant(bend(strokes, random, random.between(0, 0.7)), tilt * random.bell(), 0.18 * random.bell());
}

/** Somewhere in the picture, rarely touching its edge. */
export function someBox(random, width, height, aspect) {
  const room = Math.min(width, height);
  const margin = random.chance(0.1) ? 0 : 8;
  const boxHeight = Math.min(height - 2 * margin, room * random.between(0.45, 0.95));
  const boxWidth = Math.min(width - 2 * margin, boxHeight * aspect);
  return {
    left: random.between(margin, width - margin - boxWidth),
    top: random.between(margin, height - margin - boxHeight),
    width: boxWidth,
    height: boxHeight,
  };
}

export function somePen(random, { width, height }) {
  const side = Math.min(width, height);
  return Math.max(2, random.chance(0.75) ? side * random.between(0.04, 0.11) : side * random.between(0.02, 0.16));
}

/** Strokes of one drawing with its place, pen and caps, as SVG. */
export function place(strokes, random, box, ink) {
  const caps = random.chance(0.85) ? 'stroke-linecap="round"' : 'stroke-linecap="butt" stroke-miterlimit="2"';
  return strokesToSvg(fitInto(strokes, box), ink, somePen(random, box), caps);
}

/** Adds uneven light and grain to a picture in place. */
export function photograph(picture, random, light, grain) {
  const { width, height, data } = picture;
  const change = new Float32Array(width * height);
  addSmoothNoise(change, width, random, 60, light);
  for (let i = 0; i < change.length; i++) {
    const more = change[i] + (grain > 0 ? random.between(-grain, grain) : 0);
    for (let channel = 0; channel < 3; channel++) {
      data[4 * i + channel] = Math.min(255, Math.max(0, data[4 * i + channel] + more));
    }
  }
  return picture;
}
