/**
 * A sheet of pictures that were read wrongly, a line for each row, with what is written and what was read. Limits: the
 * first few of each row.
 */

import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { encode } from 'fast-png';

/** @typedef {{ written: string, read: string, picture: import('../../test/pictures/scenes/sheet.mjs').Picture }} Failure */

const fonts = new URL('../../node_modules/dejavu-fonts-ttf/ttf/', import.meta.url);
const font = fileURLToPath(new URL('DejaVuSans.ttf', fonts));
/** How many pictures a line shows; pixels. */
const [perLine, side, gap, textHeight] = [10, 96, 8, 14];

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);

function image({ picture, written, read }, left, top) {
  const { width, height, data } = picture;
  const scale = Math.min(side / width, side / height);
  const href = `data:image/png;base64,${Buffer.from(encode({ width, height, data, channels: 4 })).toString('base64')}`;
  const label = `${written}: ${read}`.slice(0, 22);
  return (
    `<image x="${left}" y="${top}" width="${(width * scale).toFixed(1)}" height="${(height * scale).toFixed(1)}" href="${href}"/>` +
    `<text x="${left}" y="${top + side + textHeight - 3}" font-size="8">${escaped(label)}</text>`
  );
}

/**
 * @param {ReadonlyMap<string, readonly Failure[]>} failures by the name of the row; rows without any are left out
 * @returns {Uint8Array} a PNG file
 */
export function failureSheet(failures) {
  const lines = [...failures].filter(([, own]) => own.length > 0);
  const lineHeight = side + 2 * textHeight + gap;
  const width = perLine * (side + gap) + gap;
  const content = lines.map(([name, own], line) => {
    const top = gap + line * lineHeight;
    const images = own.slice(0, perLine).map((one, i) => image(one, gap + i * (side + gap), top + textHeight + 2));
    return `<text x="${gap}" y="${top + textHeight - 3}" font-size="11">${escaped(name)}</text>${images.join('')}`;
  });
  const height = gap + lines.length * lineHeight;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans"><rect width="100%" height="100%" fill="#fff"/>${content.join('')}</svg>`;
  const options = { font: { loadSystemFonts: false, fontFiles: [font], defaultFontFamily: 'DejaVu Sans' } };
  return new Resvg(svg, options).render().asPng();
}
