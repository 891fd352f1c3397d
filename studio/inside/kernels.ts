/** Weights as pictures: of which layers they are some, and how they lie. */

import type { Shape } from 'inkling';
import { type Stage, stageBeforeFlatten, weightOf } from './stages.js';

export interface KernelPictures {
  /** `[height, width, pictures]` */
  readonly shape: Shape;
  readonly values: Float32Array;
  /** What each picture is of. */
  readonly each: 'filter' | 'unit' | 'channel';
}

/** Units of a dense layer whose weights are shown at once: more are too small to see. */
const mostUnits = 128;

/**
 * Of a convolution over one channel all filters; over several, the kernels that one filter has for each. Of a dense
 * layer over an image of one channel all units where they are not too many.
 * @param map the filter or unit that is looked at
 * @returns undefined where the weights are no pictures
 */
export function kernelPictures(
  stages: readonly Stage[],
  index: number,
  weights: ReadonlyMap<string, Float32Array>,
  map: number,
): KernelPictures | undefined {
  const stage = stages[index];
  const kernel = weightOf(stage, weights, 'kernel');
  if (!kernel || !stage.placed) return undefined;
  const { layer } = stage.placed;
  if (layer.type === 'conv2d') {
    const [height, width] = layer.kernelSize;
    const channels = stages[index - 1].shape[2];
    if (channels === 1) return { shape: [height, width, layer.filters], values: kernel, each: 'filter' };
    const values = Float32Array.from(
      { length: height * width * channels },
      (_, at) => kernel[at * layer.filters + map],
    );
    return { shape: [height, width, channels], values, each: 'channel' };
  }
  const before = stageBeforeFlatten(stages, index - 1).shape;
  if (layer.type !== 'dense' || before.length !== 3) return undefined;
  const [height, width, channels] = before;
  if (channels === 1 && layer.units <= mostUnits) {
    return { shape: [height, width, layer.units], values: kernel, each: 'unit' };
  }
  const values = Float32Array.from({ length: height * width * channels }, (_, at) => kernel[at * layer.units + map]);
  return { shape: before, values, each: 'channel' };
}

/** The first stage that weighs anything. */
export function firstWeighing(stages: readonly Stage[]): number {
  return stages.findIndex((stage) => stage.placed?.weights.some(({ name }) => name === 'kernel'));
}
