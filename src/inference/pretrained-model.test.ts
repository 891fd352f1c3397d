/** The model that ships with the package is the one in pretrained/, and made for this preprocessing. */

import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadModel } from '../formats/model-file.js';
import { preprocessingLikeMnist } from '../preprocessing/settings.js';
import { loadPretrained } from './pretrained-model.js';

it('the pretrained model reads digits as MNIST has them, and knows when not to', async () => {
  const { preprocessing, classNames, calibration } = await loadPretrained();
  expect(preprocessing).toEqual(preprocessingLikeMnist([28, 28], 'light on dark'));
  expect(classNames).toEqual([...'0123456789']);
  expect(calibration!.rejectionThreshold).toBeGreaterThan(0.1);
});

it('the module that carries it says what the folder says', async () => {
  expect(await loadPretrained()).toEqual(await loadModel(fileURLToPath(new URL('../../pretrained', import.meta.url))));
});
