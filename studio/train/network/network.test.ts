/** Networks as text and back, edits of the list of layers, and what is refused. */

import { architecture, architectureNames, dense, type Layer, modelFromData } from 'inkling';
import { describe, expect, it } from 'vitest';
import { commandOf, configFromParameters, configOf, parametersOf } from '../training-config.js';
import { layerTypes, makeLayer } from './layer-kinds.js';
import { keyOf, withLayer, withLayerMoved, withOption, withoutLayer } from './layer-list.js';
import { fileOfLayers, inputShape, inspectNetwork, layersFromText, textOfLayers } from './network.js';

const { layers } = architecture('small-cnn', inputShape, 10);
const types = (list: readonly Layer[]) => list.map(({ type }) => type);

describe('layers as text', () => {
  it.each(architectureNames)('of %s come back as they were', (name) => {
    const own = architecture(name, inputShape, 10).layers;
    expect(layersFromText(textOfLayers(own))).toEqual({ layers: own });
  });

  it('of every kind come back, with defaults left out', () => {
    const all = layerTypes.map((type) => makeLayer(type));
    expect(layersFromText(textOfLayers(all))).toEqual({ layers: all });
    const odd = makeLayer('maxPooling2d', { poolSize: [3, 2], strides: 1 });
    expect(textOfLayers([makeLayer('flatten'), odd, makeLayer('conv2d')])).toBe(
      '[{"type":"flatten"},{"type":"maxPooling2d","poolSize":[3,2],"strides":1},' +
        '{"type":"conv2d","filters":16,"kernelSize":3,"activation":"relu"}]',
    );
  });

  it('are a file that the library reads', () => {
    expect(modelFromData(JSON.parse(fileOfLayers(layers)), 'my-network.json')).toEqual({
      name: 'my-network',
      inputShape,
      layers,
    });
  });

  it.each([
    ['[{"type":"flatten"', 'must be JSON such as'],
    ['7', '"layers" must be a list. Received: 7.'],
    ['[{"type":"flaten"}]', 'Did you mean "flatten"?'],
    ['[{"type":"dense","units":0}]', 'layer 1: dense: units must be a positive integer'],
  ])('%s is told', (text, sentence) => {
    expect(layersFromText(text).problem).toContain(sentence);
  });
});

describe('a configuration with layers of its own', () => {
  const config = { ...configOf('fast'), layers: withoutLayer(layers, 5) };

  it('goes into an address and comes back', () => {
    expect(configFromParameters(new URLSearchParams(parametersOf(config).toString()))).toEqual({
      config,
      problems: [],
    });
    expect(parametersOf(configOf('fast')).toString()).toBe('recipe=fast');
  });

  it('is the preset where the address means none, with a sentence', () => {
    const { config: read, problems } = configFromParameters(new URLSearchParams('recipe=fast&layers=many'));
    expect(read).toEqual(configOf('fast'));
    expect(problems).toEqual([
      'The address: "layers" must be JSON such as [{"type":"flatten"}]. Received: many. The network is small-cnn now.',
    ]);
  });

  it('has a command that reads its file', () => {
    expect(commandOf(config, 'fused')).toContain(' --model my-network.json ');
  });
});

describe('edits', () => {
  it('put in, take out and move, and leave the list as it was', () => {
    const before = types(layers);
    expect(types(withLayer(layers, 'dropout', 6))).toEqual(before.toSpliced(6, 0, 'dropout'));
    expect(types(withoutLayer(layers, 0))).toEqual(before.slice(1));
    expect(types(withLayerMoved(layers, 0, 1)).slice(0, 2)).toEqual(['maxPooling2d', 'conv2d']);
    expect(withLayerMoved(layers, 0, -1)).toBe(layers);
    expect(withLayerMoved(layers, layers.length - 1, 1)).toBe(layers);
    expect(types(layers)).toEqual(before);
  });

  it('of an option keep the layer its row, and refuse what cannot be', () => {
    const changed = withOption(layers, 0, 'filters', 24);
    expect(changed[0]).toEqual({ ...layers[0], filters: 24 });
    expect(keyOf(changed[0])).toBe(keyOf(layers[0]));
    expect(keyOf(changed[0])).not.toBe(keyOf(changed[2]));
    expect(() => withOption(layers, 0, 'filters', 0)).toThrow('filters must be a positive integer');
  });
});

describe('inspectNetwork', () => {
  const found = (list: readonly Layer[]) => inspectNetwork({ model: 'cnn', layers: list });

  it('has nothing against a preset', () => {
    expect(inspectNetwork({ model: 'small-cnn', layers: undefined })).toMatchObject({
      problem: undefined,
      parameters: 56_714,
    });
  });

  it('refuses a network that does not fit, or has not ten classes', () => {
    expect(found(withoutLayer(layers, 4)).problem).toContain('Layer 5, "dense" (dense): A dense layer needs a vector');
    expect(found([...layers.slice(0, -1), dense({ units: 12, activation: 'softmax' })]).problem).toBe(
      'The network tells 12 classes apart, but there are 10 digits. Give its last layer 10 units.',
    );
    expect(found([]).problem).toContain('has no layers');
  });
});
