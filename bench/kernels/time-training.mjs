/** The time of every block of a model in a training on one thread, by the engine's own profile. */

import { adam, Sequential } from '../../dist/index.js';

/**
 * Trains an epoch to warm up and one that counts.
 * @param rows images and labels
 * @returns for each block and direction: microseconds an image, those of each kernel, and GFLOP/s of the dense work:
 *   two for each multiply-add of the forward pass, as many again for the weights' gradient and, but in the first layer,
 *   the input's
 */
export async function timeTraining({ model: config, rows, batchSize, learningRate, arithmetic }) {
  const network = new Sequential(config);
  network.compile({ optimizer: adam({ learningRate }), threads: 1, arithmetic });
  await network.fit(rows.images, rows.labels, { epochs: 1, batchSize, verbose: 0 });
  const counted = { initialEpoch: 1, epochs: 2, batchSize, profile: true, verbose: 0 };
  const { profile } = await network.fit(rows.images, rows.labels, counted);
  return { arithmetic: network.arithmetic, parts: partsOf(profile) };
}

/**
 * Adding up a block's gradients over the shards is a part of its own in the profile; here it counts as the block's way
 * back.
 */
function partsOf({ parts, images }) {
  const found = new Map();
  for (const { direction, kernels } of parts) {
    for (const { block, kernel, seconds } of kernels) {
      const name = `${block}, ${direction}`;
      const part = found.get(name) ?? { block, direction, microseconds: 0, kernels: {} };
      part.kernels[kernel] = (seconds * 1e6) / images;
      part.microseconds += part.kernels[kernel];
      found.set(name, part);
    }
  }
  return [...found.values()].map((part) => {
    const { multiplyAdds = 0 } =
      parts.find(({ name, direction }) => name === part.block && direction === part.direction) ?? {};
    return { ...part, gigaflops: (2 * multiplyAdds) / (part.microseconds * 1000) };
  });
}
