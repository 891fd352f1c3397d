/**
 * Makes the model that ships with the package, pretrained/model.json and model.safetensors: `npm run pretrained`. The
 * same versions of the packages give the same bytes, on any number of threads. Takes some minutes to draw and prepare
 * the pictures, and more to train. Prints what the model is worth on what it was not trained on: MNIST's validation
 * images, other drawn digits, other drawings of no digit.
 */

import { fileURLToPath } from 'node:url';
import { calibrate } from '../dist/evaluation/calibration.js';
import { softmax } from '../dist/evaluation/logits.js';
import { saveModel } from '../dist/formats/model-file.js';
import { weightsSha256 } from '../dist/formats/weights-sha256.js';
import {
  adamw,
  categoricalCrossentropy,
  conv2d,
  dense,
  dropout,
  flatten,
  maxPooling2d,
  oneCycle,
  oneHot,
  Sequential,
} from '../dist/index.js';
import { preprocessingLikeMnist } from '../dist/preprocessing/settings.js';
import { trainingSet } from './training-set.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const epochs = 36;

const preprocessing = preprocessingLikeMnist([28, 28], 'light on dark');
console.log('Drawing and preparing the pictures...');
const { images, targets, validation, validationHands, validationOthers, classNames } = await trainingSet(preprocessing);
console.log(`${images.shape[0]} images to train on, ${validation.labels.length} to validate on`);

/** The architecture `cnn` with a third convolution, and as many weights. */
const layers = [
  conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
  maxPooling2d({ poolSize: 2 }),
  conv2d({ filters: 96, kernelSize: 3, activation: 'relu' }),
  maxPooling2d({ poolSize: 2 }),
  conv2d({ filters: 96, kernelSize: 3, activation: 'relu' }),
  flatten(),
  dense({ units: 128, activation: 'relu' }),
  dropout({ rate: 0.5 }),
  dense({ units: classNames.length, activation: 'softmax' }),
];
const model = new Sequential(layers, { name: 'pretrained-cnn', inputShape: [28, 28, 1], seed: 1 });
model.compile({
  optimizer: adamw({ beta2: 0.99, weightDecay: 0.02, learningRate: oneCycle({ maximumLearningRate: 0.003 }) }),
  loss: categoricalCrossentropy(),
  arithmetic: 'fused',
});
await model.fit(images, targets, {
  epochs,
  batchSize: 64,
  verbose: 0,
  augmentation: 'strong',
  validationData: [validation.images, oneHot(validation.labels, classNames.length)],
  callbacks: [
    {
      onEpochEnd(_, { epoch, loss, valLoss, valAccuracy, seconds }) {
        const parts = [`loss ${loss.toFixed(4)}`, `validation loss ${valLoss.toFixed(4)}`];
        console.log(`${epoch}/${epochs}: ${parts.join(', ')}, accuracy ${valAccuracy}, ${seconds.toFixed(1)} s`);
      },
    },
  ],
});

const [logits, logitsOfHands] = [
  await model.predictLogits(validation.images),
  await model.predictLogits(validationHands.images),
];
// The thresholds are to hold for what people write, of which MNIST has only a part.
const calibration = calibrate(
  {
    data: Float32Array.from([...logits.data, ...logitsOfHands.data]),
    shape: [logits.shape[0] + logitsOfHands.shape[0], classNames.length],
  },
  [...validation.labels, ...validationHands.labels],
);
const weights = model.getWeights();
await saveModel(folder, model.definition, weights, { classNames, preprocessing, calibration });
console.log(calibration, await weightsSha256(model.definition, weights));
printWorth('MNIST', logits, validation.labels);
printWorth('drawn digits', logitsOfHands, validationHands.labels);
for (const digit of classNames.keys()) {
  printWorth(`  ${digit}`, logitsOfHands, validationHands.labels, (label) => label === digit);
}
printWorth('no digits', await model.predictLogits(validationOthers), null);

/** In per cent; `labels` is null where nothing is a digit. */
function printWorth(name, { data, shape }, labels, isMeant = () => true) {
  const probabilities = softmax({ data, shape }, { temperature: calibration.temperature }).data;
  const counts = { right: 0, 'digit and right': 0, 'digit and wrong': 0, 'not a digit': 0 };
  let rows = 0;
  for (let row = 0; row < shape[0]; row++) {
    if (labels && !isMeant(labels[row])) continue;
    rows++;
    const ofRow = probabilities.subarray(row * shape[1], (row + 1) * shape[1]);
    const highest = Math.max(...ofRow);
    const isRight = labels !== null && ofRow.indexOf(highest) === labels[row];
    const isSure = highest >= (calibration.confidenceThreshold ?? Infinity);
    if (highest < calibration.rejectionThreshold) counts['not a digit']++;
    else if (isRight) counts.right++;
    if (isSure) counts[isRight ? 'digit and right' : 'digit and wrong']++;
  }
  const fractions = Object.entries(counts).map(([state, count]) => `${state} ${((100 * count) / rows).toFixed(2)} %`);
  console.log(`${name}, ${rows}: ${fractions.join(', ')}`);
}
