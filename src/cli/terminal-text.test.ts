import { expect, test } from 'vitest';
import { columnsOf, padded, printable, safeForTerminal, shortened } from './terminal-text.js';

test.each([
  ['four.png', 'four.png'],
  ['ünï – 日本.png', 'ünï – 日本.png'],
  ['new\nline\r\t', 'new\\nline\\r\\t'],
  ['\x1b[31mred\x7f', '\\u001b[31mred\\u007f'],
  ['gnp.\u202efour', 'gnp.\\u202efour'],
  ['half \ud800', 'half \\ud800'],
])('%j is printed on one line', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('keeps lines, and styles where the stream shows them', () => {
  const text = '\u001b[1mTitle\u001b[22m\n\u001b]0;window\u0007name';
  expect(safeForTerminal(text, true)).toBe('\u001b[1mTitle\u001b[22m\n\\u001b]0;window\\u0007name');
  expect(safeForTerminal(text, false)).toBe('\\u001b[1mTitle\\u001b[22m\n\\u001b]0;window\\u0007name');
});

test.each([
  ['', 0],
  ['four.png', 8],
  ['u8/日本語.png', 13],
  ['e\u0301', 1],
  ['한글', 4],
  ['✅', 2],
])('%j takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test('fills up by columns and never cuts', () => {
  expect(padded('日', 4)).toBe('日  ');
  expect(padded('日', 4, 'right')).toBe('  日');
  expect(padded('longer', 4)).toBe('longer');
});

test('what is too wide shows its end and takes no more than it may', () => {
  expect(shortened('folder/four.png', 15)).toBe('folder/four.png');
  expect(shortened('folder/four.png', 9)).toBe('…four.png');
  expect(shortened('日本語', 4)).toBe('…語');
  expect(columnsOf(shortened('日本語'.repeat(30), 20))).toBeLessThanOrEqual(20);
});
