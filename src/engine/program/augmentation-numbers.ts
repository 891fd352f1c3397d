/** How a training step changes its images by chance: what the engine's kernel is told, and the room that it needs. */

import type { Augmentation } from '../../data/augmentation.js';
import { InklingError } from '../../errors.js';
import { log } from '../../numerics/elementary.js';
import { streamKey } from '../../numerics/random.js';
import { formatShape, type Shape, type Tensor } from '../../numerics/tensor.js';

/** The streams of random words: what happens to an image, how it is bent, and its noise. */
export const augmentationKey = streamKey('augmentation');

/** @throws InklingError (data) where inputs are not bytes `[N, H, W, C]` */
export function checkAugmentable({ data, shape }: Tensor): void {
  if (data instanceof Uint8Array && shape.length === 4) return;
  const type = data instanceof Uint8Array ? 'uint8' : 'float32';
  throw new InklingError(
    'data',
    `augmentation needs uint8 images of shape [N, height, width, channels]. Received: ${type} inputs of shape ` +
      `${formatShape(shape)}. Give images as bytes from 0 to 255, not scaled, or leave augmentation out.`,
  );
}

type Numbers = [number, number, number, number, number, number, number, number, number, number, number, number];

/** The kernel's numbers from `unchanged` to `noise`, in its units. */
export function augmentationNumbers(augmentation: Augmentation): Numbers {
  const { unchanged, probability, shift, rotation, scale, shear, elastic, stroke, noise } = augmentation;
  const [low, high] = scale.map(log);
  const affine = [shift, (rotation * Math.PI) / 180, low, high - low, shear] as const;
  const field = [elastic.strength, elastic.smoothness] as const;
  return [unchanged, probability, ...affine, ...field, stroke.thinning, stroke.thinning + stroke.thickening, noise];
}

/** Points of the grid of displacements along an axis, in float32 as the kernel counts them. */
function gridPoints(size: number, spacing: number): number {
  return Math.trunc(Math.fround((size - 1) / Math.fround(spacing))) + 4;
}

/** Bytes of the kernel's working memory: see assembly/augmentation.ts. */
export function augmentationScratchBytes([height, width, channels]: Shape, { elastic }: Augmentation): number {
  const aligned = (bytes: number) => Math.ceil(bytes / 16) * 16;
  const plane = aligned((height + 2) * (width + 2) * channels + 32);
  const images = 64 + 6 * plane;
  const tables = 32 * height + aligned(2 * (width + 3));
  if (elastic.strength === 0) return images + tables + 16;
  const [rows, columns] = [gridPoints(height, elastic.smoothness), gridPoints(width, elastic.smoothness)];
  const grid = 8 * Math.ceil((rows * columns) / 4) * 4 + 32;
  return images + tables + 4 * columns * Math.ceil(width / 4) * 4 + aligned(8 * columns + 16) + grid;
}
