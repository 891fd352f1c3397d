/** A small network that has all that a training must remember, and what two trainings of it are compared by. */

import {
  batchNormalization,
  type CompileOptions,
  conv2d,
  dense,
  dropout,
  flatten,
  type History,
  maxPooling2d,
  Sequential,
} from 'inkling';

/** For `tinyImages`. */
export function tinyModel(options: CompileOptions): Sequential {
  const model = new Sequential([
    conv2d({ filters: 3, kernelSize: 3, activation: 'relu' }),
    maxPooling2d(),
    batchNormalization(),
    flatten(),
    dropout({ rate: 0.4 }),
    dense({ units: 4, activation: 'softmax' }),
  ]);
  model.compile(options);
  return model;
}

/** A history without what the clock says. */
export function numbers(history: History) {
  return history.epochs.map(({ seconds, imagesPerSecond, ...rest }) => rest);
}
