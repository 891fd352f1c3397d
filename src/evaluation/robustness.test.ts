import { describe, expect, test, vi } from 'vitest';
import type { Tensor } from '../numerics/tensor.js';
import { type Distortion, distort, distortions } from './distortions.js';
import { type Classifier, formatRobustness, measureRobustness } from './robustness.js';

/** 12 by 12, each with a stroke of ink as long as its class. */
function images(count: number): { images: Tensor<Uint8Array>; labels: Uint8Array } {
  const data = new Uint8Array(count * 144);
  const labels = Uint8Array.from({ length: count }, (_, image) => 1 + (image % 4));
  labels.forEach((label, image) => {
    data.fill(255, image * 144 + 64, image * 144 + 64 + label);
  });
  return { images: { data, shape: [count, 12, 12, 1] }, labels };
}

/** Counts the white pixels: right for every distortion that leaves them as they are. */
const counter = (name = 'counter'): Classifier => ({
  name,
  classify: async ({ data, shape: [count] }) => {
    const size = data.length / count;
    return Int32Array.from({ length: count }, (_, image) => {
      const ink = data.subarray(image * size, (image + 1) * size).filter((value) => value === 255).length;
      return ink > 4 ? -1 : ink;
    });
  },
});
const small = (classifier: Classifier): Classifier => ({
  name: `small ${classifier.name}`,
  classify: (pictures) => (pictures.shape[1] === 12 ? classifier.classify(pictures) : undefined),
});

const only = (...names: string[]) => distortions.filter(({ name }) => names.includes(name));

