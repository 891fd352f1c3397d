/**
 * Letters, words and symbols set in the DejaVu fonts. Limits: only characters that the chosen fonts have and that
 * nobody takes for a digit: the Cyrillic tse, an open 4 with its tail, is left out.
 */

import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

/** @typedef {import('../../../pretrained/drawing/random-numbers.mjs').RandomNumbers} RandomNumbers */

const folder = new URL('../../../node_modules/dejavu-fonts-ttf/ttf/', import.meta.url);
const families = "'DejaVu Sans','DejaVu Serif','DejaVu Sans Mono','DejaVu Sans Condensed','DejaVu Serif Condensed'";

/** File and the attributes that choose its face. */
const fonts = [
  ['DejaVuSans', ''],
  ['DejaVuSans-Bold', 'font-weight="bold"'],
  ['DejaVuSans-Oblique', 'font-style="oblique"'],
  ['DejaVuSans-BoldOblique', 'font-weight="bold" font-style="oblique"'],
  ['DejaVuSans-ExtraLight', 'font-weight="200"'],
  ['DejaVuSansCondensed', 'font-stretch="condensed"'],
  ['DejaVuSansCondensed-Bold', 'font-stretch="condensed" font-weight="bold"'],
  ['DejaVuSansMono', ''],
  ['DejaVuSansMono-Bold', 'font-weight="bold"'],
  ['DejaVuSerif', ''],
  ['DejaVuSerif-Bold', 'font-weight="bold"'],
  ['DejaVuSerif-Italic', 'font-style="italic"'],
  ['DejaVuSerifCondensed', 'font-stretch="condensed"'],
];
const symbolFonts = fonts.slice(0, 2);

export const letters = [...'AEFHKMNPRWXkmnrtfwxæÆΔΣΠΨΞΩπωμЖШЩЊДИЮЛМжшдюм'];
export const words = [
  ...['me', 'am', 'we', 'Hm', 'ax', 'map', 'tea', 'hat', 'fox', 'net', 'Max', 'run', 'tree', 'fern', 'warm', 'Mark'],
  ...['next', 'frame', 'water', 'Karen', 'maker', 'wet', 'WHEN', 'EXAM', 'MAKE', 'HERE', 'from', 'them', 'tank', 'Wax'],
];
export const symbols = [
  ...'♪♫♬✂♥★☆☂❄✔♔♕♖♘♚♛♜♞☎✈✉✏☀☁☠☢☣☮☺☹⚓⚔⚖⚙⚛♻⌂⌨✿❀❁❂❖✚✠✡✦✪♠♣♦',
  ...'→⇒↔⇄∏√≠≡≈±÷×⊕⊗∀∴#@%*☞✌✍♨⌘⏏☑☒▲▣▦▩⚃⚄⚅☰☷♯❋❅✵✺✻⚘⚒⚑☄☏✇❦',
];

function fontOptions(file) {
  const path = fileURLToPath(new URL(`${file}.ttf`, folder));
  return { font: { loadSystemFonts: false, fontFiles: [path], defaultFontFamily: 'DejaVu Sans' } };
}

/**
 * @param {string} text @param {boolean} isSymbol set in the fonts that have symbols
 * @param {RandomNumbers} random
 * @returns {{ element: string, options: object }} an SVG element of about 100 units high around (0, 0), and how to
 * render it
 */
export function setInType(text, isSymbol, random) {
  const [file, face] = random.choose(isSymbol ? symbolFonts : fonts);
  const outlined = random.chance(isSymbol ? 0.1 : 0.2);
  const paint = outlined ? 'fill="none" stroke="currentColor" stroke-width="4"' : 'fill="currentColor"';
  const element = `<text x="0" y="36" font-size="100" text-anchor="middle" font-family="${families}" ${face} ${paint}>${text}</text>`;
  return { element, options: fontOptions(file) };
}

/**
 * The pixels of one character in black on white, 64 x 64, to see which characters a font lacks.
 * @param {string} character
 * @param {number} [font] 0 regular, 1 bold
 * @returns {Uint8Array}
 */
export function sampleOfSymbol(character, font = 0) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#fff"/><text x="32" y="48" font-size="44" text-anchor="middle" font-family="${families}">${character}</text></svg>`;
  return new Uint8Array(new Resvg(svg, fontOptions(symbolFonts[font][0])).render().pixels);
}
