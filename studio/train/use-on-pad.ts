/** A network that was trained here as one that reads pictures, and the pad with it. */

import { preprocessingLikeMnist, Recognizer, Sequential } from 'inkling';
import type { TrainingResult } from '../conductor/topics/training.js';
import { type Reader, reader } from '../state/reader.js';
import { inputShape, modelOf } from './network/network.js';
import { type TrainingConfig, validationImagesOf } from './training-config.js';

export function trainedReader({ weights, calibration }: TrainingResult, config: TrainingConfig): Reader {
  const { images, seed } = config;
  const described = modelOf(config);
  const model = new Sequential(described).definition;
  const preprocessing = preprocessingLikeMnist([inputShape[0], inputShape[1]], 'light on dark');
  return {
    recognizer: new Recognizer({ model, weights, metadata: {}, preprocessing, calibration }),
    name: `the network "${described.name}" that was trained here`,
    heldOut: { images, validation: validationImagesOf(config), seed },
  };
}

export function readWithTrainedModel(result: TrainingResult, config: TrainingConfig): void {
  reader.value = trainedReader(result, config);
}
