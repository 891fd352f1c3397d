/**
 * Makes the model that ships with the package, pretrained/model.json and model.safetensors: `npm run pretrained`. The same versions of the
 * packages give the same bytes. Takes some 300 seconds to draw and prepare the pictures and as long to train.
 */

import { fileURLToPath } from 'node:url';
import { calibrate } from '../dist/evaluation/calibration.js';
import { saveModel } from '../dist/formats/model-file.js';
import { preprocessingLikeMnist } from '../dist/formats/preprocessing.js';
import { weightsSha256 } from '../dist/formats/weights-sha256.js';
import { adam, architecture, categoricalCrossentropy, oneCycle, oneHot, Sequential } from '../dist/index.js';
import { trainingSet } from './training-set.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const epochs = 36;

const preprocessing = preprocessingLikeMnist([28, 28], 'light on dark');
console.log('Drawing and preparing the pictures...');
const { images, targets, validation, classNames } = await trainingSet(preprocessing);
console.log(`${images.shape[0]} images to train on, ${validation.labels.length} to validate on`);

const model = new Sequential(architecture('cnn', [28, 28, 1], classNames.length), { name: 'pretrained-cnn', seed: 1 });
model.compile({
  optimizer: adam({ beta2: 0.99, learningRate: oneCycle({ maximumLearningRate: 0.003 }) }),
  loss: categoricalCrossentropy(),
  // The same weights on any processor.
  arithmetic: 'plain',
});
await model.fit(images, targets, {
  epochs,
  batchSize: 64,
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

const { data: logits } = await model.predictLogits(validation.images);
const calibration = calibrate(logits, validation.labels, classNames.length);
const weights = model.getWeights();
await saveModel(folder, model.model, weights, { classNames, preprocessing, calibration });
console.log(calibration, await weightsSha256(model.model, weights));
