import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { expect, it } from 'vitest';
import { textWidth } from './text-width.js';

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const fontFiles = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => join(fonts, file));

/** The width of the ink of a text, drawn with a full stop on either side to measure from. */
function drawnWidth(text: string, weight: string): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="200"><text x="10" y="100" font-size="100" font-weight="${weight}" font-family="DejaVu Sans">${text}</text></svg>`;
  return new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).getBBox()?.width ?? 0;
}

it.each([
  'Accuracy (%)',
  'Training 99.24 %',
  'WWWWWWWWWW',
  'illicit',
  'T-shirt/top',
  '0123456789',
  'Größe',
  '猫',
  'Ёжик',
  'Ωμέγα',
  'שלום',
])('is never less than what is drawn, and not much more: %s', (text) => {
  expect(textWidth(text, 100)).toBeGreaterThanOrEqual(drawnWidth(text, 'normal'));
  expect(textWidth(text, 100)).toBeLessThanOrEqual(1.15 * drawnWidth(text, 'normal') + 60);
  expect(textWidth(text, 100, true)).toBeGreaterThanOrEqual(drawnWidth(text, 'bold'));
});
