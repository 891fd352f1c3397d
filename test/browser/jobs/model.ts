/** In a page: a model that Node saved is loaded by its URL, used and trained on; what pages cannot do is refused. */

import { loadDataset, loadMnist, Sequential } from '../../../dist/index.js';
import { tinyImages } from '../../determinism/job.mjs';
import { type Caught, caught } from './caught.js';

export interface PlaceOfModel {
  readonly path: string;
  /** Whether to load it by the whole URL, with this server's origin. */
  readonly absolute?: boolean;
}

export interface LoadedInPage {
  readonly probabilities: Float32Array;
  /** After one more epoch. */
  readonly weights: readonly Float32Array[];
}

async function load({ path, absolute }: PlaceOfModel): Promise<LoadedInPage> {
  const { images, labels } = tinyImages(40);
  const model = await Sequential.load(absolute ? location.origin + path : path, { threads: 2, arithmetic: 'plain' });
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

/** @param places of models that are loaded one after the other; without any, all that can fail is tried */
export default async function run(places: readonly PlaceOfModel[] | undefined): Promise<unknown> {
  if (places === undefined) return failures();
  const loaded: LoadedInPage[] = [];
  for (const place of places) loaded.push(await load(place));
  return loaded;
}
