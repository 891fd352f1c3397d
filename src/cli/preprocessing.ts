/** How pictures must look for a model that was trained on this data: stored with the model, for whoever uses it. */

import { type Dataset, imageShape } from '../data/dataset.js';
import { type Preprocessing, preprocessingLikeMnist } from '../formats/preprocessing.js';

/** More are not needed to tell paper from ink. */
const mostImages = 1000;

/** Paper is what covers more: where an image is dark on average, the strokes are the bright part. */
export function preprocessingOf({ train }: Dataset): Preprocessing {
  const [height, width, channels] = imageShape(train.images);
  const values = train.images.data.subarray(0, mostImages * height * width * channels);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return preprocessingLikeMnist([height, width], mean < 127.5 ? 'light on dark' : 'dark on light');
}
