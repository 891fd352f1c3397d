/** Recipes as data: what they hold, and names. */

import { expect, test } from 'vitest';
import { architecture } from '../model/architectures.js';
import { lossFromData } from './losses.js';
import { optimizerFromData } from './optimizers.js';
import { recipe, recipeNames } from './recipes.js';

test('the default and a fast one', () => {
  expect(recipeNames).toEqual(['default', 'fast']);
  expect(recipe('default')).toMatchObject({
    name: 'default',
    model: 'cnn',
    epochs: 5,
    batchSize: 128,
    optimizer: { type: 'adam', beta2: 0.999, learningRate: { type: 'oneCycle', maximumLearningRate: 0.003 } },
    loss: { type: 'sparseCategoricalCrossentropy', labelSmoothing: 0 },
  });
  expect(recipe('fast')).toMatchObject({
    name: 'fast',
    model: 'small-cnn',
    epochs: 2,
    batchSize: 64,
    optimizer: { type: 'adam', beta2: 0.99, learningRate: { type: 'oneCycle', maximumLearningRate: 0.01 } },
    loss: { type: 'sparseCategoricalCrossentropy', labelSmoothing: 0.1 },
  });
});

test.each(recipeNames)('%s has a model that there is, and an optimizer and a loss that can be stored', (name) => {
  const { model, optimizer, loss } = recipe(name);
  expect(architecture(model, [28, 28, 1], 10).name).toBe(model);
  expect(optimizerFromData(JSON.parse(JSON.stringify(optimizer)))).toEqual(optimizer);
  expect(lossFromData(JSON.parse(JSON.stringify(loss)))).toEqual(loss);
});

test.each(['quick', '', 'toString'])('there is no "%s"', (name) => {
  expect(() => recipe(name as 'fast')).toThrow(`Unknown recipe "${name}". Expected one of: default, fast.`);
});
