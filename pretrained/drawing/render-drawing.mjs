/**
 * Turns SVG into pixels. Limits: no fonts, opaque pictures only, at most the 8 bits a channel that the renderer has.
 */

import { Resvg } from '@resvg/resvg-js';

const options = { font: { loadSystemFonts: false } };

/** @param {ArrayLike<number>} rgb 0 to 255 each @returns {string} as SVG writes colours */
export function colour([red, green, blue]) {
  return `rgb(${Math.round(red)},${Math.round(green)},${Math.round(blue)})`;
}

/**
 * @param {number} width pixels @param {number} height pixels
 * @param {ArrayLike<number>} background red, green, blue, 0 to 255 each
 * @param {string} content SVG elements; one unit is one pixel, y runs down
 * @returns {{ width: number, height: number, data: Uint8Array }} RGBA, opaque
 */
export function renderDrawing(width, height, background, content) {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="${width}" height="${height}" fill="${colour(background)}"/>${content}</svg>`;
  const { pixels } = new Resvg(svg, options).render();
  return { width, height, data: new Uint8Array(pixels) };
}
