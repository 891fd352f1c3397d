/** Lets a network that was trained here read the drawings. */

import { architecture, preprocessingLikeMnist, Recognizer, Sequential } from 'inkling';
import type { TrainingResult } from '../conductor/topics/training.js';
import { reader } from '../state/reader.js';
import type { TrainingConfig } from './training-config.js';

const shape = [28, 28, 1] as const;
const classes = 10;

export function readWithTrainedModel({ weights, calibration }: TrainingResult, { model: name }: TrainingConfig): void {
  const model = new Sequential(architecture(name, shape, classes)).definition;
  const preprocessing = preprocessingLikeMnist([shape[0], shape[1]], 'light on dark');
  const recognizer = new Recognizer({ model, weights, metadata: {}, preprocessing, calibration });
  reader.value = { recognizer, name: `the network "${name}" that was trained here` };
}
