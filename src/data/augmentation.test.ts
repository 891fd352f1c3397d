import { describe, expect, test } from 'vitest';
import { augmentation, augmentationFromData, augmentationNames, chooseAugmentation } from './augmentation.js';

const still = {
  unchanged: 0,
  probability: 1,
  shift: 0,
  rotation: 0,
  scale: [1, 1],
  shear: 0,
  elastic: { strength: 0, smoothness: 7 },
  stroke: { thinning: 0, thickening: 0 },
  noise: 0,
};

describe('names', () => {
  test('are light and strong, whole and within their own bounds', () => {
    expect(augmentationNames).toStrictEqual(['light', 'strong']);
    for (const name of augmentationNames) {
      expect(augmentationFromData(JSON.parse(JSON.stringify(augmentation(name))), name)).toStrictEqual(
        augmentation(name),
      );
    }
  });

  test('strong reaches as far as it is meant to, and light nowhere further', () => {
    const [light, strong] = [augmentation('light'), augmentation('strong')];
    expect([strong.shift >= 4, strong.rotation >= 22, strong.scale[0] <= 0.68, strong.scale[1] >= 1.22]).not.toContain(
      false,
    );
    expect(Math.min(strong.stroke.thinning, strong.stroke.thickening)).toBeGreaterThanOrEqual(0.7);
    expect([light.shift <= strong.shift, light.rotation <= strong.rotation, light.noise <= strong.noise]).not.toContain(
      false,
    );
  });

  test('an unknown one is refused', () => {
    expect(() => augmentation('mild' as 'light')).toThrow(
      'Unknown augmentation "mild". Expected one of: light, strong.',
    );
    expect(() => augmentation('toString' as 'light')).toThrow('Unknown augmentation "toString"');
  });
});

describe('data', () => {
  test('what is left out does nothing', () => {
    expect(augmentationFromData({}, 'file.json')).toStrictEqual(still);
    const some = { shift: 2, elastic: { strength: 3 }, stroke: { thinning: 0.5 }, scale: [0.8, 1.1] };
    expect(augmentationFromData(some, 'file.json')).toStrictEqual({
      ...still,
      shift: 2,
      scale: [0.8, 1.1],
      elastic: { strength: 3, smoothness: 7 },
      stroke: { thinning: 0.5, thickening: 0 },
    });
  });

  test.each([
    [null, 'file.json: expected an object with options. Received: null.'],
    [[], 'file.json: expected an object with options. Received: [].'],
    ['light', 'file.json: expected an object with options. Received: "light".'],
    [
      { shfit: 2 },
      'file.json: unknown option "shfit". Did you mean "shift"? Expected: unchanged, probability, shift, rotation,',
    ],
    [{ shift: -1 }, 'file.json: shift must be a number from 0 to 1000. Received: shift=-1.'],
    [{ shift: Number.NaN }, 'file.json: shift must be a number from 0 to 1000. Received: shift=NaN.'],
    [{ shift: null }, 'file.json: shift must be a number from 0 to 1000. Received: shift=null.'],
    [{ rotation: '9' }, 'file.json: rotation must be a number from 0 to 180. Received: rotation="9".'],
    [{ rotation: 181 }, 'file.json: rotation must be a number from 0 to 180. Received: rotation=181.'],
    [{ shear: 1.1 }, 'shear must be a number from 0 to 1.'],
    [{ noise: 2 }, 'noise must be a number from 0 to 1.'],
    [{ probability: -0.1 }, 'probability must be a number from 0 to 1.'],
    [
      { scale: 1.2 },
      'scale must be two factors from 0.1 to 10, the lowest and the highest, such as [0.8, 1.2]. Received: scale=1.2.',
    ],
    [{ scale: [1.2, 0.8] }, 'Received: scale=[1.2,0.8].'],
    [{ scale: [0, 1] }, 'Received: scale=[0,1].'],
    [{ scale: [1] }, 'Received: scale=[1].'],
    [{ elastic: 3 }, 'file.json: elastic: expected an object with options. Received: 3.'],
    [{ elastic: { sigma: 3 } }, 'file.json: elastic: unknown option "sigma". Expected: strength, smoothness.'],
    [
      { elastic: { smoothness: 0.5 } },
      'elastic.smoothness must be a number from 1 to 1000. Received: elastic.smoothness=0.5.',
    ],
    [{ stroke: { thinning: 1.5 } }, 'stroke.thinning must be a number from 0 to 1. Received: stroke.thinning=1.5.'],
  ])('%j is refused', (data, message) => {
    expect(() => augmentationFromData(data, 'file.json')).toThrow(message);
  });
});

test('a choice is a name, none, or options', () => {
  expect(chooseAugmentation('none', 'augmentation')).toBeUndefined();
  expect(chooseAugmentation('light', 'augmentation')).toBe(augmentation('light'));
  expect(chooseAugmentation({ noise: 0.1 }, 'augmentation')).toStrictEqual({ ...still, noise: 0.1 });
  expect(() => chooseAugmentation('heavy' as 'light', 'augmentation')).toThrow('Expected one of: light, strong.');
});
