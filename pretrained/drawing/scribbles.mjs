/**
 * Strokes that mean nothing: scribbles, hatching, walks, spirals, zigzags, invented letters, dots, bars. Each is big
 * enough a tangle to be no digit.
 */

import { cos, sin } from '../../dist/numerics/elementary.js';
import { around, curve } from './strokes.mjs';

/** @typedef {import('./random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {import('./strokes.mjs').Stroke} Stroke */

const turn = 2 * Math.PI;
const line = (points) => ({ points, filled: false });
const area = (points) => ({ points, filled: true });
const numbers = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** @type {Record<string, (random: RandomNumbers) => Stroke[]>} each within about a square of 10 by 10 */
export const scribbles = {
  tangle: (random) => [line(curve(numbers(2 * random.integer(11, 26), () => random.between(0, 10))))],
  tangles: (random) =>
    numbers(random.integer(3, 5), () => line(curve(numbers(2 * random.integer(5, 9), () => random.between(0, 10))))),
  corners: (random) => [line(numbers(2 * random.integer(10, 22), () => random.between(0, 10)))],
  crossing: (random) => numbers(random.integer(5, 14), () => line(numbers(4, () => random.between(0, 10)))),
  arcs: (random) => numbers(random.integer(5, 12), () => line(curve(numbers(6, () => random.between(0, 10))))),
  hatching: (random) => {
    const count = random.integer(6, 16);
    const lean = random.between(-3, 3);
    const rows = numbers(count, (i) => {
      const x = (10 * i) / (count - 1);
      return line([
        x + lean + random.bell() * 0.3,
        random.between(-0.5, 1),
        x - lean + random.bell() * 0.3,
        random.between(9, 10.5),
      ]);
    });
    if (random.chance(0.5)) return rows;
    return [...rows, ...rows.map(({ points: [a, b, c, d] }) => line([10 - b, a, 10 - d, c]))];
  },
  zigzag: (random) => {
    const count = random.integer(7, 22);
    const height = random.between(2, 10);
    const points = numbers(count, (i) => [
      (10 * i) / (count - 1) + random.bell() * 0.3,
      5 + (i % 2 === 0 ? -0.5 : 0.5) * height + random.bell() * 0.6,
    ]).flat();
    return [line(random.chance(0.5) ? curve(points) : points)];
  },
  coil: (random) => {
    const loops = random.integer(4, 9);
    const [advance, radius] = [random.between(0.5, 1.1) * (20 / loops), random.between(1.2, 3.5)];
    return [
      line(
        numbers(loops * 14, (i) => {
          const angle = (turn * i) / 14;
          return [
            (advance * i) / 14 + radius * sin(angle) + random.bell() * 0.12,
            radius * cos(angle) * 1.4 + random.bell() * 0.12,
          ];
        }).flat(),
      ),
    ];
  },
  spiral: (random) => {
    const turns = random.between(2.7, 6);
    const count = Math.floor(turns * 18);
    const [start, way, square] = [random.between(0, turn), random.chance(0.5) ? 1 : -1, random.chance(0.25)];
    return [
      line(
        numbers(count, (i) => {
          const angle = start + (way * turn * turns * i) / count;
          const [c, s] = [cos(angle), sin(angle)];
          const reach = (5 * (i + 3)) / count / (square ? Math.max(Math.abs(c), Math.abs(s)) : 1);
          return [5 + reach * c + random.bell() * 0.05, 5 + reach * s + random.bell() * 0.05];
        }).flat(),
      ),
    ];
  },
  walk: (random) => {
    const [steps, stride] = [random.integer(60, 250), random.between(0.3, 1)];
    let [x, y, angle] = [5, 5, random.between(0, turn)];
    const turning = random.between(0.2, 1.5);
    return [
      line(
        numbers(steps, () => {
          angle += random.bell() * turning;
          x = Math.min(10, Math.max(0, x + stride * cos(angle)));
          y = Math.min(10, Math.max(0, y + stride * sin(angle)));
          return [x, y];
        }).flat(),
      ),
    ];
  },
  gridWalk: (random) => {
    let [x, y] = [5, 5];
    const points = [x, y];
    for (let i = random.integer(25, 60); i > 0; i--) {
      if (random.chance(0.5)) x = Math.min(10, Math.max(0, x + random.choose([-2, 2])));
      else y = Math.min(10, Math.max(0, y + random.choose([-2, 2])));
      points.push(x, y);
    }
    return [line(points)];
  },
  backAndForth: (random) => {
    const count = random.integer(12, 36);
    return [
      line(
        curve(
          numbers(count, (i) => [
            (i % 2 === 0 ? random.between(0, 2.5) : random.between(7.5, 10)) + (3 * i) / count,
            (10 * i) / count + random.bell() * 0.5,
          ]).flat(),
        ),
      ),
    ];
  },
  waves: (random) => {
    const [rows, length, height] = [random.integer(2, 6), random.between(0.8, 3), random.between(0.4, 1)];
    return numbers(rows, (row) =>
      line(
        numbers(40, (i) => [
          i / 4,
          (10 * row) / rows + height * sin((i / 4) * length + row) + random.bell() * 0.08,
        ]).flat(),
      ),
    );
  },
  /** Nodes of a grid joined by several strokes: letters of no language. */
  inventedLetter: (random) => {
    const [columns, rows] = [random.integer(3, 4), random.integer(3, 4)];
    const node = () => [
      (random.integer(0, columns - 1) * 10) / (columns - 1) + random.bell() * 0.3,
      (random.integer(0, rows - 1) * 10) / (rows - 1) + random.bell() * 0.3,
    ];
    // A frame that a digit never has, and strokes at random upon it.
    const frame = random.choose([
      [
        [0, 0, 0, 10],
        [10, 0, 10, 10],
        [0, random.between(2, 8), 10, random.between(2, 8)],
      ],
      [
        [0, 0, 10, 0],
        [0, 10, 10, 10],
        [random.between(3, 7), 0, random.between(3, 7), 10],
      ],
      [
        [0, 0, 10, 10],
        [10, 0, 0, 10],
        [0, 5, 10, 5],
      ],
      [
        [5, 0, 5, 10],
        [0, 3, 10, 3],
        [0, 7, 10, 7],
      ],
      [
        [0, 10, 5, 0, 10, 10],
        [0, 0, 5, 10, 10, 0],
      ],
    ]);
    const extra = numbers(random.integer(1, 4), () => {
      const points = numbers(random.integer(2, 3), node).flat();
      return line(points.length > 4 && random.chance(0.6) ? curve(points) : points);
    });
    return [...frame.map((points) => line(points)), ...extra];
  },
  dots: (random) =>
    numbers(random.integer(7, 45), () => {
      const [x, y] = [random.between(0, 10), random.between(0, 10)];
      return line([x, y, x + 0.02, y]);
    }),
  dotGrid: (random) => {
    const [columns, rows] = [random.integer(3, 6), random.integer(2, 6)];
    return numbers(columns * rows, (i) => {
      const [x, y] = [(i % columns) * 2 + random.bell() * 0.1, Math.floor(i / columns) * 2 + random.bell() * 0.1];
      return line([x, y, x + 0.02, y]);
    });
  },
  dashes: (random) =>
    numbers(random.integer(8, 30), () => {
      const [x, y] = [random.between(0, 10), random.between(0, 10)];
      return line([x, y, x + random.bell(), y + random.bell()]);
    }),
  bubbles: (random) =>
    numbers(random.integer(5, 12), () => {
      const radius = random.between(0.5, 2);
      return line(curve(around(random.between(0, 10), random.between(0, 10), radius, radius), true));
    }),
  bars: (random) => {
    const count = random.integer(4, 9);
    const across = random.chance(0.4);
    return numbers(count, (i) => {
      const [from, to] = [random.between(0, 3), random.between(7, 10)];
      const place = (10 * i) / (count - 1);
      return line(across ? [from, place, to, place] : [place, from, place, to]);
    });
  },
  barcode: (random) => {
    const strokes = [];
    for (let x = 0; x < 14; x += random.between(0.3, 1.2)) {
      const wide = random.between(0.1, 0.8);
      strokes.push(area([x, 0, x + wide, 0, x + wide, 8, x, 8]));
      x += wide;
    }
    return strokes;
  },
  /** Squares filled at random, as in the codes that phones read. */
  pixels: (random) => {
    const side = random.integer(4, 9);
    const strokes = [];
    for (let i = 0; i < side * side; i++) {
      const [x, y] = [i % side, Math.floor(i / side)];
      if (random.chance(0.5) || i === 0 || i === side * side - 1)
        strokes.push(area([x, y, x + 1, y, x + 1, y + 1, x, y + 1]));
    }
    return strokes;
  },
  blob: (random) => {
    const lobes = random.integer(7, 13);
    const points = numbers(lobes, (i) => {
      const reach = i % 2 === 0 ? random.between(3.5, 5) : random.between(1.2, 3);
      return [5 + reach * cos((turn * i) / lobes), 5 + reach * sin((turn * i) / lobes)];
    });
    return [area(curve(points.flat(), true))];
  },
  blots: (random) =>
    numbers(random.integer(3, 8), () => {
      const [x, y, size] = [random.between(0, 10), random.between(0, 10), random.between(0.6, 3)];
      const points = numbers(8, (i) => {
        const reach = size * random.between(0.6, 1.2);
        return [x + reach * cos((turn * i) / 8), y + reach * sin((turn * i) / 8)];
      });
      return area(curve(points.flat(), true));
    }),
  filledPolygon: (random) => {
    const corners = random.integer(5, 9);
    const points = numbers(corners, (i) => {
      const angle = (turn * (i + random.between(0, 0.7))) / corners;
      const reach = random.between(2.5, 5);
      return [5 + reach * cos(angle), 5 + reach * sin(angle)];
    });
    return [area([...points.flat(), ...points[0]])];
  },
  polygons: (random) =>
    numbers(random.integer(3, 7), () => {
      const [x, y, size] = [random.between(1, 9), random.between(1, 9), random.between(1, 4)];
      const corners = numbers(random.integer(3, 5), () => [x + random.bell() * size, y + random.bell() * size]);
      return { points: [...corners.flat(), ...corners[0]], filled: random.chance(0.4) };
    }),
};
