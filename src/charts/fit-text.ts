/** Texts made to fit a width, in the unit of the font's size. */

import { textWidth } from './text-width.js';

/** The text in lines no wider than `width`, broken at spaces; a word that is wider stands alone. */
export function wrapText(text: string, width: number, fontSize: number): string[] {
  const [first, ...words] = text.split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines[lines.length - 1]} ${word}`;
    if (textWidth(longer, fontSize) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/**
 * The text, or as much of its beginning as fits beside an ellipsis: at least one letter. As wide as if it were bold.
 */
export function shortenText(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize, true) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, fontSize, true) > width) letters.pop();
  return `${letters.join('')}…`;
}
