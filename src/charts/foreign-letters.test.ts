import { describe, expect, it } from 'vitest';
import { foreignLetters } from './foreign-letters.js';
import { lettersWithoutFont, renderPng } from './render-png.js';

describe('foreignLetters', () => {
  it.each(['0 to 9', 'Straße', 'Ωμέγα', 'Ёжик', 'שלום', 'مرحبا', 'a < b ≤ c → d'])(
    'DejaVu Sans has all of %s',
    (text) => {
      expect(foreignLetters(text)).toEqual([]);
    },
  );

  it.each([
    ['猫と猫', ['猫', 'と']],
    ['한글', ['한', '글']],
    ['क', ['क']],
    ['ไก่', ['ไ', 'ก', '่']],
    ['ok 🐈', ['🐈']],
  ])('and not these of %s', (text, letters) => {
    expect(foreignLetters(text)).toEqual(letters);
  });
});

describe('lettersWithoutFont', () => {
  it('asks nobody about letters that charts bring along', async () => {
    expect(await lettersWithoutFont(['zero', 'нуль'])).toEqual([]);
  });

  it('tells a letter that is drawn as a box', async () => {
    // Unicode has it since 2024: hardly any font does.
    const young = '\u{16D40}';
    const letters = await lettersWithoutFont(['zero', young]);
    const svg = (text: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text y="30" font-size="30" font-family="DejaVu Sans">${text}</text></svg>`;
    const isBox = (await renderPng(svg(young))).join() === (await renderPng(svg('\u{1FFF0}'))).join();
    expect(letters).toEqual(isBox ? [young] : []);
  });
});
