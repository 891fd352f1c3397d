/**
 * Predict one image: load a model that was saved, or train a small one first, and ask it about one test image.
 *
 *     npm run example predict-one-image
 *     npm run example predict-one-image runs/2026-11-23T08-50-00-cnn
 */
import { architecture, loadMnist, predictedClasses, Sequential, take } from 'inkling';

const { train, test, classNames } = await loadMnist();

async function trainedModel(): Promise<Sequential> {
  const folder = process.argv[2];
  if (folder !== undefined) return Sequential.load(folder);
  const model = new Sequential(architecture('linear', [28, 28, 1], classNames.length));
  const { images, labels } = take(train, 10_000);
  await model.fit(images, labels, { epochs: 2 });
  return model;
}

const model = await trainedModel();
const { images, labels } = take(test, 1);
for (let row = 0; row < 28; row++) {
  const pixels = [...images.data.subarray(row * 28, (row + 1) * 28)];
  console.log(pixels.map((value) => ' .:*#@'[Math.floor(value / 43)]).join(''));
}

const probabilities = await model.predict(images);
const [answer] = predictedClasses(probabilities);
console.log(
  `It is a ${classNames[answer]} (${(100 * probabilities.data[answer]).toFixed(1)} %); the label says ${labels[0]}.`,
);
