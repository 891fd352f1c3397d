/**
 * Both makers of pictures that are not digits: same seed same bytes, all kinds there, nothing blank, what was promised
 * of place and contrast.
 */

import { describe, expect, test } from 'vitest';
import { nonDigitKinds, nonDigits } from '../../pretrained/non-digits.mjs';
import { sampleOfSymbol, symbols } from './measured/glyphs.mjs';
import { measuredNonDigits } from './non-digits.mjs';
import { contrastOf, hasPlainEdge, isOpaque, sumOfPictures } from './sum-of-pictures.js';

describe('for training', () => {
  const drawn = [...nonDigits(600, 1)];

  test('the same seed gives the same bytes, another seed others', () => {
    const sum = sumOfPictures(drawn.map(({ picture }) => picture));
    expect(sum).toBe('c4d9106be07a766ad4b3941b8bf88b89b398b5d7698d81a7d9fbc7236f927a2a');
    expect(sumOfPictures([...nonDigits(600, 2)].map(({ picture }) => picture))).not.toBe(sum);
  });

  test('a picture depends on the seed and its index, not on how many are drawn', () => {
    const few = [...nonDigits(20, 1)];
    expect(sumOfPictures(few.map(({ picture }) => picture))).toBe(
      sumOfPictures(drawn.slice(0, 20).map(({ picture }) => picture)),
    );
  });

  test('every kind is there, and no picture is malformed or of another size', () => {
    expect([...new Set(drawn.map(({ kind }) => kind))].sort()).toEqual([...nonDigitKinds].sort());
    for (const { kind, picture } of drawn) {
      expect(isOpaque(picture), kind).toBe(true);
      expect(Math.min(picture.width, picture.height)).toBeGreaterThanOrEqual(100);
      expect(Math.max(picture.width, picture.height)).toBeLessThanOrEqual(160);
    }
  });

  test('what is drawn with a pen stands out, and nothing is blank', () => {
    const faint = (least: number) => (one: (typeof drawn)[number]) => !(contrastOf(one.picture) >= least);
    const soft = ['texture', 'scene', 'piece'];
    expect(drawn.filter(({ kind }) => !soft.includes(kind)).filter(faint(64))).toEqual([]);
    expect(drawn.filter(faint(8)).map(({ kind }) => kind)).toEqual([]);
  });

  test('none is none', () => {
    expect([...nonDigits(0, 1)]).toEqual([]);
  });
});

describe('for measuring', () => {
  const drawn = measuredNonDigits(1);

  test('the same seed gives the same bytes, another seed others', () => {
    const sum = sumOfPictures(drawn.map(({ picture }) => picture));
    expect(sum).toBe('adcbcc635985b0846fe85e633b3288b78d668691e3c768acadb3540cd53c2cc9');
    expect(sumOfPictures(measuredNonDigits(2).map(({ picture }) => picture))).not.toBe(sum);
  });

  test('about a thousand, at least 200 of each kind', () => {
    expect(drawn.length).toBeGreaterThan(1000);
    for (const kind of ['letter', 'scribble', 'symbol', 'photo']) {
      expect(drawn.filter((one) => one.kind === kind).length, kind).toBeGreaterThanOrEqual(200);
    }
  });

  test('each is opaque with a contrast of at least 60', () => {
    // Colours differ by 64; a stroke thinner than a pixel may leave a little of that.
    expect(
      drawn.filter(({ picture }) => !(isOpaque(picture) && contrastOf(picture) >= 60)).map(({ name }) => name),
    ).toEqual([]);
  });

  test('what is not a photo lies wholly inside its picture', () => {
    const cut = drawn.filter(({ kind, picture }) => kind !== 'photo' && !hasPlainEdge(picture));
    expect(cut.map(({ name }) => name)).toEqual([]);
  });

  test('the fonts have every symbol: none is the empty box', () => {
    for (const font of [0, 1] as const) {
      const box = sampleOfSymbol('\u{10FFFD}', font).join();
      expect(sampleOfSymbol('\u231B', font).join()).toBe(box);
      expect(symbols.filter((symbol) => sampleOfSymbol(symbol, font).join() === box)).toEqual([]);
    }
  });
});
