/**
 * Pictures of paper on which nobody wrote: plain, ruled, squared, boxes, rests of frames, specks. Limits: lines reach
 * the picture's edge or run along it, since a short one in the middle may be a 1.
 */

import { rectangle, rules } from './lines.mjs';
import { mix, someLineColour, someLook } from './looks.mjs';
import { photograph } from './sheet.mjs';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {import('./sheet.mjs').Line} Line */

const degree = 0.017453292519943295;
const sides = ['left', 'top', 'right', 'bottom'];

/** By kind of field. @type {Record<string, (sheet: { width: number, height: number }, look: import('./sheet.mjs').Look, random: RandomNumbers) => Line[]>} */
const linesOf = {
  plain: () => [],
  'rest of a frame': (sheet, look, random) => alongTheEdge(sheet, look, random, random.integer(1, 3)),
  box: (sheet, look, random) => alongTheEdge(sheet, look, random, 4),
  ruled: (sheet, look, random) => rules(sheet, { ...someRule(sheet, look, random), ...someSpacing(sheet, random) }),
  squared(sheet, look, random) {
    const rule = someRule(sheet, look, random);
    const { spacing, offset } = someSpacing(sheet, random);
    return [false, true].flatMap((upright) => rules(sheet, { ...rule, spacing, offset, upright }));
  },
  /** Where cells of a form meet: one or two lines, across or upright. */
  'cells of a form'(sheet, look, random) {
    const rule = someRule(sheet, look, random);
    const spacing = 100 * Math.max(sheet.width, sheet.height);
    const place = (length) => length * (random.chance(0.5) ? random.between(0.02, 0.2) : random.between(0.8, 0.98));
    const across = rules(sheet, { ...rule, spacing, offset: place(sheet.height) });
    const upright = rules(sheet, { ...rule, spacing, offset: place(sheet.width), upright: true });
    return random.choose([[across], [upright], [across, upright]]).flat();
  },
};
const weights = { plain: 3, 'rest of a frame': 4, box: 2, ruled: 2, squared: 1.5, 'cells of a form': 2.5 };

function someRule({ width, height }, look, random) {
  return {
    thickness: Math.max(1, random.between(0.005, 0.05) * Math.max(width, height)),
    colour: mix(look.paper, someLineColour(look, random, 1), random.between(0.2, 1)),
    angle: degree * random.between(-3, 3),
  };
}

function someSpacing({ height }, random) {
  const spacing = height * random.between(0.15, 0.7);
  return { spacing, offset: random.between(0, spacing) };
}

function alongTheEdge({ width, height }, look, random, count) {
  const longer = Math.max(width, height);
  const thickness = Math.max(1, random.between(0.01, 0.06) * longer);
  const first = random.integer(0, 3);
  const inset = sides.map(
    () =>
      (random.chance(0.4) ? 0.3 : random.between(0.5, 1)) * thickness +
      (random.chance(0.5) ? 0 : random.between(0, 0.06) * longer),
  );
  const [left, top, right, bottom] = inset;
  return rectangle(
    { left, top, right: width - right, bottom: height - bottom },
    {
      thickness,
      colour: mix(look.paper, someLineColour(look, random, 1), random.between(0.3, 1)),
      angle: random.chance(0.4) ? 0 : degree * random.between(-3, 3),
      centre: [width / 2, height / 2],
      beyond: longer,
      sides: sides.map((_, index) => sides[(first + index) % 4]).slice(0, count),
    },
  );
}

/** Dust: round, at most 1.5 % of the longer side across, anywhere. */
function specks({ width, height }, random) {
  return Array.from({ length: random.integer(1, 4) }, () => {
    const side = Math.max(1, Math.round(random.between(0.005, 0.015) * Math.max(width, height)));
    const mask = { width: side, height: side, cover: new Float32Array(side * side).fill(random.between(0.4, 0.9)) };
    return { mask, left: random.integer(0, width - side), top: random.integer(0, height - side) };
  });
}

/**
 * @param {RandomNumbers} random
 * @returns {{ kind: string, picture: import('./sheet.mjs').Picture }}
 */
export function emptyField(random) {
  const kind = random.chooseByWeight(weights);
  const width = random.integer(40, 260);
  const height = Math.round(Math.min(260, Math.max(40, width * random.between(0.6, 1.6))));
  const look = someLook(random, { photo: 0.85, dark: 0.15, angle: 0.5 });
  const sheet = { width, height };
  const marks = random.chance(0.2) ? specks(sheet, random) : [];
  return { kind, picture: photograph({ ...sheet, marks, lines: linesOf[kind](sheet, look, random) }, look, random) };
}
