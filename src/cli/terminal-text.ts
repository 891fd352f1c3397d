/**
 * Untrusted text, such as names of files, in columns of a terminal. Widths follow Unicode's blocks roughly: no library,
 * no grapheme clusters.
 */

/** Control characters, marks that turn the direction of writing, and halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const withoutWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;
const twoColumns =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** One line whatever the text: control characters as a program would write them, such as `\n` and `\u001b`. */
export function printable(text: string): string {
  return text.replace(
    unprintable,
    (character) => shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What `styleText` writes to begin and end a style. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for exactly these.
const styles = /(\u001b\[\d+(?:;\d+)*m)/;

/**
 * A text as a terminal may get it: names and messages in it may come from anybody, and a terminal would obey their
 * control characters. Ends of lines stay.
 * @param keepStyles whether colours and bold letters stay too: where the stream shows any
 */
export function safeForTerminal(text: string, keepStyles: boolean): string {
  const clean = (part: string) => part.split('\n').map(printable).join('\n');
  if (!keepStyles) return clean(text);
  return text
    .split(styles)
    .map((part, index) => (index % 2 === 1 ? part : clean(part)))
    .join('');
}

/** How many columns of a terminal a printable text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += widthOf(character);
  return columns;
}

/** The text filled up with spaces. @param columns of the result, where the text is not wider */
export function padded(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, columns - columnsOf(text)));
  return align === 'left' ? text + spaces : spaces + text;
}

/** The end of a text that is wider than the columns that it has, behind an ellipsis: of a path it tells the most. */
export function shortened(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const characters = [...text];
  let [first, taken] = [characters.length, 1];
  while (first > 0 && taken + widthOf(characters[first - 1]) <= columns) taken += widthOf(characters[--first]);
  return `…${characters.slice(first).join('')}`;
}

function widthOf(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (twoColumns.test(character)) return 2;
  return withoutWidth.test(character) ? 0 : 1;
}
