/** The data sets that the studio trains on and tests with. */

import { type Dataset, loadMnist } from 'inkling';

let mnist: Promise<Dataset> | undefined;

/** MNIST, fetched once, from the folder beside the page. */
export function loadedMnist(): Promise<Dataset> {
  mnist ??= loadMnist({ url: new URL('../mnist/', self.location.href) }).catch((error: unknown) => {
    mnist = undefined;
    throw error;
  });
  return mnist;
}

/** What a data set holds, without its images. */
export interface DatasetInfo {
  readonly name: string;
  readonly sha256: string;
  readonly trainingImages: number;
  readonly testImages: number;
  readonly imageShape: readonly number[];
  readonly classNames: readonly string[];
}

export const data = {
  mnist: async (_: undefined): Promise<DatasetInfo> => {
    const { name, sha256, train, test, classNames } = await loadedMnist();
    return {
      name,
      sha256,
      trainingImages: train.labels.length,
      testImages: test.labels.length,
      imageShape: train.images.shape.slice(1),
      classNames,
    };
  },
};
