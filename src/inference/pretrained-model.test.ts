/** The model that ships with the package is where it is looked for, and made for this preprocessing. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { preprocessingLikeMnist } from '../formats/preprocessing.js';
import { pretrainedModel } from './pretrained-model.js';

it('the pretrained model reads digits as MNIST has them, and knows when not to', () => {
  const description = JSON.parse(readFileSync(join(pretrainedModel(), 'model.json'), 'utf8'));
  expect(description.preprocessing).toEqual(preprocessingLikeMnist([28, 28], 'light on dark'));
  expect(description.classNames).toEqual([...'0123456789']);
  expect(description.calibration.lowestProbability).toBeGreaterThan(0.1);
});
