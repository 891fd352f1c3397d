/**
 * What a pen leaves where it goes: the strokes of digit-forms.mjs as points with a width and a darkness, and how much of
 * each pixel they cover. Limits: round tips.
 */

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */
/** @typedef {import('./digit-forms.mjs').Stroke} Stroke */
/** @typedef {{ x: number, y: number, radius: number, ink: number }} PenPoint lengths as in digit-forms.mjs; ink 0 to 1 */

/**
 * A pen: its width as a share of the digit's height, how far the hand's pressure changes width and ink, how much of the
 * ink the paper's grain keeps away, and the colours it comes in.
 */
export const pens = {
  'thin pencil': {
    width: [0.02, 0.034],
    pressure: 0.25,
    fade: 0.25,
    grain: 0.35,
    colours: [
      [70, 70, 74],
      [88, 88, 92],
      [58, 58, 60],
    ],
  },
  ballpoint: {
    width: [0.026, 0.05],
    pressure: 0.2,
    fade: 0.15,
    grain: 0.12,
    colours: [
      [28, 44, 140],
      [24, 24, 32],
      [40, 60, 170],
      [170, 30, 40],
    ],
  },
  'felt pen': {
    width: [0.075, 0.15],
    pressure: 0.1,
    fade: 0,
    grain: 0.04,
    colours: [
      [18, 18, 22],
      [20, 50, 150],
      [190, 25, 35],
      [20, 95, 55],
    ],
  },
  brush: {
    width: [0.06, 0.14],
    pressure: 0.5,
    fade: 0.1,
    grain: 0.1,
    colours: [
      [22, 20, 20],
      [60, 40, 34],
      [36, 44, 80],
    ],
  },
};

/** A curve through the points, by Catmull and Rom with knots at the square roots of distances: it never overshoots. */
function throughPoints(points, steps = 8) {
  const result = [points[0]];
  for (let i = 0; i + 1 < points.length; i++) {
    const [b, c] = [points[i], points[i + 1]];
    const a = points[i - 1] ?? [2 * b[0] - c[0], 2 * b[1] - c[1]];
    const d = points[i + 2] ?? [2 * c[0] - b[0], 2 * c[1] - b[1]];
    const knots = [0];
    for (const [from, to] of [
      [a, b],
      [b, c],
      [c, d],
    ]) {
      const distance = Math.sqrt((to[0] - from[0]) ** 2 + (to[1] - from[1]) ** 2);
      knots.push(knots[knots.length - 1] + Math.sqrt(Math.max(1e-6, distance)));
    }
    for (let step = 1; step <= steps; step++) {
      const t = knots[1] + ((knots[2] - knots[1]) * step) / steps;
      const between = (from, to, low, high) =>
        [0, 1].map((axis) => (from[axis] * (high - t) + to[axis] * (t - low)) / (high - low));
      const [ab, bc, cd] = [
        between(a, b, knots[0], knots[1]),
        between(b, c, knots[1], knots[2]),
        between(c, d, knots[2], knots[3]),
      ];
      const [abc, bcd] = [between(ab, bc, knots[0], knots[2]), between(bc, cd, knots[1], knots[3])];
      result.push(between(abc, bcd, knots[1], knots[2]));
    }
  }
  return result;
}

/** A number that wanders smoothly from -1 to 1 along a stroke. */
export function wandering(random) {
  const knots = Array.from({ length: 5 }, () => random.between(-1, 1));
  return (share) => {
    const place = share * (knots.length - 1);
    const i = Math.min(knots.length - 2, Math.floor(place));
    const rest = place - i;
    const eased = rest * rest * (3 - 2 * rest);
    return knots[i] + (knots[i + 1] - knots[i]) * eased;
  };
}

/**
 * @param {Stroke} stroke
 * @param {{ width: number, pressure: number, fade: number }} pen width as a share of the height
 * @param {RandomNumbers} random
 * @returns {PenPoint[]}
 */
export function drawStroke(stroke, { width, pressure, fade }, random) {
  const path = stroke.flatMap(({ smooth, points }, piece) =>
    (smooth ? throughPoints(points) : points).slice(piece === 0 ? 0 : 1),
  );
  const lengths = [0];
  for (let i = 1; i < path.length; i++) {
    const [dx, dy] = [path[i][0] - path[i - 1][0], path[i][1] - path[i - 1][1]];
    lengths.push(lengths[i - 1] + Math.sqrt(dx * dx + dy * dy));
  }
  const whole = Math.max(1e-6, lengths[lengths.length - 1]);
  const [wide, dark] = [wandering(random), wandering(random)];
  // A pen that is lifted while it still moves leaves a thin and pale end.
  const lift = random.chance(0.4) ? random.between(0.08, 0.2) : 0;
  return path.map(([x, y], i) => {
    const share = lengths[i] / whole;
    const lifted = lift > 0 ? Math.min(1, 0.45 + (0.55 * (1 - share)) / lift) : 1;
    return {
      x,
      y,
      radius: (width / 2) * (1 + pressure * wide(share)) * (0.4 + 0.6 * lifted),
      ink: (1 - fade * (0.5 + 0.5 * dark(share))) * (0.5 + 0.5 * lifted),
    };
  });
}

/**
 * @param {PenPoint[][]} strokes in pixels
 * @param {number} width pixels @param {number} height pixels
 * @param {number} softness how many pixels wide the edge of a stroke is
 * @returns {Float32Array} how much ink is on each pixel, 0 to 1
 */
export function coverOfStrokes(strokes, width, height, softness) {
  const cover = new Float32Array(width * height);
  for (const stroke of strokes) {
    for (let i = 0; i + 1 < stroke.length; i++) paintPiece(cover, width, height, softness, stroke[i], stroke[i + 1]);
  }
  return cover;
}

function paintPiece(cover, width, height, softness, from, to) {
  const reach = Math.max(from.radius, to.radius) + softness;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = Math.max(1e-9, dx * dx + dy * dy);
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x++) {
      const [u, v] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const share = Math.min(1, Math.max(0, (u * dx + v * dy) / square));
      const distance = Math.sqrt((u - share * dx) ** 2 + (v - share * dy) ** 2);
      const radius = from.radius + share * (to.radius - from.radius);
      const inside = Math.min(1, Math.max(0, (radius - distance) / softness + 0.5));
      const ink = inside * (from.ink + share * (to.ink - from.ink));
      if (ink > cover[y * width + x]) cover[y * width + x] = ink;
    }
  }
}
