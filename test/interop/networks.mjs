/** Networks that have every kind of layer, and what makes formats differ: padding, strides, orders of axes. */

import {
  activation,
  architecture,
  architectureNames,
  averagePooling2d,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  flatten,
  globalAveragePooling2d,
  maxPooling2d,
  Sequential,
} from 'inkling';

const softmax = dense({ units: 10, activation: 'softmax' });

const layers = {
  'batch-normalization': [
    conv2d({ filters: 6, kernelSize: 3, useBias: false }),
    batchNormalization(),
    activation('relu'),
    maxPooling2d(),
    flatten(),
    // Between flatten and dense its channels are in the order of the image too.
    batchNormalization({ epsilon: 1e-5, momentum: 0.9 }),
    dropout({ rate: 0.5 }),
    dense({ units: 20, useBias: false }),
    batchNormalization(),
    activation('tanh'),
    softmax,
  ],
  same: [
    conv2d({ filters: 4, kernelSize: [4, 3], padding: 'same', activation: 'sigmoid' }),
    maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    conv2d({ filters: 5, kernelSize: 5, padding: 'same', activation: 'relu' }),
    maxPooling2d({ poolSize: [2, 3], padding: 'same' }),
    flatten(),
    softmax,
  ],
  'stride-2': [
    conv2d({ filters: 8, kernelSize: 5, strides: 2, padding: 'same', activation: 'relu' }),
    conv2d({ filters: 8, kernelSize: 3, strides: [2, 1], activation: 'relu' }),
    conv2d({ filters: 8, kernelSize: 1, strides: 2, padding: 'same', activation: 'softmax' }),
    flatten(),
    dense({ units: 10 }),
  ],
  'average-pooling': [
    conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }),
    averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
    averagePooling2d(),
    conv2d({ filters: 10, kernelSize: 3 }),
    globalAveragePooling2d(),
    activation('softmax'),
  ],
  'leaky-relu': [
    conv2d({ filters: 4, kernelSize: 3, activation: 'leakyRelu' }),
    activation({ activation: 'leakyRelu', negativeSlope: 0.05 }),
    flatten(),
    softmax,
  ],
  // No dense layer whose rows could be put into another order.
  'flatten-at-the-end': [
    conv2d({ filters: 4, kernelSize: 9, strides: 3, activation: 'relu' }),
    conv2d({ filters: 5, kernelSize: [6, 7] }),
    flatten(),
    activation('softmax'),
  ],
};

/** Each network by its name, with weights that no layer leaves without effect. */
export function* networks() {
  for (const name of architectureNames) yield [name, withWeights(new Sequential(architecture(name, [28, 28, 1], 10)))];
  for (const [name, list] of Object.entries(layers)) {
    yield [name, withWeights(new Sequential(list, { name, inputShape: [28, 28, 1] }))];
  }
}

/** Those that are not drawn at random, such as biases and moving means, get values too. */
function withWeights(model) {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const weights = new Map();
  for (const [path, values] of model.getWeights()) {
    if (path.endsWith('/kernel')) weights.set(path, values);
    else if (path.endsWith('/gamma') || path.endsWith('/movingVariance'))
      weights.set(
        path,
        values.map(() => 0.5 + next()),
      );
    else
      weights.set(
        path,
        values.map(() => next() - 0.5),
      );
  }
  model.setWeights(weights);
  return model;
}
