/** A value of a pooling: the largest of its window, or their mean. */

import type { Shape } from 'inkling';
import type { Place } from '../place.js';
import type { PlacedLayer, Stage } from '../stages.js';
import type { InputWindow, PoolingDerivation } from './derivation.js';
import { valuesIn, windowAt } from './windows.js';

type Pooling = Extract<PlacedLayer['layer'], { type: 'maxPooling2d' | 'averagePooling2d' | 'globalAveragePooling2d' }>;

export function derivePooling(layer: Pooling, before: Stage, outputShape: Shape, place: Place): PoolingDerivation {
  const window = windowOf(layer, before.shape, outputShape, place);
  const inputs = valuesIn(before.values, before.shape, window, place.map);
  const inside = inputs.filter((value) => value !== undefined);
  const sum = inside.reduce((total, value) => total + value, 0);
  const shared = { kind: 'pooling', window, channel: place.map, inputs, sum, count: inside.length } as const;
  if (layer.type !== 'maxPooling2d')
    return { ...shared, method: 'mean', winner: undefined, value: sum / inside.length };
  const value = Math.max(...inside);
  // Of equal ones the first.
  return { ...shared, method: 'max', winner: inputs.indexOf(value), value };
}

function windowOf(layer: Pooling, inputShape: Shape, outputShape: Shape, place: Place): InputWindow {
  if (layer.type === 'globalAveragePooling2d') {
    return { top: 0, left: 0, height: inputShape[0], width: inputShape[1] };
  }
  return windowAt({ ...layer, size: layer.poolSize }, inputShape, outputShape, place);
}
