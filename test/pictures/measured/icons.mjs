/** Icons of lines and flat shapes in one colour, about 100 units high around (0, 0). Limits: no shading. */

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */

const draw = (data) => `<path d="${data}" fill="none"/>`;
const fill = (data) => `<path d="${data}"/>`;
const disc = (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}"/>`;
const ring = (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}" fill="none"/>`;

const icons = {
  staff:
    draw('M-50 -30H50 M-50 -15H50 M-50 0H50 M-50 15H50 M-50 30H50 M-26 22V-24 M6 8V-36 M6 -36L38 -30 M38 14V-30') +
    disc(-32, 22, 7) +
    disc(0, 8, 7) +
    disc(32, 14, 7),
  saucepan: fill('M-46 -10H20V30H-46Z') + draw('M20 0H50 M-46 -20H20 M-13 -20V-28'),
  icecream: fill('M-22 0H22L0 48Z') + ring(-12, -14, 15) + ring(12, -14, 15) + ring(0, -32, 14),
  cactus: draw('M0 48V-40 M0 18H-28V-14 M0 4H28V-26 M-30 48H30') + disc(0, -44, 4),
  robot:
    draw('M-32 -24H32V20H-32Z M0 -24V-40 M-18 20V46 M18 20V46 M-32 -4H-48V16 M32 -4H48V16 M-14 8H14') +
    disc(-13, -8, 5) +
    disc(13, -8, 5) +
    disc(0, -43, 4),
  camera: draw('M-46 -24H-20L-12 -36H12L20 -24H46V32H-46Z') + ring(0, 4, 19) + ring(0, 4, 9),
  laptop: draw('M-36 -36H36V14H-36Z M-50 24H50L42 14H-42Z M-22 -20H8 M-22 -8H20'),
  windmill:
    draw('M-14 48L-6 0H6L14 48Z M0 -6L-34 -40 M0 -6L34 -40 M0 -6L-30 26 M0 -6L32 24') +
    fill('M-34 -40L-20 -44L-4 -14Z M34 -40L40 -26L8 -6Z M32 24L20 32L4 0Z M-30 26L-38 14L-8 -4Z'),
  helicopter:
    draw('M-50 -34H26 M-12 -34V-20 M20 -4L50 -10V-22 M-34 34H14 M-24 22V34 M4 22V34') +
    fill('M-40 4C-38 -28 8 -28 20 -6C24 12 4 24 -14 24C-34 24 -40 16 -40 4Z'),
  lighthouse:
    draw(
      'M-14 48L-8 -20H8L14 48Z M-30 48H30 M-12 24H12 M-10 2H10 M16 -32L46 -42 M16 -26L46 -18 M-16 -32L-46 -42 M-16 -26L-46 -18',
    ) + fill('M-10 -22V-36L0 -46L10 -36V-22Z'),
  scissorsOpen: draw('M-20 -46L16 18 M20 -46L-16 18') + ring(-22, 32, 14) + ring(22, 32, 14),
  snowflake: draw(
    'M0 -48V48 M-42 -24L42 24 M-42 24L42 -24 M-12 -44L0 -32L12 -44 M-12 44L0 32L12 44 M-44 -8L-30 -17L-32 -34 M44 8L30 17L32 34 M44 -8L30 -17L32 -34 M-44 8L-30 17L-32 34',
  ),
  guitar:
    fill('M-40 20C-44 4 -24 -2 -14 6C-6 -6 10 2 4 14C12 22 2 42 -12 40C-28 48 -40 36 -40 20Z') +
    draw('M0 10L40 -36 M34 -42L48 -30 M36 -34L46 -24 M-30 28L-18 38'),
  pram:
    draw('M-34 -6H36C34 24 -22 30 -34 -6Z M0 -6V-38C24 -38 36 -24 36 -6 M-34 -6L-46 -26H-50') +
    ring(-16, 34, 9) +
    ring(20, 34, 9),
  sailboat: fill('M-44 20H44L30 40H-30Z M-2 12V-46L-36 12Z M6 12V-34L32 12Z'),
  castle: draw('M-46 46V-20H-36V-10H-26V-20H-16V4H16V-20H26V-10H36V-20H46V46Z M-9 46V26H9V46 M0 4V-34L22 -27L0 -20'),
  train:
    draw('M-46 -4H18V26H-46Z M18 -30H46V26H18Z M24 -22H40V-6H24Z M-34 -4V-24H-22V-4') +
    disc(-32, 34, 9) +
    disc(-6, 34, 9) +
    disc(30, 34, 11),
  crab:
    fill('M-30 6C-30 -18 30 -18 30 6C24 28 -24 28 -30 6Z') +
    draw(
      'M-26 -4L-44 -20L-36 -40 M26 -4L44 -20L36 -40 M-44 -20L-50 -38 M44 -20L50 -38 M-28 14L-48 24 M-22 20L-38 38 M28 14L48 24 M22 20L38 38 M-9 -12V-24 M9 -12V-24',
    ),
  dragonfly:
    draw(
      'M0 -30V48 M0 -16C-30 -36 -52 -26 -48 -16C-44 -8 -20 -8 0 -12 M0 -16C30 -36 52 -26 48 -16C44 -8 20 -8 0 -12 M0 -8C-26 -4 -44 10 -38 16C-30 20 -12 8 0 -4 M0 -8C26 -4 44 10 38 16C30 20 12 8 0 -4',
    ) + disc(0, -36, 8),
  glassesFace:
    ring(-20, 0, 15) +
    ring(20, 0, 15) +
    draw('M-5 0H5 M-35 -3L-48 -14 M35 -3L48 -14 M-14 34C-4 42 4 42 14 34 M0 10L-4 22H4'),
  chessboard:
    fill(
      'M-40 -40h20v20h-20Z M0 -40h20v20h-20Z M-20 -20h20v20h-20Z M20 -20h20v20h-20Z M-40 0h20v20h-20Z M0 0h20v20h-20Z M-20 20h20v20h-20Z M20 20h20v20h-20Z',
    ) + draw('M-40 -40h80v80h-80Z'),
  puzzle: fill('M-40 -24H-12C-20 -44 12 -44 4 -24H32V0C50 -8 50 24 32 16V44H-40Z'),
  feather: draw(
    'M-40 46L30 -36 M-20 22L-26 -2 M-20 22L4 22 M-6 6L-14 -20 M-6 6L20 4 M8 -10L2 -34 M8 -10L34 -14 M20 -24L20 -42 M20 -24L40 -28',
  ),
  bridge: draw(
    'M-50 20H50 M-28 44V-34 M28 44V-34 M-50 14C-44 -6 -36 -22 -28 -34C-16 6 16 6 28 -34C36 -22 44 -6 50 14 M-14 20V-4 M0 20V2 M14 20V-4',
  ),
};
export const iconNames = Object.keys(icons);

/** @param {string} name one of iconNames @param {RandomNumbers} random @returns {string} SVG */
export function icon(name, random) {
  const width = random.between(3.5, 9).toFixed(1);
  const caps = random.choose(['round', 'butt', 'square']);
  return `<g fill="currentColor" stroke="currentColor" stroke-width="${width}" stroke-linecap="${caps}" stroke-linejoin="${caps === 'round' ? 'round' : 'miter'}">${icons[name]}</g>`;
}
