/** The input of a network as RGB pixels, by itself and with a saliency map laid over it. */

import type { Tensor } from '../numerics/tensor.js';
import { palette } from './theme.js';
import { colourOf, largestValue, mix } from './value-colours.js';

/** White is 1 and black 0, as the network has it. */
export function inputColours({ data, shape }: Tensor<Float32Array>): Uint8Array {
  const [height, width, channels] = shape;
  const pixels = new Uint8Array(height * width * 3);
  for (let index = 0; index < height * width; index++) {
    const values = data.subarray(index * channels, (index + 1) * channels);
    const mean = values.reduce((sum, value) => sum + value, 0) / channels;
    for (let colour = 0; colour < 3; colour++) {
      const value = channels === 3 ? values[colour] : mean;
      pixels[index * 3 + colour] = Math.round(255 * Math.min(1, Math.max(0, value)));
    }
  }
  return pixels;
}

/**
 * The map laid over the input, which shows as a pale grey so that ink that hardly matters is seen as well. The square
 * root makes middling values visible beside the largest.
 */
export function saliencyColours(input: Tensor<Float32Array>, saliency: Tensor<Float32Array>): Uint8Array {
  const ground = inputColours(input);
  const end = largestValue(saliency.data) || 1;
  return Uint8Array.from(
    [...saliency.data].flatMap((value, index) => {
      const level = (ground[3 * index] + ground[3 * index + 1] + ground[3 * index + 2]) / 3;
      const grey = 255 - 0.15 * level;
      const colour = value > 0 ? colourOf(palette.vermillion) : colourOf(palette.blue);
      return mix([grey, grey, grey], colour, Math.sqrt(Math.abs(value / end)));
    }),
  );
}
