/**
 * Scrawls by formulas: sums of sines with many loops, spirographs, roses, cursive scrawl, brush heaps. Limits: about
 * 100 units high around (0, 0).
 */

import { cos, sin } from '../../../dist/numerics/elementary.js';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */

const turn = 2 * Math.PI;

/**
 * A path through the points that `at` gives for 0 to 1, made smaller where it would reach farther than 48 from the
 * middle.
 */
function trace(steps, at) {
  const points = Array.from({ length: steps + 1 }, (_, i) => at(i / steps));
  const reach = points.reduce((most, [x, y]) => Math.max(most, Math.abs(x), Math.abs(y)), 48);
  const place = (value) => ((value * 48) / reach).toFixed(1);
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${place(x)} ${place(y)}`).join('');
}

/** @type {Record<string, (random: RandomNumbers) => string>} path data */
const scrawls = {
  lissajous(random) {
    const [a, b] = random.choose([
      [5, 7],
      [5, 8],
      [7, 9],
      [6, 7],
      [7, 11],
      [4, 7],
      [5, 6],
    ]);
    const phase = random.between(0.3, 1.2);
    return trace(420, (t) => [46 * sin(turn * a * t + phase), 46 * sin(turn * b * t)]);
  },
  sines(random) {
    const waves = Array.from({ length: 8 }, (_, i) => [
      (i < 4 ? 8 : 5) * random.between(1, 3),
      random.integer(3, 14),
      random.between(0, turn),
    ]);
    const sum = (chosen, t) =>
      chosen.reduce((value, [size, rate, phase]) => value + size * sin(turn * rate * t + phase), 0);
    return trace(400, (t) => [
      sum(
        waves.filter((_, i) => i % 2 === 0),
        t,
      ),
      sum(
        waves.filter((_, i) => i % 2 === 1),
        t,
      ),
    ]);
  },
  spirograph(random) {
    const [inner, reach] = [random.choose([3 / 10, 4 / 11, 5 / 13, 7 / 16, 5 / 12]), random.between(0.7, 1.3)];
    const rounds = { [3 / 10]: 3, [4 / 11]: 4, [5 / 13]: 5, [7 / 16]: 7, [5 / 12]: 5 }[inner];
    return trace(480, (t) => {
      const angle = turn * rounds * t;
      const other = (angle * (1 - inner)) / inner;
      const scale = 46 / (1 - inner + inner * reach);
      return [
        scale * ((1 - inner) * cos(angle) + inner * reach * cos(other)),
        scale * ((1 - inner) * sin(angle) - inner * reach * sin(other)),
      ];
    });
  },
  rose(random) {
    const petals = random.choose([5, 7, 9, 4, 6]);
    return trace(400, (t) => {
      const reach = 46 * cos(petals * turn * t);
      return [reach * cos(turn * t), reach * sin(turn * t)];
    });
  },
  cursive(random) {
    const loops = random.integer(7, 12);
    const [tall, slow] = [random.between(8, 20), random.between(1.5, 4)];
    return trace(360, (t) => {
      const angle = turn * loops * t;
      return [-48 + 96 * t + 6 * cos(angle), (tall + 9 * sin(turn * slow * t)) * sin(angle)];
    });
  },
  brushHeap(random) {
    return Array.from({ length: random.integer(9, 22) }, () => {
      const n = () => Math.min(46, Math.max(-46, random.bell() * 20)).toFixed(1);
      return `M${n()} ${n()}C${n()} ${n()} ${n()} ${n()} ${n()} ${n()}`;
    }).join('');
  },
  scrubbing(random) {
    const rows = random.integer(9, 18);
    return Array.from({ length: rows }, (_, i) => {
      const y = -40 + (80 * i) / rows;
      const reach = 46 * Math.sqrt(Math.max(0.1, 1 - (y / 46) * (y / 46))) + random.bell() * 4;
      return `${i === 0 ? 'M' : 'Q0 '}${i === 0 ? '' : (y + random.bell() * 3).toFixed(1)} ${(i % 2 === 0 ? -reach : reach).toFixed(1)} ${(y + random.bell() * 2).toFixed(1)}`;
    }).join('');
  },
  crossedOut(random) {
    const scrawl = trace(160, (t) => [-44 + 88 * t + 5 * cos(40 * t), 14 * sin(44 * t) + 6 * sin(17 * t)]);
    return `${scrawl}M-48 ${random.between(-20, 20).toFixed(1)}L48 ${random.between(-20, 20).toFixed(1)}M-46 ${random.between(-26, 0).toFixed(1)}L46 ${random.between(0, 26).toFixed(1)}`;
  },
  persistentWalk(random) {
    let [x, y, angle, bend] = [0, 0, random.between(0, turn), 0];
    return trace(320, () => {
      bend = 0.9 * bend + 0.09 * random.bell();
      // Turns back to the middle the harder, the farther out.
      const outward = x * cos(angle + turn / 4) + y * sin(angle + turn / 4);
      angle += bend - 0.004 * outward;
      x += 4.5 * cos(angle) - 0.03 * x;
      y += 4.5 * sin(angle) - 0.03 * y;
      return [x, y];
    });
  },
};
export const scrawlNames = Object.keys(scrawls);

/** @param {string} name one of scrawlNames @param {RandomNumbers} random @returns {string} SVG */
export function scrawl(name, random) {
  const width = random.between(1.5, 5).toFixed(1);
  return `<path d="${scrawls[name](random)}" fill="none" stroke="currentColor" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}
