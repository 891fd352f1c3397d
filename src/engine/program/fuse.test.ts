/** Which layers become one block. */

import { expect, test } from 'vitest';
import { activation } from '../../layers/activation.js';
import { averagePooling2d } from '../../layers/average-pooling2d.js';
import { batchNormalization } from '../../layers/batch-normalization.js';
import { conv2d } from '../../layers/conv2d.js';
import { dense } from '../../layers/dense.js';
import { dropout } from '../../layers/dropout.js';
import { flatten } from '../../layers/flatten.js';
import { globalAveragePooling2d } from '../../layers/global-average-pooling2d.js';
import type { Layer } from '../../layers/layers.js';
import { maxPooling2d } from '../../layers/max-pooling2d.js';
import { architecture } from '../../model/architectures.js';
import { defineModel } from '../../model/model.js';
import { blocksOf } from './fuse.js';

const namesOf = (...layers: Layer[]) => {
  const end = [flatten(), dense({ units: 2, name: 'end' })];
  const model = defineModel({ name: 'test', inputShape: [9, 9, 1], layers: [...layers, ...end] });
  return blocksOf(model, 1)
    .map((block) => block.name)
    .slice(0, -1);
};
const convolution = (name: 'relu' | 'linear' | 'tanh') => conv2d({ filters: 2, kernelSize: 2, activation: name });

test('the default network is four blocks and a dropout', () => {
  const model = defineModel(architecture('cnn', [28, 28, 1], 10));
  expect(blocksOf(model, 1).map((block) => block.name)).toEqual([
    'conv2d + relu + maxPooling2d',
    'conv2d_1 + relu + maxPooling2d_1 (Winograd)',
    'dense + relu',
    'dropout',
    'dense_1',
  ]);
});

test('a convolution takes relu and a plain 2x2 max-pooling behind it', () => {
  expect(namesOf(convolution('linear'), maxPooling2d())).toEqual(['conv2d + maxPooling2d']);
  expect(namesOf(convolution('linear'), activation('relu'), maxPooling2d())).toEqual(['conv2d + relu + maxPooling2d']);
  expect(namesOf(convolution('relu'))).toEqual(['conv2d + relu']);
});

test('Winograd takes 3x3 kernels with stride 1 over channels in fours', () => {
  const second = (filters: number, options: Partial<Parameters<typeof conv2d>[0]> = {}) => {
    const layer = conv2d({ filters: 2, kernelSize: 3, padding: 'same', ...options });
    return namesOf(conv2d({ filters, kernelSize: 1 }), layer, maxPooling2d()).at(-1);
  };
  expect(second(4)).toBe('conv2d_1 + maxPooling2d (Winograd)');
  expect(second(8, { activation: 'relu' })).toBe('conv2d_1 + relu + maxPooling2d (Winograd)');
  const direct = [
    second(6),
    second(4, { kernelSize: [3, 2] }),
    second(4, { kernelSize: 5 }),
    second(4, { strides: [1, 2] }),
  ];
  expect(new Set(direct)).toEqual(new Set(['conv2d_1 + maxPooling2d']));
});

test.each<[string, Layer]>([
  ['of another size', maxPooling2d({ poolSize: 3 })],
  ['that overlaps', maxPooling2d({ poolSize: 2, strides: 1 })],
  ['of means', averagePooling2d()],
  ['over all', globalAveragePooling2d()],
])('a pooling %s is a block of its own', (_, pooling) => {
  expect(namesOf(convolution('relu'), pooling)).toEqual(['conv2d + relu', pooling.type]);
});

test('a pooling that hangs over the edge is a block of its own, and one that does not is not', () => {
  // Of 9x9 a 2x2 kernel leaves 8x8, a 3x3 kernel 7x7.
  const same = maxPooling2d({ padding: 'same' });
  expect(namesOf(convolution('relu'), same)).toEqual(['conv2d + relu + maxPooling2d']);
  const odd = conv2d({ filters: 2, kernelSize: 3, activation: 'relu' });
  expect(namesOf(odd, same)).toEqual(['conv2d + relu', 'maxPooling2d']);
});

test('nothing is fused over another layer', () => {
  expect(namesOf(convolution('tanh'), maxPooling2d())).toEqual(['conv2d', 'conv2d (tanh)', 'maxPooling2d']);
  expect(namesOf(convolution('linear'), batchNormalization(), activation('relu'))).toEqual([
    'conv2d',
    'batchNormalization',
    'activation (relu)',
  ]);
  expect(namesOf(convolution('linear'), dropout({ rate: 0.5 }), activation('relu'))).toEqual([
    'conv2d',
    'dropout',
    'activation (relu)',
  ]);
});
