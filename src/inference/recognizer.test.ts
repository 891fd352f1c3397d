/** Recognizers of small models whose answers are known: order, blanks, sizes, and what they refuse. */

import { describe, expect, it } from 'vitest';
import { negativeOf, pictureOf, sevenAt, strokeAt } from '../../test/pictures/painted.js';
import { InklingError } from '../errors.js';
import { dense } from '../layers/dense.js';
import { flatten } from '../layers/flatten.js';
import { defineModel } from '../model/model.js';
import type { Picture } from '../pictures/picture.js';
import { preprocessingLikeMnist, preprocessingOfImages } from '../preprocessing/settings.js';
import { greyPictures, pictureClassifier } from './picture-classifier.js';
import { Recognizer } from './recognizer.js';

/**
 * Two classes: how bright the left column of blocks is, and the rest. A digit with a wide lower part or a wide upper
 * one.
 */
function halves(side = 28, polarity: 'light on dark' | 'dark on light' = 'light on dark', extras = {}) {
  const model = defineModel({
    name: 'halves',
    inputShape: [side, side, 1],
    layers: [flatten(), dense({ units: 2, activation: 'softmax' })],
  });
  const kernel = Float32Array.from({ length: side * side * 2 }, (_, i) => {
    const isUpper = Math.floor(i / 2 / side) < side / 2;
    return isUpper === (i % 2 === 0) ? 1 : 0;
  });
  const weights = new Map([
    ['dense/kernel', kernel],
    ['dense/bias', new Float32Array(2)],
  ]);
  return { model, weights, metadata: {}, preprocessing: preprocessingLikeMnist([side, side], polarity), ...extras };
}

/** The bar of a T above or below. */
const tee = (isUpper: boolean, left = 60) =>
  pictureOf(200, 160, (x, y) => {
    const bar = isUpper ? 40 : 120;
    const ink = Math.max(
      strokeAt(x + 0.5, y + 0.5, [left, bar, left + 70, bar], 8),
      strokeAt(x + 0.5, y + 0.5, [left + 35, 40, left + 35, 120], 8),
    );
    return 240 - 200 * ink;
  });
const empty = pictureOf(120, 90, () => 200);

