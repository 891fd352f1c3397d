/** How a training step changes its images by chance: what the engine's kernel is told, and the room that it needs. */

import type { Augmentation } from '../../data/augmentation.js';
import { InklingError } from '../../errors.js';
import { log } from '../../numerics/elementary.js';
import { streamKey } from '../../numerics/random.js';
import { formatShape, type Shape, type Tensor } from '../../numerics/tensor.js';
import { kernelSizes } from '../kernels.js';

/** The streams of random words: what happens to an image, how it is bent, and its noise. */
export const augmentationKey = streamKey('augmentation');

/** @throws InklingError (data) where inputs are not bytes `[N, H, W, C]` */
export function checkAugmentable({ data, shape }: Tensor): void {
  if (data instanceof Uint8Array && shape.length === 4) return;
  const type = data instanceof Uint8Array ? 'uint8' : 'float32';
  throw new InklingError(
    'data',
    `Augmentation needs uint8 images of shape [N, height, width, channels]. Received: ${type} inputs of shape ` +
      `${formatShape(shape)}. Give images as bytes from 0 to 255, not scaled, or leave augmentation out.`,
  );
}

/** The kernel's numbers from `unchanged` to `noise`, in its units. */
export function augmentationNumbers(augmentation: Augmentation) {
  const { unchanged, probability, shift, rotation, scale, shear, elastic, stroke, noise } = augmentation;
  const [low, high] = scale.map(log);
  return {
    unchanged,
    probability,
    shift,
    rotation: (rotation * Math.PI) / 180,
    logScale: low,
    logScaleRange: high - low,
    shear,
    elastic: elastic.strength,
    spacing: elastic.smoothness,
    thinning: stroke.thinning,
    strokeRange: stroke.thinning + stroke.thickening,
    noise,
  };
}

/** Bytes of the kernel's working memory. */
export function augmentationScratchBytes([height, width, channels]: Shape, { elastic }: Augmentation): number {
  const { strength, smoothness } = elastic;
  return kernelSizes().gatherAugmentedImagesScratchBytes(height, width, channels, strength, smoothness);
}
