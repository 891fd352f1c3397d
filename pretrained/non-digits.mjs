/**
 * Pictures that are not digits, for training a network to refuse them: letters, other scripts, signs, things,
 * scribbles, shapes, textures, scenes, several digits or letters at once, and pieces of all those. The same count and
 * seed give the same bytes. Limits: drawn, not collected; 100 to 160 pixels a side.
 */

import { digitSkeletons } from './drawing/digit-skeletons.mjs';
import { byHand, photograph, place, someBox, someColour, someColours, somePen } from './drawing/hand.mjs';
import { RandomNumbers } from './drawing/random-numbers.mjs';
import { colour, renderDrawing } from './drawing/render-drawing.mjs';
import { scribbles } from './drawing/scribbles.mjs';
import { latin, scripts, signs } from './drawing/skeletons.mjs';
import { fitInto, strokesToSvg, turnAndSlant } from './drawing/strokes.mjs';
import { surface, surfaceNames } from './drawing/surfaces.mjs';
import { things } from './drawing/things.mjs';

/** @typedef {import('./drawing/strokes.mjs').Stroke} Stroke */
/** @typedef {{ width: number, height: number, data: Uint8Array }} Picture */

/** How often each kind is drawn. */
const weights = {
  letter: 22,
  script: 12,
  sign: 8,
  thing: 18,
  scribble: 18,
  several: 8,
  scene: 4,
  texture: 6,
  piece: 4,
};

/** All kinds, in no order of merit. */
export const nonDigitKinds = Object.keys(weights);

/** Two to five digits or letters side by side, digits never twice "1" and never a single one. */
function several(random, width, height, ink) {
  const count = random.integer(2, 5);
  const letters = Object.values(latin);
  const choice = random.choose(['digits', 'letters', 'mixed']);
  const room = (width - 12) / count;
  const boxHeight = Math.min(height - 16, room * random.between(0.9, 2.2));
  const top = random.between(8, height - 8 - boxHeight);
  const pen = Math.max(2, Math.min(room, boxHeight) * random.between(0.06, 0.16));
  let svg = '';
  let right = 0;
  for (let i = 0; i < count; i++) {
    const digit = choice === 'digits' || (choice === 'mixed' && random.chance(0.5));
    // A one is so thin that two of them are an eleven or a pair of bars: leave it out, and keep each shape wide enough
    // to stand by itself.
    const skeleton = digit ? digitSkeletons[random.choose([0, 2, 3, 4, 5, 6, 7, 8, 9])][0] : random.choose(letters);
    const wide = room * random.between(0.6, 0.88);
    const box = {
      left: 6 + room * i + random.between(0, room - wide),
      top: top + random.bell() * 2,
      width: wide,
      height: boxHeight,
    };
    svg += strokesToSvg(fitInto(byHand(skeleton, random, 0.06), box), ink, pen);
    right = box.left + wide;
  }
  return { svg, extent: { width: right - 6, height: boxHeight } };
}

/** Filled shapes over each other with colours of their own. */
function sceneSvg(random, width, height) {
  let svg = '';
  for (let shape = random.integer(6, 18); shape > 0; shape--) {
    const paint = colour(someColour(random, random.between(0, 255)));
    const [x, y] = [random.between(0, width), random.between(0, height)];
    const [a, b] = [random.between(6, 60), random.between(6, 60)];
    if (random.chance(0.35)) {
      svg += `<ellipse cx="${x}" cy="${y}" rx="${a}" ry="${b}" fill="${paint}"/>`;
    } else if (random.chance(0.4)) {
      svg += `<rect x="${x - a}" y="${y - b}" width="${2 * a}" height="${2 * b}" fill="${paint}"/>`;
    } else {
      const corners = Array.from({ length: 4 }, () => `${x + random.bell() * a},${y + random.bell() * b}`);
      svg += `<polygon points="${corners.join(' ')}" fill="${paint}"/>`;
    }
  }
  return svg;
}

/** Head, hair, eyes, mouth and shoulders in flat colours. */
function faceSvg(random, width, height) {
  const [x, y] = [width * random.between(0.4, 0.6), height * random.between(0.4, 0.5)];
  const [rx, ry] = [width * random.between(0.18, 0.27), height * random.between(0.24, 0.32)];
  const skin = random.between(120, 230);
  const paint = (brightness) => colour(someColour(random, brightness));
  const ellipse = (cx, cy, a, b, fill) => `<ellipse cx="${cx}" cy="${cy}" rx="${a}" ry="${b}" fill="${fill}"/>`;
  return [
    ellipse(x, y - ry * 0.25, rx * 1.2, ry * 1.1, paint(random.between(10, 110))),
    ellipse(x, height * 1.05, rx * 2.1, height * 0.32, paint(random.between(20, 220))),
    ellipse(x, y, rx, ry, paint(skin)),
    ellipse(x - rx * 0.4, y - ry * 0.15, rx * 0.16, ry * 0.08, paint(25)),
    ellipse(x + rx * 0.4, y - ry * 0.15, rx * 0.16, ry * 0.08, paint(25)),
    ellipse(x, y + ry * 0.15, rx * 0.1, ry * 0.2, paint(skin * 0.8)),
    ellipse(x, y + ry * 0.55, rx * 0.35, ry * 0.08, paint(skin * 0.5)),
  ].join('');
}

