/** A network that was trained here as one that reads pictures, and the pad with it. */

import { architecture, preprocessingLikeMnist, Recognizer, Sequential } from 'inkling';
import type { TrainingResult } from '../conductor/topics/training.js';
import { type Reader, reader } from '../state/reader.js';
import { type TrainingConfig, validationImagesOf } from './training-config.js';

const shape = [28, 28, 1] as const;
const classes = 10;

export function trainedReader({ weights, calibration }: TrainingResult, config: TrainingConfig): Reader {
  const { model: name, images, seed } = config;
  const model = new Sequential(architecture(name, shape, classes)).definition;
  const preprocessing = preprocessingLikeMnist([shape[0], shape[1]], 'light on dark');
  return {
    recognizer: new Recognizer({ model, weights, metadata: {}, preprocessing, calibration }),
    name: `the network "${name}" that was trained here`,
    heldOut: { images, validation: validationImagesOf(config), seed },
  };
}

export function readWithTrainedModel(result: TrainingResult, config: TrainingConfig): void {
  reader.value = trainedReader(result, config);
}
