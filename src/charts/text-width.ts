/**
 * How wide a text will be in DejaVu Sans. Where there is no canvas Vega takes every letter for 0.8 of the font's size,
 * which leaves charts with wide empty margins. Kerning is left out; letters beyond ASCII are estimated.
 */

// Advances of the characters 32 to 126 in thousandths of the font's size, from the font's own table.
// biome-ignore format: a table reads better in full lines
const advances = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
  636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
  603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
  634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
const boldFactor = 1.16;
/** Chinese, Japanese and Korean letters, their punctuation, and emoji. */
const fullSquare = 1000;
const isFullSquare =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff00-\uff60]/u;
/** About the widest of most other alphabets' letters; marks stand above or below the letter before them. */
const otherLetter = 800;
const hebrewLetter = 720;
const isMark = /\p{Mn}/u;

/** The width in the unit of `fontSize`: rather a little too wide than too narrow. */
export function textWidth(text: string, fontSize: number, isBold = false): number {
  let thousandths = 0;
  for (const character of text.normalize('NFD'))
    thousandths += advances[character.charCodeAt(0) - 32] ?? advance(character);
  return (thousandths / 1000) * fontSize * (isBold ? boldFactor : 1);
}

function advance(character: string): number {
  if (isMark.test(character)) return 0;
  // NFD takes Hangul syllables apart: the first of their two or three letters counts for all.
  if (/[\u1160-\u11ff]/.test(character)) return 0;
  if (/\p{Script=Hebrew}/u.test(character)) return hebrewLetter;
  return isFullSquare.test(character) || !/\p{L}/u.test(character) ? fullSquare : otherLetter;
}
