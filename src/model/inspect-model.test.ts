/** What is found of descriptions that are models, and of those that are not yet. */

import { describe, expect, it } from 'vitest';
import { conv2d } from '../layers/conv2d.js';
import { dense } from '../layers/dense.js';
import { flatten } from '../layers/flatten.js';
import type { Layer } from '../layers/layers.js';
import { maxPooling2d } from '../layers/max-pooling2d.js';
import { architecture, architectureNames } from './architectures.js';
import { inspectModel } from './inspect-model.js';
import { countMultiplyAdds, countParameters, defineModel } from './model.js';

const inspect = (layers: readonly Layer[]) => inspectModel({ name: 'draft', inputShape: [28, 28, 1], layers });

describe('inspectModel', () => {
  it.each(architectureNames)('has of %s what the model has', (name) => {
    const config = architecture(name, [28, 28, 1], 10);
    const model = defineModel(config);
    const found = inspectModel(config);
    expect(found.model).toEqual(model);
    expect(found.problem).toBeUndefined();
    expect(found.layers.map(({ outputShape }) => outputShape)).toEqual(model.layers.map((one) => one.outputShape));
    expect([found.parameters, found.multiplyAdds]).toEqual([countParameters(model), countMultiplyAdds(model)]);
  });

  it('tells at the layer what does not fit, and nothing of those behind it', () => {
    const found = inspect([conv2d({ filters: 8, kernelSize: 3 }), dense({ units: 10 }), maxPooling2d()]);
    expect(found.layers[0]).toEqual({
      outputShape: [26, 26, 8],
      parameters: 80,
      multiplyAdds: 48_672,
      problem: undefined,
    });
    expect(found.layers[1]).toMatchObject({ outputShape: undefined, parameters: 0 });
    expect(found.layers[1].problem).toMatch(/^A dense layer needs a vector as its input\. Received: /);
    expect(found.layers[2]).toMatchObject({ outputShape: undefined, problem: undefined });
    expect(found.problem).toMatch(/^Layer 2, "dense" \(dense\): A dense layer needs a vector/);
    expect(found.model).toBeUndefined();
    expect(found.parameters).toBe(80);
  });

  it('tells of the whole what no layer is to blame for', () => {
    const found = inspect([flatten(), dense({ units: 10, activation: 'relu' })]);
    expect(found.layers.map(({ problem }) => problem)).toEqual([undefined, undefined]);
    expect(found.problem).toContain('ends in layer "dense" with the activation "relu"');
    expect(inspect([]).problem).toContain('has no layers');
  });

  it('tells of an option that cannot be', () => {
    const found = inspect([{ type: 'dropout', rate: 1 } as Layer, flatten()]);
    expect(found.layers[0].problem).toMatch(/^dropout: rate must be/);
    expect(found.layers[1].outputShape).toBeUndefined();
  });
});
