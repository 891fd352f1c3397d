/** A tiny real training: 5,000 digits, two epochs, the default network. */

import { adam, architecture, loadMnist, Sequential } from 'inkling';
import { expect, test } from 'vitest';

test('two epochs on 5,000 images of MNIST read 95 % of the test images', async () => {
  const { train, test: unseen } = await loadMnist();
  const first = (count: number, { images, labels }: typeof train) => {
    const [, ...shape] = images.shape;
    const size = images.data.length / images.shape[0];
    return [
      { data: images.data.subarray(0, count * size), shape: [count, ...shape] },
      labels.subarray(0, count),
    ] as const;
  };
  const model = new Sequential(architecture('cnn', train.images.shape.slice(1), 10));
  model.compile({ optimizer: adam({ learningRate: 0.002 }) });
  const history = await model.fit(...first(5000, train), { epochs: 2, batchSize: 32 });
  const { accuracy } = await model.evaluate(...first(5000, unseen));
  expect(accuracy).toBeGreaterThan(0.95);
  expect(history.epochs[1].loss).toBeLessThan(history.epochs[0].loss);
});
