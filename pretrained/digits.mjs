/**
 * Digits as hands write them, drawn by strokes: what MNIST has few or none of, such as a 1 with a long up-stroke or a flag
 * and a foot, a crossed and hooked 7, an open 4, a slashed 0, a 9 like a g, thin pens and felt pens. The same count and
 * seed give the same bytes. Limits: 100 to 160 pixels a side, one digit a picture.
 */

import { digitSkeletons } from './drawing/digit-skeletons.mjs';
import { byHand, photograph, place, someBox, someColours } from './drawing/hand.mjs';
import { RandomNumbers } from './drawing/random-numbers.mjs';
import { colour, renderDrawing } from './drawing/render-drawing.mjs';
import { aspectOf } from './drawing/strokes.mjs';

/** How far a digit is turned: standard deviation, in radians. */
const tilt = 0.1;
/** Which digits are drawn in turn: a 1 is written in more ways than any other. */
const turns = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1];

/** @returns {{ label: number, picture: { width: number, height: number, data: Uint8Array } }} */
function draw(label, random) {
  const [width, height] = [random.integer(100, 160), random.integer(100, 160)];
  const { background, ink } = someColours(random);
  const form = random.choose(digitSkeletons[label]);
  // What is drawn by lot differs enough by itself.
  const strokes = typeof form === 'string' ? byHand(form, random, tilt) : byHand(form(random), random, tilt, 0.22);
  const box = someBox(random, width, height, aspectOf(strokes) * random.between(0.7, 1.3));
  const picture = renderDrawing(width, height, background, place(strokes, random, box, colour(ink)));
  return { label, picture: random.chance(0.8) ? picture : photograph(picture, random, random.between(0, 25), 10) };
}

/**
 * @param {number} count how many pictures, each digit about as often, 1 twice
 * @param {number} seed an integer from 0 to 2^32 - 1; picture i depends on the seed and i alone
 * @returns {Generator<{ label: number, picture: { width: number, height: number, data: Uint8Array } }>}
 */
export function* drawnDigits(count, seed) {
  for (let index = 0; index < count; index++) {
    yield draw(turns[index % turns.length], new RandomNumbers(seed, index));
  }
}
