/** Exact duplicates among images: equal in every byte. A hash finds candidates, a comparison decides. */

import { sizeOf, type Tensor } from '../numerics/tensor.js';
import { imageShape } from './dataset.js';

/** FNV-1a, 32 bits. */
function hash(image: Uint8Array): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < image.length; index++) value = Math.imul(value ^ image[index], 0x01000193);
  return value;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** A set of images, by their bytes. All images have one size. */
export class ImageSet {
  private readonly byHash = new Map<number, Uint8Array[]>();

  /** Adds all images. @returns how many of them were there already, added earlier in the same call or in one before */
  add(images: Tensor<Uint8Array>): number {
    let known = 0;
    for (const image of each(images)) {
      if (this.has(image)) known++;
      else this.insert(image);
    }
    return known;
  }

  /** How many of these images are in the set. */
  count(images: Tensor<Uint8Array>): number {
    let found = 0;
    for (const image of each(images)) if (this.has(image)) found++;
    return found;
  }

  private has(image: Uint8Array): boolean {
    return this.byHash.get(hash(image))?.some((other) => equal(other, image)) ?? false;
  }

  private insert(image: Uint8Array): void {
    const key = hash(image);
    const bucket = this.byHash.get(key);
    if (bucket) bucket.push(image);
    else this.byHash.set(key, [image]);
  }
}

function* each(images: Tensor<Uint8Array>): Generator<Uint8Array> {
  const size = sizeOf(imageShape(images));
  for (let start = 0; start < images.data.length; start += size) yield images.data.subarray(start, start + size);
}
