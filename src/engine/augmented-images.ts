/**
 * Augmented copies of images outside of training, to look at or to test with: by the same kernel, on the caller's
 * thread.
 */

import type { Augmentation } from '../data/augmentation.js';
import { InklingError } from '../errors.js';
import { readOptions } from '../known-names.js';
import type { Tensor } from '../numerics/tensor.js';
import { type Arithmetic, callKernel, chooseArithmetic, instantiateKernels, kernelModule } from './kernels.js';
import { engineMemory } from './memory.js';
import {
  augmentationKey,
  augmentationNumbers,
  augmentationScratchBytes,
  checkAugmentable,
} from './program/augmentation-numbers.js';
import { recordBytes, writeRecord } from './program/step-record.js';

/** Options of `augmentedImages`. */
export interface AugmentedImagesOptions {
  /** An integer from 0 to 2^32 - 1; default 1. */
  readonly seed?: number;
  /** Another number, other copies: the training step whose batch the images would be; default 0. */
  readonly step?: number;
  /** Default `auto`, as for an engine; bytes differ by 1 at most. */
  readonly arithmetic?: Arithmetic | 'auto';
}

const names: Readonly<Record<keyof AugmentedImagesOptions, true>> = { seed: true, step: true, arithmetic: true };

const maxWord = 2 ** 32 - 1;

function checkWord(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= maxWord) return value;
  throw new InklingError(
    'argument',
    `augmentedImages: ${name} must be an integer from 0 to ${maxWord}. Received: ${name}=${value}.`,
  );
}

/**
 * What a training with this seed sees at this step, were `images` its batch in this order; rounded to bytes.
 * @param images `[N, H, W, C]`
 * @returns as many images of the same shape
 * @throws InklingError (data) for images that are not bytes of this shape, (argument) for a bad seed or step
 * @example
 * ```ts
 * const copies = augmentedImages(test.images, augmentation('strong'), { seed: 1, step: 0 });
 * ```
 */
export function augmentedImages(
  images: Tensor<Uint8Array>,
  rule: Augmentation,
  options: AugmentedImagesOptions = {},
): Tensor<Uint8Array> {
  readOptions('argument', 'augmentedImages', options, Object.keys(names));
  checkAugmentable(images);
  const seed = checkWord('seed', options.seed ?? 1);
  const step = checkWord('step', options.step ?? 0);
  const module = kernelModule(chooseArithmetic(options.arithmetic ?? 'auto'));
  const [count, height, width, channels] = images.shape;
  const shape = [height, width, channels];
  const size = height * width * channels;
  // One image at a time: so much memory does for any number of them.
  const place = { record: 4096, order: 4096 + recordBytes, image: 4352 };
  const values = Math.ceil((place.image + size) / 16) * 16;
  const scratch = values + Math.ceil(size / 4) * 16;
  const memory = engineMemory(scratch + augmentationScratchBytes(shape, rule));
  const kernels = instantiateKernels(module, memory);
  const view = new DataView(memory.buffer);
  const bytes = new Uint8Array(memory.buffer, place.image, size);
  const results = new Float32Array(memory.buffer, values, size);
  const augmented = new Uint8Array(images.data.length);
  const unused = { output: 0, logits: 0, learningRate: 0, stepSize: 0, results: 0 };
  for (let image = 0; image < count; image++) {
    bytes.set(images.data.subarray(image * size, (image + 1) * size));
    // The kernel reads the image at place `image` of the order: that entry alone, which says 0, is in memory.
    writeRecord(view, place.record, { ...unused, step, order: place.order - image * 4, rows: count });
    const gathered = { dataset: place.image, record: place.record, x: values, firstRow: image, rows: 1 };
    const randomness = { seed, key: augmentationKey, ...augmentationNumbers(rule) };
    callKernel(kernels, 'gatherAugmentedImages', { ...gathered, height, width, channels, ...randomness, scratch });
    for (const [index, value] of results.entries()) augmented[image * size + index] = Math.round(value * 255);
  }
  return { data: augmented, shape: images.shape };
}
