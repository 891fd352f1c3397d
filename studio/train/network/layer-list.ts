/** Edits of a list of layers: each gives another list. */

import type { Layer } from 'inkling';
import { makeLayer } from './layer-kinds.js';

/** @param place of the new layer, counted from 0 */
export function withLayer(layers: readonly Layer[], type: Layer['type'], place: number): readonly Layer[] {
  return layers.toSpliced(place, 0, makeLayer(type));
}

export function withoutLayer(layers: readonly Layer[], place: number): readonly Layer[] {
  return layers.toSpliced(place, 1);
}

/** The same list where it would leave it. */
export function withLayerMoved(layers: readonly Layer[], place: number, by: -1 | 1): readonly Layer[] {
  const other = place + by;
  if (other < 0 || other >= layers.length) return layers;
  return layers.with(place, layers[other]).with(other, layers[place]);
}

/** @throws InklingError (model) for a value that cannot be */
export function withOption(layers: readonly Layer[], place: number, option: string, value: unknown): readonly Layer[] {
  const layer = layers[place];
  const changed = makeLayer(layer.type, { ...layer, [option]: value });
  keys.set(changed, keyOf(layer));
  return layers.with(place, changed);
}

const keys = new WeakMap<Layer, number>();
let lastKey = 0;

/** Stays the same for a layer that is moved, or given other options: what its row is known by. */
export function keyOf(layer: Layer): number {
  const key = keys.get(layer) ?? ++lastKey;
  keys.set(layer, key);
  return key;
}
