/** What each kind of stage is called, what it does, and what to look for in it: a sentence each. */

import { nameOfPlace, type Place } from './place.js';
import type { Stage } from './stages.js';

const titles: Record<Stage['kind'], string> = {
  input: 'Input',
  conv2d: 'Convolution',
  maxPooling2d: 'Max pooling',
  averagePooling2d: 'Average pooling',
  globalAveragePooling2d: 'Global average pooling',
  flatten: 'Flatten',
  dense: 'Dense',
  dropout: 'Dropout',
  batchNormalization: 'Batch normalization',
  activation: 'Activation',
  probabilities: 'Probabilities',
};

export function titleOf({ kind }: Stage): string {
  return titles[kind];
}

const sentences: Record<Stage['kind'], string> = {
  input:
    'The drawing as the network gets it, cut out, scaled and centred: 0 where there is paper, 1 where there is ink. Look whether it still is the digit that was meant.',
  conv2d:
    'Each map is one filter that slides over the input and answers where it finds its pattern. Look for maps that answer to strokes of one direction, to edges, or to ends.',
  maxPooling2d:
    'Of each window only the largest value stays. Look how the maps become smaller and keep what was found, while its exact place is lost.',
  averagePooling2d: 'Of each window only the mean stays. Look how the maps become smaller and smoother.',
  globalAveragePooling2d:
    'Of each map its mean stays: how much of its pattern there is, wherever it is. Look which maps found much.',
  flatten:
    'The maps are put in one row, value by value, for the layers that follow. No value changes: look for the same bright spots.',
  dense:
    'Each value weighs all values of the layer before. Look which few are large: together they stand for this digit.',
  dropout:
    'While the network was trained, a part of these values was left out at random. It does nothing when a drawing is read.',
  batchNormalization:
    'Each map is shifted and scaled by the mean and the variance that were found in training. Look how maps of any range come to a similar one.',
  activation: 'One function changes each value by itself. Look which values it lets through and which it holds back.',
  probabilities:
    'Softmax turns the last values into shares of a whole: the larger a value beside the others, the larger its share. Look how far the first is ahead of the second.',
};

export function sentenceOf(stage: Stage): string {
  const { kind, placed } = stage;
  const isLogits = placed?.layer.type === 'dense' && placed.layer.activation === 'softmax';
  if (isLogits) {
    return 'Each value weighs all values of the layer before: one for each class, called its logit, and the largest will be the answer. Look how far it is ahead. Softmax, the next stage, turns them into probabilities.';
  }
  return sentences[kind];
}

/** Whether each value of a stage is of one class: the probabilities, and the logits that they come from. */
export function isOfClasses(stages: readonly Stage[], index: number): boolean {
  return index >= stages.length - 2 && stages[index].shape.length === 1;
}

/** What a value is called within its stage. */
export function nameOfValue(
  stages: readonly Stage[],
  index: number,
  place: Place,
  classNames: readonly string[],
): string {
  if (!isOfClasses(stages, index)) return nameOfPlace(stages[index].shape, place);
  return `the ${index === stages.length - 1 ? 'probability' : 'logit'} of ${classNames[place.map]}`;
}
