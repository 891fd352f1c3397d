import { conv2d, dense, flatten, Sequential } from 'inkling';
import { expect, test } from 'vitest';
import { countDead, cutOffs, UnitWatch } from './dead-units.js';

test('a unit is dead where it is 0 for every image', () => {
  expect(countDead(Float32Array.of(0, 1, 0, 0, 0, 2), 3)).toBe(1);
  expect(countDead(Float32Array.of(0, 0, 0), 3)).toBe(3);
  expect(countDead(Float32Array.of(Number.NaN, 0, 0), 3)).toBe(2);
});

const model = new Sequential(
  [
    conv2d({ filters: 2, kernelSize: 3, activation: 'relu' }),
    flatten(),
    dense({ units: 3, activation: 'relu' }),
    dense({ units: 2, activation: 'softmax' }),
  ],
  { inputShape: [4, 4, 1] },
);
const images = { data: new Uint8Array(32).fill(255), shape: [2, 4, 4, 1] };

test('each layer with relu is cut off', () => {
  expect(cutOffs(model.definition).map(({ layer, units }) => [layer, units])).toEqual([
    ['conv2d', 2],
    ['dense', 3],
  ]);
});

test('units whose bias keeps them below 0 are counted', async () => {
  const weights = new Map([...model.getWeights()].map(([path, values]) => [path, values.map(() => 0)]));
  weights.set('conv2d/bias', Float32Array.of(1, -1));
  weights.set('dense/bias', Float32Array.of(-1, -1, 0.5));
  const watch = new UnitWatch(model.definition, images);
  expect(await watch.look(weights)).toEqual([
    { layer: 'conv2d', units: 2, dead: 1 },
    { layer: 'dense', units: 3, dead: 2 },
  ]);
  watch.dispose();
});
