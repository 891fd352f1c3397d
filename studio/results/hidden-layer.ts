/**
 * The last hidden layer of a network as a network of its own, which gives that layer's values as its logits: all layers
 * before the last one with weights, and a dense layer whose kernel is the identity.
 */

import { dense, flatten, type Model, type ModelConfig } from 'inkling';

export interface HiddenLayer {
  /** Such as `dense`, or `input` where there is none before the last. */
  readonly name: string;
  readonly config: ModelConfig;
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** More values than these an image take too long to lay flat. */
const mostUnits = 1024;

/** @throws Error where the layer is too large, or there are no weights */
export function hiddenLayerOf({ config, layers }: Model, weights: ReadonlyMap<string, Float32Array>): HiddenLayer {
  const last = layers.findLastIndex((layer) => layer.weights.length > 0);
  if (last < 0) throw new Error('This network has no weights: there is nothing to lay out.');
  const before = layers.slice(0, last);
  const shape = before.at(-1)?.outputShape ?? config.inputShape;
  const units = shape.reduce((product, side) => product * side, 1);
  if (units > mostUnits) {
    throw new Error(
      `The last hidden layer of this network has ${units.toLocaleString('en')} values an image. Expected at most ` +
        `${mostUnits}: take a network with a dense layer before its last one.`,
    );
  }
  const identity = new Float32Array(units * units);
  for (let unit = 0; unit < units; unit++) identity[unit * units + unit] = 1;
  const kept = new Map(before.flatMap((layer) => layer.weights.map(({ path }) => [path, weights.get(path)!] as const)));
  const name = before.findLast((layer) => layer.weights.length > 0)?.name ?? 'input';
  const flat = shape.length === 1 ? [] : [flatten()];
  const end = `identity-of-${name}`;
  return {
    name,
    config: {
      ...config,
      layers: [...before.map(({ layer }) => layer), ...flat, dense({ units, useBias: false, name: end })],
    },
    weights: kept.set(`${end}/kernel`, identity),
  };
}
