/**
 * Your own data: any images of one size, as bytes, with class numbers. Here we draw them (crosses, circles and squares
 * of 20x20 pixels), train a small network and save it.
 *
 *     npm run example own-data
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  averagePooling2d,
  conv2d,
  dense,
  evaluatePredictions,
  flatten,
  formatClassificationReport,
  Sequential,
} from 'inkling';

const classNames = ['cross', 'circle', 'square'];
const size = 20;

/** Whether the shape covers the point (x, y), both measured from its middle in units of its radius. */
function covers(shape: number, x: number, y: number): boolean {
  const [across, down] = [Math.abs(x), Math.abs(y)];
  if (shape === 0) return Math.max(across, down) <= 1 && Math.abs(across - down) < 0.25;
  if (shape === 1) return Math.abs(Math.hypot(x, y) - 0.85) < 0.15;
  return Math.max(across, down) <= 1 && Math.max(across, down) > 0.7;
}

function draw(count: number) {
  const data = new Uint8Array(count * size * size);
  const labels = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    labels[image] = image % classNames.length;
    const radius = 4 + Math.random() * 5;
    const [left, top] = [radius + Math.random() * (size - 2 * radius), radius + Math.random() * (size - 2 * radius)];
    for (let pixel = 0; pixel < size * size; pixel++) {
      const x = ((pixel % size) - left) / radius;
      const y = (Math.floor(pixel / size) - top) / radius;
      data[image * size * size + pixel] = covers(labels[image], x, y) ? 255 : Math.random() * 60;
    }
  }
  return { images: { data, shape: [count, size, size, 1] }, labels };
}

const train = draw(3000);
const test = draw(600);

const model = new Sequential([
  conv2d({ filters: 8, kernelSize: 5, activation: 'relu' }),
  averagePooling2d({ poolSize: 2 }),
  flatten(),
  dense({ units: classNames.length, activation: 'softmax' }),
]);
await model.fit(train.images, train.labels, { epochs: 5, validationSplit: 0.1 });

const { loss, probabilities } = await model.evaluate(test.images, test.labels, { outputs: true });
const result = evaluatePredictions({ probabilities, labels: test.labels }, classNames, loss);
console.log(formatClassificationReport(result.report));

const folder = await mkdtemp(join(tmpdir(), 'inkling-shapes-'));
await model.save(folder, { classNames });
console.log(`saved in ${folder}`);
