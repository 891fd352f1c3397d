import { expect, test } from 'vitest';
import { type TextLine, textLines } from './text-lines.js';

async function linesOf(...pieces: string[]): Promise<TextLine[]> {
  async function* bytes() {
    for (const piece of pieces) yield Buffer.from(piece, 'latin1');
  }
  const lines: TextLine[] = [];
  for await (const line of textLines(bytes())) lines.push(line);
  return lines;
}

test('lines come whole, however the pieces are cut', async () => {
  const text = Buffer.from('one\nzwölf\r\n\nlast').toString('latin1');
  const expected = [
    { text: 'one', end: 4, isWhole: true },
    { text: 'zwölf', end: 12, isWhole: true },
    { text: '', end: 13, isWhole: true },
    { text: 'last', end: 17, isWhole: false },
  ];
  expect(await linesOf(text)).toEqual(expected);
  expect(await linesOf(...text)).toEqual(expected);
});

test('of an empty text there are none, and an end of line needs none behind it', async () => {
  expect(await linesOf()).toEqual([]);
  expect(await linesOf('a\n')).toEqual([{ text: 'a', end: 2, isWhole: true }]);
});