describe('measureRobustness', () => {
  test('scores each classifier at each step', async () => {
    const { images: some, labels } = images(40);
    const report = (await measureRobustness([counter(), small(counter())], some, labels, {
      distortions: only('shift', 'inverted', 'canvas'),
    }))!;
    const all = { correct: 40, images: 40, accuracy: 1, interval: [expect.closeTo(0.9124, 4), 1] };
    const none = { correct: 0, images: 40, accuracy: 0, interval: [0, expect.closeTo(0.0876, 4)] };
    expect(report).toMatchObject({ images: 40, classifiers: ['counter', 'small counter'], undistorted: [all, all] });
    const [shifted, inverted, canvas] = report.distortions;
    expect(shifted).toMatchObject({ name: 'shift', title: 'Shifted', neutral: { label: '0', severity: 0 } });
    expect(shifted.steps[0]).toStrictEqual({ label: '1', severity: 1, scores: [all, all] });
    expect(inverted.steps).toStrictEqual([{ label: 'inverted', severity: 1, scores: [none, none] }]);
    expect(canvas.neutral).toBeNull();
    expect(canvas.steps[0]).toStrictEqual({ label: '1', severity: 1, scores: [all, null] });
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
  });

  test('a step that goes wrong is found, and it alone', async () => {
    const { images: some, labels } = images(40);
    const third = distort(some, 'shift', 3).data;
    // Takes every picture that was shifted by three for its neighbour in the order of classes.
    const wrong: Classifier = {
      name: 'wrong at three',
      classify: async (pictures) => {
        const answers = await counter().classify(pictures)!;
        const isThird = pictures.data.every((value, index) => value === third[index]);
        return isThird ? answers.map((answer) => (answer % 4) + 1) : answers;
      },
    };
    const report = (await measureRobustness([wrong], some, labels, { distortions: only('shift') }))!;
    expect(report.undistorted[0]?.correct).toBe(40);
    expect(report.distortions[0].steps.map(({ scores }) => scores[0]?.correct)).toStrictEqual([40, 40, 0, 40]);
  });

  test('reads what `distort` makes, in parts of a few megabytes that together are all images in order', async () => {
    const { images: some, labels } = images(300);
    const sizes: number[] = [];
    let sum = 0;
    const listener: Classifier = {
      name: 'listener',
      classify: async (pictures) => {
        sizes.push(pictures.data.length);
        sum += pictures.data.reduce((total, value, index) => total + value * ((index % 60_000) + 1), 0);
        return new Int32Array(pictures.shape[0]);
      },
    };
    const canvas: Distortion[] = only('canvas').map((distortion) => ({
      ...distortion,
      steps: distortion.steps.slice(1, 2),
    }));
    await measureRobustness([listener], { data: some.data, shape: some.shape }, labels, { distortions: canvas });
    expect(sizes).toHaveLength(1 + Math.ceil(300 / 139));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8 * 2 ** 20);
    const whole = distort(some, 'canvas', 1.5).data.reduce(
      (total, value, index) => total + value * ((index % 60_000) + 1),
      0,
    );
    const first = some.data.reduce((total, value, index) => total + value * ((index % 60_000) + 1), 0);
    expect(sum - first).toBe(whole);
  });

  test('a classifier that cannot take a size is asked once, and nothing is made when none can', async () => {
    const { images: some, labels } = images(300);
    const classifier = small(counter());
    const read = vi.spyOn(classifier, 'classify');
    await measureRobustness([classifier], some, labels, { distortions: only('canvas') });
    expect(read).toHaveBeenCalledTimes(1 + 3);
  });

  test('tells how far it is', async () => {
    const { images: some, labels } = images(4);
    const heard: string[] = [];
    const onProgress = (done: number, steps: number) => heard.push(`${done}/${steps}`);
    await measureRobustness([counter()], some, labels, { distortions: only('contrast'), onProgress });
    expect(heard).toStrictEqual(['0/3', '1/3', '2/3', '3/3']);
  });

  test('ends when it is told to, from a timer too', async () => {
    const { images: some, labels } = images(4);
    expect(await measureRobustness([counter()], some, labels, { signal: AbortSignal.abort() })).toBeUndefined();
    const controller = new AbortController();
    const steps: number[] = [];
    const ended = await measureRobustness([counter()], some, labels, {
      signal: controller.signal,
      onProgress: (done) => {
        steps.push(done);
        if (done === 5) setTimeout(() => controller.abort());
      },
    });
    expect(ended).toBeUndefined();
    expect(steps.at(-1)).toBeLessThan(10);
  });

  test('refuses what does not fit', async () => {
    const { images: some, labels } = images(4);
    const few: Classifier = { name: 'few', classify: async () => new Int32Array(3) };
    await expect(measureRobustness([few], some, labels)).rejects.toThrow(
      'the classifier "few" gave 3 answers to 4 pictures',
    );
    await expect(measureRobustness([few], some, labels.subarray(1))).rejects.toThrow('4 images, 3 labels');
    const colours = { data: new Uint8Array(12), shape: [1, 2, 2, 3] };
    await expect(measureRobustness([few], colours, [0])).rejects.toMatchObject({
      name: 'InklingError',
      kind: 'argument',
    });
  });
});

test('the report as text has a line a step and a column a classifier', async () => {
  const { images: some, labels } = images(40);
  const report = (await measureRobustness([counter(), small(counter())], some, labels, {
    distortions: only('inverted', 'canvas'),
  }))!;
  expect(formatRobustness(report)).toMatchInlineSnapshot(`
    "             counter                          small counter
                 accuracy  95 % interval (Wilson)  accuracy  95 % interval (Wilson)
    as they are  100.00 %   91.24 % to 100.00 %   100.00 %   91.24 % to 100.00 %
    Inverted (dark on light)
      inverted     0.00 %    0.00 % to   8.76 %     0.00 %    0.00 % to   8.76 %
    In a corner of a large canvas (times its size, on 200 × 300 pixels)
      1          100.00 %   91.24 % to 100.00 %          –
      1.5          0.00 %    0.00 % to   8.76 %          –
      3           25.00 %   14.19 % to  40.19 %          –
    40 images at each step
    "
  `);
});
