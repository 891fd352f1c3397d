/**
 * A tiny training whose weights must be the same bytes on every machine, in every version of Node, in browsers and with
 * any number of threads. Needs the built dist/, and nothing of Node, so that a page can run it.
 */

import { weightsSha256 } from '../../dist/formats/weights-sha256.js';
import * as inkling from '../../dist/index.js';

const classes = 4;
const side = 12;

/** Blurred crosses and bars from integer arithmetic alone. */
export function tinyImages(count) {
  let state = 12345;
  const below = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % limit;
  };
  // The topmost rows are blank but for what is drawn.
  const data = new Uint8Array(count * side * side).map((_, at) => (Math.floor(at / side) % side < 5 ? 0 : below(60)));
  const labels = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    labels[image] = below(classes);
    const at = 2 + below(side - 4);
    for (let place = 1; place < side - 1; place++) {
      const row = image * side * side + at * side + place;
      const column = image * side * side + place * side + at;
      if (labels[image] !== 0) data[row] = 150 + below(100);
      if (labels[image] > 1) data[column] = 150 + below(100);
      if (labels[image] === 3) data[column + 1] = 150 + below(100);
    }
  }
  return { images: { data, shape: [count, side, side, 1] }, labels };
}

/**
 * Every kind of block, with a batch size that neither the shards nor the images divide.
 * @returns the weights' SHA-256
 */
export async function trainTinyJob({ callbacks, seed = 1, augmentation, ...engine } = {}) {
  const { images, labels } = tinyImages(103);
  const model = new inkling.Sequential(
    [
      inkling.conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' }),
      inkling.maxPooling2d(),
      // Channels in fours: by Winograd's algorithm.
      inkling.conv2d({ filters: 9, kernelSize: 3, padding: 'same', activation: 'relu' }),
      inkling.maxPooling2d(),
      inkling.batchNormalization(),
      inkling.conv2d({ filters: 7, kernelSize: 2, activation: 'tanh', kernelInitializer: 'heNormal' }),
      inkling.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      inkling.flatten(),
      inkling.dense({ units: 21, activation: 'relu' }),
      inkling.dense({ units: 13, activation: 'sigmoid' }),
      inkling.dropout({ rate: 0.3 }),
      inkling.dense({ units: classes, activation: 'softmax', l2: 0.001 }),
    ],
    { seed },
  );
  model.compile({
    optimizer: inkling.adamw({ learningRate: inkling.cosineDecay({ initialLearningRate: 0.01 }), globalClipNorm: 1 }),
    loss: inkling.sparseCategoricalCrossentropy({ labelSmoothing: 0.1 }),
    ...engine,
  });
  const choices = { validationSplit: 7, classWeight: { 2: 1.5 }, augmentation, callbacks };
  await model.fit(images, labels, { epochs: 3, batchSize: 19, verbose: 0, ...choices });
  return weightsSha256(model.definition, model.getWeights());
}
