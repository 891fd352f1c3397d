import { architecture, explain, Sequential } from 'inkling';
import { expect, test } from 'vitest';
import { hiddenLayerOf } from './hidden-layer.js';

const pixels = Uint8Array.from({ length: 2 * 784 }, (_, index) => (index * 37) % 256);
const images = { data: pixels, shape: [2, 28, 28, 1] };

/** What the network of the hidden layer gives. */
async function hiddenValues(model: Sequential) {
  const { name, config, weights } = hiddenLayerOf(model.definition, model.getWeights());
  using hidden = new Sequential(config);
  hidden.compile({ threads: 1 });
  hidden.setWeights(weights);
  return { name, ...(await hidden.predictLogits(images)) };
}

test('it gives what the layer before the last gives', async () => {
  using model = new Sequential(architecture('cnn', [28, 28, 1], 10));
  model.compile({ threads: 1 });
  const { name, data, shape } = await hiddenValues(model);
  expect(name).toBe('dense');
  expect(shape).toEqual([2, 128]);
  const first = { data: pixels.subarray(0, 784), shape: [28, 28, 1] };
  const { layers } = explain(model.definition, model.getWeights(), first);
  const { output } = layers.find((layer) => layer.name === 'dense')!;
  output.data.forEach((value, unit) => {
    expect(data[unit]).toBeCloseTo(value, 4);
  });
});

test('without a hidden layer it gives the pixels', async () => {
  using model = new Sequential(architecture('linear', [28, 28, 1], 10));
  model.compile({ threads: 1 });
  const { name, data } = await hiddenValues(model);
  expect(name).toBe('input');
  expect(data[5]).toBeCloseTo(pixels[5] / 255, 6);
});
