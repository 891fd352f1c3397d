/** What a model stores of its preprocessing: the usual values for any size, and what is refused. */

import { describe, expect, it } from 'vitest';
import { InklingError } from '../errors.js';
import { checkedPreprocessing, preprocessingLikeMnist, preprocessingOfImages } from './settings.js';

const usual = preprocessingLikeMnist([28, 28], 'light on dark');
const images = preprocessingOfImages([8, 12], 3);

describe('preprocessingLikeMnist', () => {
  it("is MNIST's for 28 x 28", () => {
    expect(usual).toEqual({
      method: 'digits',
      scale: '1/255',
      polarity: 'light on dark',
      size: [28, 28],
      version: 1,
      digitSide: 20,
      strokeWidths: [2, 4],
    });
  });

  it('grows with the shorter side', () => {
    expect(preprocessingLikeMnist([56, 56], 'dark on light')).toMatchObject({ digitSide: 40, strokeWidths: [4, 8] });
    expect(preprocessingLikeMnist([28, 90], 'dark on light')).toMatchObject({ digitSide: 20, size: [28, 90] });
    expect(preprocessingLikeMnist([90, 14], 'dark on light')).toMatchObject({ digitSide: 10, strokeWidths: [1, 2] });
    expect(preprocessingLikeMnist([1, 1], 'dark on light')).toMatchObject({ digitSide: 1, strokeWidths: [0.1, 0.2] });
  });

  it('is what the check lets through, for any size', () => {
    for (const size of [
      [28, 28],
      [1, 1],
      [3, 200],
      [224, 224],
    ] as const) {
      for (const polarity of ['light on dark', 'dark on light'] as const) {
        const preprocessing = preprocessingLikeMnist(size, polarity);
        expect(checkedPreprocessing(JSON.parse(JSON.stringify(preprocessing)), 'model.json')).toEqual(preprocessing);
      }
    }
  });
});

describe('checkedPreprocessing', () => {
  it('has nothing to say of a model without', () => {
    expect(checkedPreprocessing(undefined, 'model.json')).toBeUndefined();
  });

  it('fills in what models from before there was a method do not say', () => {
    const old = { scale: '1/255', polarity: 'dark on light', size: [56, 56] };
    expect(checkedPreprocessing(old, 'model.json')).toEqual(preprocessingLikeMnist([56, 56], 'dark on light'));
  });

  it('keeps values of its own, and drops what it does not know', () => {
    const { method: _, ...beforeMethods } = usual;
    expect(checkedPreprocessing(beforeMethods, 'model.json')).toEqual(usual);
    const own = { ...usual, digitSide: 24, strokeWidths: [1.5, 1.5], author: 'somebody' };
    expect(checkedPreprocessing(own, 'model.json')).toEqual({ ...usual, digitSide: 24, strokeWidths: [1.5, 1.5] });
  });

  it.each([
    null,
    'none',
    {},
    { ...usual, scale: 1 },
    { ...usual, polarity: 'dark' },
    { ...usual, size: [28] },
    { ...usual, size: [28, 28, 1] },
    { ...usual, size: [28, 0] },
    { ...usual, size: [28, 28.5] },
    { ...usual, size: ['28', '28'] },
    { ...usual, digitSide: 0 },
    { ...usual, digitSide: 29 },
    { ...usual, digitSide: 19.5 },
    { ...usual, digitSide: '20' },
    { ...usual, digitSide: undefined },
    { ...usual, strokeWidths: undefined },
    { ...usual, strokeWidths: [0, 4] },
    { ...usual, strokeWidths: [4, 2] },
    { ...usual, strokeWidths: [2, 20] },
    { ...usual, strokeWidths: [2, Number.NaN] },
    { ...usual, strokeWidths: [2, null] },
    { ...usual, method: 1 },
    { ...images, channels: 2 },
    { ...images, channels: undefined },
    { ...images, size: [8, 0] },
    { ...images, scale: 255 },
  ])('refuses %j', (value) => {
    const check = () => checkedPreprocessing(value, 'my/model.json');
    expect(check).toThrow(InklingError);
    expect(check).toThrow(
      /^my\/model\.json: "preprocessing" must be like \{"method":"digits",.* or \{"method":"images",.* Received: /,
    );
  });

  it('refuses another version by its number', () => {
    expect(() => checkedPreprocessing({ ...usual, version: 2 }, 'model.json')).toThrow(
      'model.json: pictures are preprocessed by method 2, this Inkling knows method 1. A newer Inkling may know it.',
    );
    expect(() => checkedPreprocessing({ ...usual, version: undefined }, 'model.json')).toThrow('by method undefined');
    expect(() => checkedPreprocessing({ ...images, version: undefined }, 'model.json')).toThrow('by method undefined');
  });

  it('takes whole images of one or three channels', () => {
    for (const channels of [1, 3] as const) {
      const whole = preprocessingOfImages([8, 12], channels);
      expect(checkedPreprocessing({ ...whole, polarity: 'light on dark' }, 'model.json')).toEqual(whole);
    }
  });

  it('refuses another method by its name', () => {
    expect(() => checkedPreprocessing({ ...images, method: 'sounds' }, 'model.json')).toThrow(
      'prepared by the method "sounds", this Inkling knows digits and images. A newer Inkling may know it.',
    );
  });
});
