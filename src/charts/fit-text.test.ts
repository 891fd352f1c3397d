import { expect, it } from 'vitest';
import { shortenText, wrapText } from './fit-text.js';
import { textWidth } from './text-width.js';

it('breaks a text at spaces so that each line fits', () => {
  const text = 'Each map: where one filter finds its pattern.';
  const lines = wrapText(text, 120, 10);
  expect(lines.join(' ')).toBe(text);
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(textWidth(line, 10)).toBeLessThanOrEqual(120);
  expect(wrapText(text, 1000, 10)).toEqual([text]);
  expect(wrapText('unbreakable word', 1, 10)).toEqual(['unbreakable', 'word']);
});

it('shortens what does not fit', () => {
  expect(shortenText('seven', 100, 10)).toBe('seven');
  const short = shortenText('a very long name of a class', 80, 10);
  expect(short).toMatch(/^a very.*…$/);
  expect(textWidth(short, 10, true)).toBeLessThanOrEqual(80);
  expect(shortenText('seven', 1, 10)).toBe('s…');
});
