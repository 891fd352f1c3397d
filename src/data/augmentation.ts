/**
 * Data augmentation as plain data: how far training images may be changed, by chance, each time that they are seen. The
 * engine does it while it assembles a batch (assembly/augmentation.ts); reference/augmentation.ts says it in plain
 * loops.
 */

import { InklingError } from '../errors.js';
import { describeValue, hintAtNames, isKnownName } from '../known-names.js';
import { Options } from '../options.js';

/**
 * Each effect touches a share of the images, drawn for each on its own, and its strength is drawn evenly from its
 * range. In order: stroke, elastic distortion and scale, shear, rotation, shift about the middle of the image, noise.
 * What comes from outside of the image is 0.
 */
export interface Augmentation {
  /** Share of the images that nothing happens to, from 0 to 1. */
  readonly unchanged: number;
  /** Share of the others that each effect touches, from 0 to 1. */
  readonly probability: number;
  /** Pixels, at most, each way: from 0 to 1000. */
  readonly shift: number;
  /** Degrees, at most, either way: from 0 to 180. */
  readonly rotation: number;
  /** Factor of size, the lowest and the highest: drawn evenly in its logarithm. */
  readonly scale: readonly [low: number, high: number];
  /** Slope, at most, either way: pixels that a row moves sideways for each row from the middle, from 0 to 1. */
  readonly shear: number;
  /**
   * Elastic distortion after Simard, Steinkraus, Platt, "Best Practices for Convolutional Neural Networks Applied to
   * Visual Document Analysis" (2003): every pixel comes from a place nearby, smoothly. Their blurred field is a cubic
   * spline over a coarse grid here.
   */
  readonly elastic: {
    /**
     * Pixels that a point of the grid moves, at most, across and down; an image's own is drawn from 0 to this, from 0
     * to 1000.
     */
    readonly strength: number;
    /** Pixels from one point of the grid to the next, from 1 to 1000: the more, the smoother. */
    readonly smoothness: number;
  };
  /**
   * Thinner or thicker strokes, at most, in pixels on each side of a stroke: from 0 to 1. The stroke is what is bright.
   */
  readonly stroke: { readonly thinning: number; readonly thickening: number };
  /** Standard deviation of what is added to every value, as a share of 255; an image's own is drawn from 0 to this. */
  readonly noise: number;
}

/**
 * Some of an augmentation: what is left out does nothing, `probability` is 1 and elastic distortion has a smoothness of
 * 7 pixels.
 */
export type AugmentationOptions = {
  readonly [Field in keyof Augmentation]?: Augmentation[Field] extends number | readonly number[]
    ? Augmentation[Field]
    : Partial<Augmentation[Field]>;
};

const smoothness = 7;

const presets = {
  /** As one hand writes the same digit twice. */
  light: {
    unchanged: 0.1,
    probability: 0.7,
    shift: 1.5,
    rotation: 10,
    scale: [0.9, 1.1],
    shear: 0.1,
    elastic: { strength: 1.5, smoothness },
    stroke: { thinning: 0.3, thickening: 0.3 },
    noise: 0,
  },
  /** As other hands, pens and cameras do. */
  strong: {
    unchanged: 0.1,
    probability: 0.6,
    shift: 4.5,
    rotation: 25,
    scale: [0.65, 1.25],
    shear: 0.3,
    elastic: { strength: 3, smoothness },
    stroke: { thinning: 0.75, thickening: 0.75 },
    noise: 0.15,
  },
} satisfies { readonly [name: string]: Augmentation };

/** The names that `augmentation` and `fit` know. */
export type AugmentationName = keyof typeof presets;

/** The augmentations that have a name, for `augmentation` and for `fit`. */
export const augmentationNames = Object.keys(presets) as readonly AugmentationName[];

/**
 * A named augmentation: `light` or `strong`.
 * @throws InklingError (argument) for an unknown name
 * @example
 * ```ts
 * await model.fit(train.images, train.labels, { augmentation: { ...augmentation('light'), noise: 0.1 } });
 * ```
 */
export function augmentation(name: AugmentationName): Augmentation {
  if (!isKnownName(name, augmentationNames)) {
    const hint = hintAtNames(name, augmentationNames);
    throw new InklingError('argument', `Unknown augmentation ${describeValue(name)}. ${hint}`);
  }
  return presets[name];
}

const effects = ['shift', 'rotation', 'scale', 'shear', 'elastic', 'stroke', 'noise'] as const;
/** Pixels: more than the images of a training are wide. */
const farthest = 1000;

/**
 * An augmentation from data that may be anything, such as a JSON file's. What is left out does nothing.
 * @param source where the data came from, for messages
 * @throws InklingError (argument) where an option is unknown or out of range
 */
export function augmentationFromData(data: unknown, source: string): Augmentation {
  const fields = new Options(source, data, ['unchanged', 'probability', ...effects]);
  const elastic = fields.nested('elastic', ['strength', 'smoothness']);
  const stroke = fields.nested('stroke', ['thinning', 'thickening']);
  return {
    unchanged: fields.number('unchanged', { most: 1 }, 0),
    probability: fields.number('probability', { most: 1 }, 1),
    shift: fields.number('shift', { most: farthest }, 0),
    rotation: fields.number('rotation', { most: 180 }, 0),
    scale: scaleOf(fields),
    shear: fields.number('shear', { most: 1 }, 0),
    elastic: {
      strength: elastic.number('strength', { most: farthest }, 0),
      smoothness: elastic.number('smoothness', { least: 1, most: farthest }, smoothness),
    },
    stroke: {
      thinning: stroke.number('thinning', { most: 1 }, 0),
      thickening: stroke.number('thickening', { most: 1 }, 0),
    },
    noise: fields.number('noise', { most: 1 }, 0),
  };
}

function scaleOf(fields: Options): Augmentation['scale'] {
  const value = fields.value('scale');
  if (value === undefined) return [1, 1];
  if (Array.isArray(value) && value.length === 2 && value.every(isNumber)) {
    const [low, high] = value;
    if (low >= 0.1 && high <= 10 && low <= high) return [low, high];
  }
  fields.fail('scale', 'two factors from 0.1 to 10, the lowest and the highest, such as [0.8, 1.2]');
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** What a caller gave, by name or as options, whole. `none` is undefined. @throws InklingError (argument) */
export function chooseAugmentation(
  given: AugmentationName | 'none' | AugmentationOptions,
  source: string,
): Augmentation | undefined {
  if (given === 'none') return undefined;
  return typeof given === 'string' ? augmentation(given) : augmentationFromData(given, source);
}
