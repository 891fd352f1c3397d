/** One network, or several whose probabilities are averaged, ready to read rows. */

import { Engine } from '../engine/engine.js';
import type { EngineOptions } from '../engine/engine-options.js';
import { logMeanProbabilities } from '../evaluation/mean-probabilities.js';
import type { LoadedModel } from '../formats/model-file.js';
import type { Tensor } from '../numerics/tensor.js';

export class Networks {
  /** One a network. */
  private readonly engines: readonly Engine[];

  /** @param members one at least, of the same inputs and classes */
  constructor(members: readonly Pick<LoadedModel, 'model' | 'weights'>[], options: EngineOptions) {
    this.engines = members.map(({ model, weights }) => {
      const engine = new Engine(model, options);
      engine.setWeights(weights);
      return engine;
    });
  }

  /** Threads, arithmetic and vectors as they were chosen. */
  get engine(): Pick<Engine, 'threads' | 'arithmetic' | 'vectorBits'> {
    return this.engines[0];
  }

  /**
   * What the last layer of a network gives before softmax; of several networks the logarithm of their mean
   * probabilities.
   * @param inputs rows that fit
   * @returns `[N, classes]`
   */
  async logits(inputs: Tensor): Promise<Tensor<Float32Array>> {
    const all: Tensor<Float32Array>[] = [];
    // One after the other: each has all threads.
    for (const engine of this.engines) all.push((await engine.evaluate({ inputs })).logits);
    return all.length === 1 ? all[0] : logMeanProbabilities(all);
  }

  /** @throws InklingError (argument) once they were disposed */
  forbidAfterDispose(): void {
    this.engines[0].forbidAfterDispose();
  }

  /** Ends the threads. @throws InklingError (argument) while rows are being read */
  dispose(): void {
    for (const engine of this.engines) engine.forbidWhileAtWork('dispose');
    for (const engine of this.engines) engine.dispose();
  }
}
