/** In a page and in Node: an ensemble is loaded and answers some images. Plain data, to be compared. */

import { Ensemble } from '../../../dist/inference/ensemble.js';
import { Recognizer } from '../../../dist/inference/recognizer.js';

export interface EnsembleJob {
  /** Path or URL of the ensemble's folder, or of the `model.json` in it. */
  readonly ensemble: string;
  /** `[N, 8, 8, 1]` */
  readonly images: Uint8Array;
}

export default async function run({ ensemble: path, images }: EnsembleJob) {
  const ensemble = await Ensemble.load(path, { threads: 1 });
  const recognizer = await Recognizer.load(path);
  const { data } = await ensemble.predictLogits({ data: images, shape: [images.length / 64, 8, 8, 1] });
  return { logits: Array.from(data), members: recognizer.members.length, sum: await ensemble.weightsSha256() };
}
