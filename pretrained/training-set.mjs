/**
 * What the pretrained model learns from: MNIST's training images without those set aside for validation, as they are and
 * drawn on sheets, digits drawn by strokes, and drawings that are no digits, whose target is that no class is likelier than another (outlier
 * exposure: Hendrycks, Mazeika, Dietterich, "Deep Anomaly Detection with Outlier Exposure", 2019). Everything drawn
 * goes through the preprocessing of `predict`.
 */

import { select } from '../dist/data/dataset.js';
import { loadMnist } from '../dist/data/mnist.js';
import { stratifiedSplit } from '../dist/data/split.js';
import { prepareDigit } from '../dist/preprocessing/preprocess.js';
import { drawnDigits } from './digits.mjs';
import { isDigitOfSomeHand } from './like-a-digit.mjs';
import { nonDigits } from './non-digits.mjs';
import { redrawnDigits } from './redrawn-digits.mjs';

/** @typedef {import('../dist/preprocessing/settings.js').Preprocessing} Preprocessing */
/** @typedef {import('../dist/data/dataset.js').LabelledImages} LabelledImages */

const classes = 10;
/** Twice as many as `train` sets aside: the model is trained once, and its calibration is what people will rely on. */
const validationImages = 10_000;
const seed = 1;
/** Seed and numbers of the drawings that validate: other hands of the same kind. */
const validationDrawings = { seed: 2, digits: 2000, others: 1500 };
const [drawnDigitCount, redrawnDigitCount, nonDigitCount] = [10_000, 12_000, 10_000];
/** A digit on a sheet that came out less alike (cosine) to the image that was drawn was not found, but a line or a part of it. */
const leastAlike = 0.6;

/** Digits drawn by strokes as the network sees them. @returns {{ image: Uint8Array, label: number }[]} */
function preparedDigits(count, drawingSeed, preprocessing) {
  return [...drawnDigits(count, drawingSeed)].flatMap(({ label, picture }) => {
    const prepared = prepareDigit(picture, preprocessing);
    return prepared ? [{ image: prepared.image, label }] : [];
  });
}

/** Images of MNIST as the network sees them after they were drawn on sheets. @returns {{ image: Uint8Array, label: number }[]} */
function preparedSheets(mnist, count, drawingSeed, preprocessing) {
  return [...redrawnDigits(mnist, count, drawingSeed)].flatMap(({ label, original, picture }) => {
    const prepared = prepareDigit(picture, preprocessing);
    return prepared && cosine(prepared.image, original) >= leastAlike ? [{ image: prepared.image, label }] : [];
  });
}

function cosine(one, other) {
  const product = (a, b) => a.reduce((sum, value, index) => sum + value * b[index], 0);
  return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
}

/** Images of what is no digit, without those that came out as what some hand writes for one. @returns {Uint8Array[]} */
function preparedOthers(count, drawingSeed, preprocessing) {
  const images = [];
  for (const { picture, extent } of nonDigits(count, drawingSeed)) {
    const prepared = prepareDigit(picture, preprocessing);
    if (prepared && !isDigitOfSomeHand(prepared, extent)) images.push(prepared.image);
  }
  return images;
}

/** Images one behind the other, with labels. @returns {LabelledImages} */
function labelled(images, labels, { shape }) {
  const size = shape[1] * shape[2] * shape[3];
  const data = new Uint8Array(images.length * size);
  images.forEach((image, row) => {
    data.set(image, row * size);
  });
  return { images: { data, shape: [images.length, ...shape.slice(1)] }, labels };
}

/**
 * @param {Preprocessing} preprocessing
 * @returns {Promise<{ images: { data: Uint8Array, shape: number[] }, targets: { data: Float32Array, shape: number[] },
 *   validation: LabelledImages, validationHands: LabelledImages, validationOthers: { data: Uint8Array, shape: number[] },
 *   classNames: readonly string[] }>}
 */
export async function trainingSet(preprocessing) {
  const { train, classNames } = await loadMnist();
  const split = stratifiedSplit(train.labels, validationImages, seed);
  const mnist = select(train, split.train);
  const drawn = [
    ...preparedSheets(mnist, redrawnDigitCount, seed, preprocessing),
    ...preparedDigits(drawnDigitCount, seed, preprocessing),
  ];
  const others = preparedOthers(nonDigitCount, seed, preprocessing);
  const size = mnist.images.data.length / mnist.labels.length;
  const count = mnist.labels.length + drawn.length + others.length;
  const data = new Uint8Array(count * size);
  const targets = new Float32Array(count * classes);
  data.set(mnist.images.data);
  for (const [index, label] of mnist.labels.entries()) targets[index * classes + label] = 1;
  let row = mnist.labels.length;
  for (const { image, label } of drawn) {
    data.set(image, row * size);
    targets[row++ * classes + label] = 1;
  }
  for (const image of others) {
    data.set(image, row * size);
    targets.fill(1 / classes, row * classes, (row + 1) * classes);
    row++;
  }
  const hands = preparedDigits(validationDrawings.digits, validationDrawings.seed, preprocessing);
  return {
    images: { data, shape: [count, ...mnist.images.shape.slice(1)] },
    targets: { data: targets, shape: [count, classes] },
    validation: select(train, split.validation),
    validationHands: labelled(
      hands.map(({ image }) => image),
      hands.map(({ label }) => label),
      mnist.images,
    ),
    validationOthers: labelled(
      preparedOthers(validationDrawings.others, validationDrawings.seed, preprocessing),
      [],
      mnist.images,
    ).images,
    classNames,
  };
}
