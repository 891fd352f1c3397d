/** In a page: a model that Node saved is loaded by its URL, used and trained on; what pages cannot do is refused. */

import { loadDataset, loadMnist, Sequential } from '../../../dist/index.js';
import { tinyImages } from '../../determinism/job.mjs';
import { type Caught, caught } from './caught.js';

export interface LoadedInPage {
  readonly probabilities: Float32Array;
  /** After one more epoch. */
  readonly weights: readonly Float32Array[];
}

async function load(path: string): Promise<LoadedInPage> {
  const { images, labels } = tinyImages(40);
  const model = await Sequential.load(path, { threads: 2, arithmetic: 'plain' });
  const { data } = await model.predict(images);
  await model.fit(images, labels, { epochs: 2 });
  return { probabilities: data, weights: [...model.getWeights().values()] };
}

async function failures(): Promise<Record<string, Caught>> {
  const model = await Sequential.load('/files/model/');
  return {
    missing: await caught(Sequential.load('/files/nothing/')),
    withoutSlash: await caught(Sequential.load('/files/model')),
    weightsMissing: await caught(Sequential.load('/files/half/model.json')),
    // A port that nobody may ask.
    unreachable: await caught(Sequential.load('http://127.0.0.1:1/model.json')),
    withoutNeighbours: await caught(Sequential.load('data:application/json,%7B%7D')),
    saved: await caught(model.save('model')),
    folder: await caught(loadDataset('/files/')),
    mnist: await caught(loadMnist()),
  };
}

export default async function run(path: string | undefined): Promise<unknown> {
  return path === undefined ? failures() : load(path === 'absolute' ? `${location.origin}/files/model/` : path);
}
