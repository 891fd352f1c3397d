/**
 * What the pretrained model learns from: MNIST's training images without those set aside for validation, digits drawn
 * by strokes, and drawings that are no digits, whose target is that no class is likelier than another (outlier
 * exposure: Hendrycks, Mazeika, Dietterich, "Deep Anomaly Detection with Outlier Exposure", 2019). Everything drawn
 * goes through the preprocessing of `predict`.
 */

import { select } from '../dist/data/dataset.js';
import { loadMnist } from '../dist/data/mnist.js';
import { stratifiedSplit } from '../dist/data/split.js';
import { prepareDigit } from '../dist/preprocessing/preprocess.js';
import { drawnDigits } from './digits.mjs';
import { nonDigits } from './non-digits.mjs';

const classes = 10;
/** Twice as many as `train` sets aside: the model is trained once, and its calibration is what people will rely on. */
const validationImages = 10_000;
const [drawnDigitCount, nonDigitCount] = [3000, 8000];
const seed = 1;

/**
 * @param {import('../dist/preprocessing/settings.js').Preprocessing} preprocessing
 * @returns {Promise<{ images: { data: Uint8Array, shape: number[] }, targets: { data: Float32Array, shape: number[] },
 *   validation: import('../dist/data/dataset.js').LabelledImages, classNames: readonly string[] }>}
 */
export async function trainingSet(preprocessing) {
  const { train, classNames } = await loadMnist();
  const split = stratifiedSplit(train.labels, validationImages, seed);
  const mnist = select(train, split.train);
  const drawn = [...drawnDigits(drawnDigitCount, seed)].flatMap(({ label, picture }) => {
    const prepared = prepareDigit(picture, preprocessing);
    return prepared ? [{ image: prepared.image, label }] : [];
  });
  const others = [];
  for (const { picture } of nonDigits(nonDigitCount, seed)) {
    const prepared = prepareDigit(picture, preprocessing);
    if (prepared) others.push(prepared.image);
  }
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
  const shape = [count, ...mnist.images.shape.slice(1)];
  return {
    images: { data, shape },
    targets: { data: targets, shape: [count, classes] },
    validation: select(train, split.validation),
    classNames,
  };
}
