/** A value of a convolution: window times kernel in each channel, the sum of all products, bias, activation. */

import { type Place, placeOf } from '../place.js';
import { type PlacedLayer, type Stage, weightOf } from '../stages.js';
import { activate } from './activations.js';
import type { ConvolutionDerivation, WindowOfChannel } from './derivation.js';
import { valuesIn, windowAt } from './windows.js';

type Convolution = Extract<PlacedLayer['layer'], { type: 'conv2d' }>;

export function deriveConvolution(
  layer: Convolution,
  before: Stage,
  stage: Stage,
  weights: ReadonlyMap<string, Float32Array>,
  place: Place,
): ConvolutionDerivation {
  const sliding = { ...layer, size: layer.kernelSize };
  const window = windowAt(sliding, before.shape, stage.shape, place);
  const channels = Array.from({ length: before.shape[2] }, (_, channel): WindowOfChannel => {
    const inputs = valuesIn(before.values, before.shape, window, channel);
    const own = kernelOf(layer, before, stage, weights, channel, place.map);
    return { channel, inputs, weights: own, sum: inputs.reduce<number>((sum, x, at) => sum + (x ?? 0) * own[at], 0) };
  });
  const sum = channels.reduce((total, channel) => total + channel.sum, 0);
  const bias = weightOf(stage, weights, 'bias')?.[place.map];
  const all = () => ({
    values: Array.from({ length: layer.filters }, (_, map) => {
      const linear = { ...layer, activation: 'linear' as const };
      return deriveConvolution(linear, before, stage, weights, { ...place, map }).value;
    }),
    index: place.map,
  });
  const activation = activate(layer.activation, sum + (bias ?? 0), all);
  return { kind: 'convolution', window, channels, sum, bias, activation, value: activation.output };
}

/** The kernel of one filter for one channel, row by row. */
function kernelOf(
  { kernelSize: [height, width], filters }: Convolution,
  before: Stage,
  stage: Stage,
  weights: ReadonlyMap<string, Float32Array>,
  channel: number,
  filter: number,
): number[] {
  const kernel = weightOf(stage, weights, 'kernel')!;
  const channels = before.shape[2];
  return Array.from({ length: height * width }, (_, at) => {
    const { row, column } = placeOf([height, width, 1], at);
    return kernel[((row * width + column) * channels + channel) * filters + filter];
  });
}