/** Grey values between two colours. */
function paintGrey(grey, width, height, from, to) {
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < grey.length; i++) {
    const fraction = Math.min(1, Math.max(0, grey[i] / 255));
    for (let channel = 0; channel < 3; channel++) {
      data[4 * i + channel] = from[channel] + (to[channel] - from[channel]) * fraction;
    }
    data[4 * i + 3] = 255;
  }
  return { width, height, data };
}

/** A window of a picture, enlarged by whole steps of nearest pixels. */
function cut(picture, random, side) {
  const zoom = random.between(1.3, 2.4);
  const [left, top] = [picture.width, picture.height].map((length) => random.between(0, length - side / zoom - 1));
  const data = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const from = Math.floor(top + y / zoom) * picture.width + Math.floor(left + x / zoom);
      data.set(picture.data.subarray(4 * from, 4 * from + 4), 4 * (y * side + x));
    }
  }
  return { width: side, height: side, data };
}

/** Skeleton sets and how far each may be turned (deviation, radians) and stretched. */
const sets = {
  letter: { skeletons: Object.values(latin), tilt: 0.09, aspect: [0.6, 1.25] },
  script: { skeletons: Object.values(scripts), tilt: 0.09, aspect: [0.7, 1.3] },
  sign: { skeletons: Object.values(signs), tilt: 0.1, aspect: [0.75, 1.35] },
  thing: { skeletons: Object.values(things), tilt: 0.15, aspect: [0.75, 1.35] },
};
const scribbleNames = Object.keys(scribbles);
/** What has something everywhere, so that no piece of it is a lonely bar or angle. */
const piecesFrom = { texture: 4, scene: 2, dense: 3 };
const dense = ['tangle', 'tangles', 'crossing', 'corners', 'walk', 'pixels', 'polygons'];

function draw(kind, random) {
  const [width, height] = [random.integer(100, 160), random.integer(100, 160)];
  const { background, ink } = someColours(random);
  if (kind === 'texture') {
    const grey = surface(random.choose(surfaceNames), width, height, random);
    return { picture: paintGrey(grey, width, height, background, ink) };
  }
  if (kind === 'scene') {
    const svg = random.chance(0.35) ? faceSvg(random, width, height) : sceneSvg(random, width, height);
    const picture = renderDrawing(width, height, someColour(random, random.between(0, 255)), svg);
    return { picture: photograph(picture, random, random.between(0, 50), random.between(0, 20)) };
  }
  if (kind === 'piece') {
    const source = random.chooseByWeight(piecesFrom);
    const { picture } = draw(source === 'dense' ? random.choose(dense) : source, random);
    return { picture: cut(picture, random, random.integer(100, 160)) };
  }
  const { svg, extent } = drawWithPen(kind, random, width, height, colour(ink));
  const picture = renderDrawing(width, height, background, svg);
  if (random.chance(0.7)) return { picture, extent };
  return { picture: photograph(picture, random, random.between(0, 25), random.between(0, 15)), extent };
}

function drawWithPen(kind, random, width, height, ink) {
  if (kind === 'several') return several(random, width, height, ink);
  if (kind in sets) {
    const { skeletons, tilt, aspect } = sets[kind];
    const extent = someBox(random, width, height, random.between(aspect[0], aspect[1]));
    return { svg: place(byHand(random.choose(skeletons), random, tilt), random, extent, ink), extent };
  }
  const name = kind === 'scribble' ? random.choose(scribbleNames) : kind;
  const strokes = turnAndSlant(scribbles[name](random), 0.3 * random.bell(), 0.15 * random.bell());
  const extent = someBox(random, width, height, random.between(0.8, 1.3));
  // A thinner pen than for letters, lest a tangle become one blot.
  const pen = Math.max(1.5, somePen(random, extent) * 0.7);
  return { svg: strokesToSvg(fitInto(strokes, extent), ink, pen), extent };
}

/**
 * @param {number} count how many pictures, not negative
 * @param {number} seed an integer from 0 to 2^32 - 1; picture i depends on the seed and i alone
 * @returns {Generator<{ kind: string, picture: Picture, extent?: { width: number, height: number } }>} extent: of what a
 * pen drew, in pixels
 */
export function* nonDigits(count, seed) {
  for (let index = 0; index < count; index++) {
    const random = new RandomNumbers(seed, index);
    const kind = random.chooseByWeight(weights);
    yield { kind, ...draw(kind, random) };
  }
}
