/** The networks that are compared, as plain data in Inkling's format; every peer builds them from it. */

import { architecture, conv2d, dense, dropout, flatten, maxPooling2d } from '../dist/index.js';

const digits = [28, 28, 1];
const relu = 'relu';
const softmaxEnd = dense({ units: 10, activation: 'softmax' });

function network(name, layers, inputShape = digits) {
  return { name, inputShape, layers: [...layers, flatten(), softmaxEnd] };
}

/** The default model: two convolutions, 225,034 parameters. */
export const cnn = architecture('cnn', digits, 10);

/** What the default model does not show: other layers, other sizes. */
export const shapes = [
  architecture('lenet5', digits, 10),
  architecture('mlp', digits, 10),
  {
    name: 'million',
    inputShape: digits,
    layers: [
      conv2d({ filters: 32, kernelSize: 3, activation: relu }),
      conv2d({ filters: 64, kernelSize: 3, activation: relu }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 112, activation: relu }),
      dropout({ rate: 0.5 }),
      softmaxEnd,
    ],
  },
  network('conv5x5', [
    conv2d({ filters: 16, kernelSize: 5, activation: relu }),
    maxPooling2d({ poolSize: 2 }),
    conv2d({ filters: 32, kernelSize: 5, activation: relu }),
    maxPooling2d({ poolSize: 2 }),
  ]),
  network('stride2', [
    conv2d({ filters: 16, kernelSize: 3, strides: 2, activation: relu }),
    conv2d({ filters: 32, kernelSize: 3, strides: 2, activation: relu }),
  ]),
  network('same', [
    conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: relu }),
    maxPooling2d({ poolSize: 2 }),
    conv2d({ filters: 32, kernelSize: 3, padding: 'same', activation: relu }),
    maxPooling2d({ poolSize: 2 }),
  ]),
  network(
    'colour',
    [
      conv2d({ filters: 16, kernelSize: 3, activation: relu }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 32, kernelSize: 3, activation: relu }),
      maxPooling2d({ poolSize: 2 }),
    ],
    [28, 28, 3],
  ),
  network('unpooled', [
    conv2d({ filters: 16, kernelSize: 3, activation: relu }),
    conv2d({ filters: 16, kernelSize: 3, activation: relu }),
  ]),
];

/** The same network without randomness in its training, so that programs can be compared number by number. */
export function withoutDropout(model) {
  return { ...model, layers: model.layers.filter((layer) => layer.type !== 'dropout') };
}
