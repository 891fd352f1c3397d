/** What each layer of a network makes of an image. It takes longer than the page has for a frame. */

import { type Explanation, explain, type Model, type Tensor } from 'inkling';

/** A network and its weights by path. */
export interface LookedAt {
  readonly model: Model;
  readonly weights: ReadonlyMap<string, Float32Array>;
}

export interface ImageToExplain {
  readonly image: Tensor<Uint8Array>;
  /** What the logits are divided by before softmax. */
  readonly temperature: number;
}

let lookedAt: LookedAt | undefined;

export const inside = {
  /** Looks at this network from now on: its weights are not sent again with each image. */
  lookAt(network: LookedAt): void {
    lookedAt = network;
  },

  explain({ image, temperature }: ImageToExplain): Explanation {
    if (!lookedAt) throw new Error('No network is looked at.');
    return explain(lookedAt.model, lookedAt.weights, image, { temperature });
  },
};
