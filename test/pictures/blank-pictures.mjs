/**
 * Pictures on which nothing is drawn: one colour, uneven light, grain, nothing at all. The same seed gives the same
 * bytes.
 */

import { RandomNumbers } from '../../pretrained/drawing/random-numbers.mjs';

/** @param {(x: number, y: number) => ArrayLike<number>} colourAt red, green, blue, and alpha where it is not 255 */
function paint(width, height, colourAt) {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = colourAt(x, y);
      const bytes = [red, green, blue, alpha].map((value) => Math.round(Math.min(255, Math.max(0, value))));
      data.set(bytes, (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

const grey = (value) => [value, value, value];

export function blankPictures(seed) {
  const random = new RandomNumbers(seed, 0);
  const grain = (value, amount) => value + random.between(-amount, amount) + random.between(-amount, amount);
  const pictures = {};
  for (const [name, colour] of Object.entries({
    white: grey(255),
    black: grey(0),
    'mid grey': grey(128),
    yellow: [250, 240, 180],
    'blackboard green': [20, 60, 40],
  })) {
    pictures[`${name}, 28 x 28`] = paint(28, 28, () => colour);
    pictures[`${name}, 400 x 300`] = paint(400, 300, () => colour);
    pictures[`${name} with fine grain`] = paint(240, 200, () => colour.map((value) => grain(value, 4)));
    pictures[`${name} with coarse grain`] = paint(240, 200, () => colour.map((value) => grain(value, 20)));
  }
  pictures['one pixel'] = paint(1, 1, () => grey(200));
  pictures['a line of pixels'] = paint(300, 1, (x) => grey(x % 256));
  pictures['nothing but transparency'] = paint(120, 90, () => [0, 0, 0, 0]);
  pictures['light from the left'] = paint(320, 240, (x) => grey(90 + x / 2));
  pictures['light from a corner, with grain'] = paint(320, 240, (x, y) => grey(grain(80 + (x + y) / 4, 5)));
  pictures['dark towards the edges'] = paint(320, 240, (x, y) => {
    const [across, down] = [(x - 160) / 160, (y - 120) / 120];
    return grey(grain(235 - 70 * (across * across + down * down), 3));
  });
  pictures['a soft shadow'] = paint(320, 240, (x) => grey(grain(225 - 110 / (1 + ((x - 150) / 40) ** 4), 3)));
  pictures['a shadow with an edge'] = paint(320, 240, (x, y) => grey(grain(x + y / 3 < 180 ? 215 : 140, 3)));
  pictures['paper on a dark table'] = paint(320, 240, (x, y) =>
    grey(grain(x > 30 && x < 290 && y > 25 && y < 215 ? 220 : 50, 4)),
  );
  return Object.entries(pictures).map(([name, picture]) => ({ name, picture }));
}
