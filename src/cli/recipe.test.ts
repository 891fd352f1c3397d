/** What a recipe fills in, and what it leaves alone. */

import { expect, test } from 'vitest';
import type { OptimizerName } from '../training/optimizers.js';
import { recipe, recipeNames } from '../training/recipes.js';
import { compilation, followRecipe } from './recipe.js';

test.each(recipeNames)('%s alone is the library recipe of that name', (name) => {
  const options = followRecipe({ recipe: name });
  const { optimizer, loss, ...others } = recipe(name);
  expect(compilation(options)).toEqual({ optimizer, loss });
  expect(options).toMatchObject({ recipe: name, model: others.model, epochs: others.epochs });
});

test('what is given stays, 0 too', () => {
  const given = {
    recipe: 'fast',
    model: 'mlp',
    epochs: 7,
    batchSize: 16,
    learningRate: 0.5,
    labelSmoothing: 0,
  } as const;
  expect(followRecipe(given)).toMatchObject(given);
});

test("the recipe's highest learning rate belongs to its optimizer and schedule", () => {
  const rate = (optimizer?: OptimizerName, schedule?: string) =>
    followRecipe({ recipe: 'fast', optimizer, schedule }).learningRate;
  expect([rate(), rate('adam', 'one-cycle'), rate('adam', 'cosine'), rate('sgd')]).toEqual([0.01, 0.01, 0.001, 0.01]);
  expect(followRecipe({ recipe: 'default', optimizer: 'adamw' }).learningRate).toBe(0.001);
});

test("its optimizer keeps the recipe's other settings, another has its own", () => {
  const optimizer = (name?: OptimizerName) => compilation(followRecipe({ recipe: 'fast', optimizer: name })).optimizer;
  expect(optimizer('adam')).toMatchObject({ type: 'adam', beta2: 0.99 });
  expect(optimizer('adamw')).toMatchObject({ type: 'adamw', beta2: 0.999 });
});