describe('Recognizer', () => {
  it('answers in the order of the pictures, blanks among them', async () => {
    const recognizer = new Recognizer(halves(28, 'light on dark', { classNames: ['above', 'below'] }));
    // Centred by its mass, the wide part lies nearer to the middle: the stem makes the difference.
    const recognitions = await recognizer.recognizeBatch([empty, tee(true), empty, tee(false), tee(true, 90)]);
    expect(recognitions.map(({ state }) => state === 'blank')).toEqual([true, false, true, false, false]);
    const [, first, , second, third] = recognitions;
    expect(first.answer).not.toBe(second.answer);
    expect(third).toEqual({ ...first, box: third.box });
    expect(third.box!.left - first.box!.left).toBe(30);
    expect(first.image!.shape).toEqual([28, 28, 1]);
    expect(first.probabilities!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
    expect(await recognizer.recognizeBatch([])).toEqual([]);
  });

  it('says the same of a picture alone, in company, at once and inverted', async () => {
    const recognizer = new Recognizer(halves());
    const pictures = [tee(true), tee(false), empty];
    const [together, ...alone] = await Promise.all([
      recognizer.recognizeBatch(pictures),
      ...pictures.map((picture) => recognizer.recognize(picture)),
    ]);
    expect(alone.flat()).toEqual(together);
    const inverted = await recognizer.recognizeBatch(pictures.map(negativeOf));
    expect(inverted.map(({ answer }) => answer)).toEqual(together.map(({ answer }) => answer));
  });

  it('numbers classes without names, and takes everything for a digit without a calibration', async () => {
    const recognizer = new Recognizer(halves());
    expect(recognizer.classNames).toEqual(['0', '1']);
    const recognition = await recognizer.recognize(tee(true));
    expect(['0', '1']).toContain(recognition.answer);
    expect(recognition.runnerUp).toBe(recognition.answer === '0' ? '1' : '0');
    const strict = { temperature: 1, confidenceThreshold: 1, rejectionThreshold: 1.01, images: 10 };
    const refused = await new Recognizer(halves(28, 'light on dark', { calibration: strict })).recognize(tee(true));
    expect(refused).toEqual({ ...recognition, state: 'not a digit', answer: null, probability: null, runnerUp: null });
  });

  it('prepares for models of other sizes and polarities', async () => {
    const large = await new Recognizer(halves(56)).recognize(tee(true));
    expect(large.image!.shape).toEqual([56, 56, 1]);
    const light = await new Recognizer(halves()).recognize(tee(true));
    const dark = await new Recognizer(halves(28, 'dark on light')).recognize(tee(true));
    expect([...dark.image!.data]).toEqual([...light.image!.data].map((value) => 255 - value));
    const usual = new Recognizer(halves(28, 'light on dark', { preprocessing: undefined }));
    expect(usual.preprocessing).toEqual(preprocessingLikeMnist([28, 28], 'light on dark'));
  });

  it('recognizes all digits of a picture, as each alone', async () => {
    const recognizer = new Recognizer(halves());
    const [left, right] = [tee(true, 20), tee(false, 115)];
    const both: Picture = { ...left, data: left.data.map((value, i) => Math.min(value, right.data[i])) };
    const alone = await recognizer.recognizeBatch([left, right]);
    const all = await recognizer.detect(both);
    expect(all.digits.map(({ answer, box }) => ({ answer, box }))).toEqual(
      alone.map(({ answer, box }) => ({ answer, box })),
    );
    expect(all.digits.map(({ line }) => line)).toEqual([0, 0]);
    expect(all.number.text).toBe(alone.map(({ answer }) => answer).join(''));
    const nothing = { digits: [], number: { text: null, state: 'blank' }, dropped: [] };
    expect(await recognizer.detect(empty)).toEqual(nothing);
  });

  it('refuses models of other than images, and preprocessing that makes others', () => {
    const alpha = defineModel({ name: 'rgba', inputShape: [8, 8, 4], layers: [flatten(), dense({ units: 2 })] });
    const flat = defineModel({ name: 'flat', inputShape: [64], layers: [dense({ units: 2 })] });
    for (const model of [alpha, flat]) {
      const make = () => new Recognizer({ model, weights: new Map(), metadata: {} });
      expect(make).toThrow(InklingError);
      expect(make).toThrow('expected [height, width, 1], grey images, or [height, width, 3]');
    }
    for (const preprocessing of [
      preprocessingLikeMnist([28, 30], 'light on dark'),
      preprocessingOfImages([28, 28], 3),
      preprocessingOfImages([30, 28], 1),
    ]) {
      const made = [...preprocessing.size, preprocessing.method === 'images' ? preprocessing.channels : 1].join(', ');
      expect(() => new Recognizer(halves(28, 'light on dark', { preprocessing }))).toThrow(
        `takes images of shape [28, 28, 1], but its preprocessing makes some of [${made}]`,
      );
    }
  });

  it('takes pictures whole where the model says so', async () => {
    const preprocessing = preprocessingOfImages([28, 28], 1);
    const recognizer = new Recognizer(halves(28, 'light on dark', { preprocessing, classNames: ['above', 'below'] }));
    // Nothing is inked: as a digit it would be blank.
    const upper = pictureOf(60, 40, (_, y) => (y < 20 ? 90 : 60));
    const recognition = await recognizer.recognize(upper);
    expect(recognition).toMatchObject({ state: 'sure', answer: 'above', runnerUp: 'below', sideBySide: 1 });
    expect(recognition.box).toEqual({ left: 0, top: 0, right: 60, bottom: 40 });
    expect(new Set(recognition.image!.data)).toEqual(new Set([90, 60]));
    const plain = await recognizer.recognize(empty);
    expect(plain).toMatchObject({ state: 'not sure', probability: 0.5 });
    const calibration = { temperature: 1, confidenceThreshold: 1, rejectionThreshold: 0.9, images: 10 };
    const strict = new Recognizer(halves(28, 'light on dark', { preprocessing, calibration }));
    expect(await strict.recognize(empty)).toMatchObject({ state: 'no answer', answer: null, runnerUp: null });
    await expect(recognizer.detect(upper)).rejects.toThrow('takes each picture whole');
  });

  it('reads colours where the model was trained on colours', async () => {
    const model = defineModel({
      name: 'red or blue',
      inputShape: [2, 2, 3],
      layers: [flatten(), dense({ units: 2, activation: 'softmax' })],
    });
    const weights = new Map([
      // Red speaks for the first class, blue for the second.
      ['dense/kernel', Float32Array.from({ length: 24 }, (_, i) => ([0, 5].includes(i % 6) ? 4 : 0))],
      ['dense/bias', new Float32Array(2)],
    ]);
    const recognizer = new Recognizer({ model, weights, metadata: {}, classNames: ['red', 'blue'] });
    expect(recognizer.preprocessing).toEqual(preprocessingOfImages([2, 2], 3));
    const pictures = [pictureOf(5, 9, () => [200, 30, 10]), pictureOf(7, 2, () => [10, 30, 200])];
    const recognitions = await recognizer.recognizeBatch(pictures);
    expect(recognitions.map(({ answer }) => answer)).toEqual(['red', 'blue']);
    expect(recognitions[0].image).toEqual({
      data: Uint8Array.from(Array(4).fill([200, 30, 10]).flat()),
      shape: [2, 2, 3],
    });
  });

  it('refuses what is no picture', async () => {
    const wrong = { ...empty, data: empty.data.slice(1) };
    const recognizer = new Recognizer(halves());
    await expect(recognizer.recognizeBatch([empty, wrong])).rejects.toThrow('120 x 90 pixels and 43199 bytes');
    await expect(async () => recognizer.detect(wrong)).rejects.toThrow(InklingError);
    const several = [empty, empty] as unknown as Picture;
    await expect(recognizer.recognize(several)).rejects.toThrow('an array of 2. Read several with recognizeBatch');
  });
});

describe('pictureClassifier', () => {
  it('reads grey images as pictures, -1 where there is no answer', async () => {
    const side = 90;
    const data = new Uint8Array(3 * side * side);
    for (let i = 0; i < side * side; i++) {
      const [x, y] = [i % side, Math.floor(i / side)];
      data[i] = Math.round(255 * sevenAt(x, y, 20, 20, 50, 6));
      data[2 * side * side + i] = Math.round(255 * sevenAt(side - 1 - x, side - 1 - y, 20, 20, 50, 6));
    }
    const images = { data, shape: [3, side, side, 1] };
    const recognizer = new Recognizer(halves());
    const answers = (await pictureClassifier(recognizer).classify(images))!;
    const recognitions = await recognizer.recognizeBatch(greyPictures(images));
    expect([...answers]).toEqual(recognitions.map(({ answer }) => (answer === null ? -1 : Number(answer))));
    expect(answers[1]).toBe(-1);
    expect(answers[0]).not.toBe(answers[2]);
  });

  it('makes opaque pictures of greys', () => {
    expect(greyPictures({ data: Uint8Array.of(1, 2, 3, 4), shape: [2, 1, 2, 1] })).toEqual([
      { width: 2, height: 1, data: Uint8Array.of(1, 1, 1, 255, 2, 2, 2, 255) },
      { width: 2, height: 1, data: Uint8Array.of(3, 3, 3, 255, 4, 4, 4, 255) },
    ]);
  });
});
