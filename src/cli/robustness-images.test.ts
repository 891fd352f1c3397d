import { expect, test } from 'vitest';
import { defaultRobustnessImages, type RobustnessWork } from './robustness-images.js';

/** `inkling train` on MNIST. */
const ordinary: RobustnessWork = {
  trainingImages: 55_000,
  epochs: 5,
  multiplyAdds: 2_631_040,
  testImages: 10_000,
  size: [28, 28],
};

test('a hundred images after an ordinary training, and never more', () => {
  expect(defaultRobustnessImages(ordinary)).toBe(100);
  expect(defaultRobustnessImages({ ...ordinary, epochs: 500 })).toBe(100);
});

test('fewer after a shorter training, and none where few are left', () => {
  const afterEpochs = [5, 1, 0.5].map((epochs) => defaultRobustnessImages({ ...ordinary, epochs }));
  expect(afterEpochs[1]).toBeGreaterThan(25);
  expect(afterEpochs[1]).toBeLessThan(100);
  expect(afterEpochs[2]).toBeLessThan(afterEpochs[1]);
  expect(defaultRobustnessImages({ ...ordinary, epochs: 1, trainingImages: 4000 })).toBe(0);
});

test('a small test set is read whole, where the training is long enough for it', () => {
  expect(defaultRobustnessImages({ ...ordinary, testImages: 10 })).toBe(10);
  expect(defaultRobustnessImages({ ...ordinary, trainingImages: 200, testImages: 10 })).toBe(0);
});

test('large images take longer to read: ten of 224 x 224 are not read after minutes of nothing but them', () => {
  const large: RobustnessWork = { ...ordinary, size: [224, 224], trainingImages: 40, testImages: 10, epochs: 1 };
  expect(defaultRobustnessImages(large)).toBe(0);
  expect(defaultRobustnessImages({ ...large, multiplyAdds: 170_000_000, trainingImages: 20_000 })).toBe(10);
});
