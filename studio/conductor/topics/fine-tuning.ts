/** Trains a network on with somebody's own digits, among MNIST's so that it forgets nothing. */

import {
  adam,
  augmentation,
  augmentedImages,
  type Calibration,
  calibrate,
  evenlySpaced,
  type LabelledImages,
  type ModelConfig,
  predictedClasses,
  Sequential,
  select,
  stratifiedSplit,
  take,
  type WeightValues,
  weightsSha256,
} from 'inkling';
import type { HeldOut } from '../../state/reader.js';
import type { ConductorContext } from '../protocol.js';
import { loadedMnist } from './data.js';

declare module '../protocol.js' {
  interface ConductorEvents {
    /** What it is at now, as a sentence without an end. */
    'fineTuning.phase': string;
  }
}

export interface FineTuningInput {
  readonly config: ModelConfig;
  readonly weights: WeightValues;
  /** The own digits, of the shape that the network takes. */
  readonly own: LabelledImages;
  /** What the network's own training set aside; undefined where it is not known. */
  readonly heldOut: HeldOut | undefined;
  readonly threads: number;
  readonly seed: number;
}

/** What a network makes of both sets. */
export interface FineTuningScore {
  /** The answer to each of the own digits. */
  readonly ownAnswers: readonly number[];
  readonly ownRight: number;
  /** On MNIST's test images, a fraction. */
  readonly mnist: number;
}

export interface FineTuningResult {
  readonly before: FineTuningScore;
  readonly after: FineTuningScore;
  readonly weights: WeightValues;
  readonly weightsSha256: string;
  /** Which images of MNIST it was not trained on: neither here nor, where that is known, before. */
  readonly heldOut: HeldOut;
  /** Fitted on some of these. */
  readonly calibration: Calibration;
  readonly seconds: number;
}

const epochs = 2;
const learningRate = 3e-4;
const batchSize = 32;
const mnistImages = 1200;
/** The own digits are repeated up to so many, each copy distorted in another way: a few of them must be heard too. */
const ownImages = 240;
const mostRepeats = 40;
const calibrationImages = 2000;
/** Fewer say too little of how far to trust an answer. */
const leastToCalibrate = 100;
/** Where a training set none aside, or too few. */
const usualHeldOut: HeldOut = { images: 60_000, validation: 5000, seed: 1 };

export const fineTuning = {
  /** @throws where the network does not take such digits */
  async run(
    { config, weights, own, heldOut: known, threads, seed }: FineTuningInput,
    { emit }: ConductorContext,
  ): Promise<FineTuningResult> {
    emit('fineTuning.phase', 'Fetching MNIST');
    const { train, test, classNames } = await loadedMnist();
    const model = new Sequential(config, { seed });
    if (model.definition.classes !== classNames.length) {
      throw new Error(
        `Expected a network with ${classNames.length} classes, one for each digit. Received: one with ${model.definition.classes}. ` +
          'Let another network read the pad.',
      );
    }
    model.compile({ optimizer: adam({ learningRate }), metrics: ['accuracy'], threads });
    model.setWeights(weights);
    const score = async (): Promise<FineTuningScore> => {
      const ownAnswers = Array.from(predictedClasses(await model.predict(own.images)));
      const { accuracy } = await model.evaluate(test.images, test.labels);
      return {
        ownAnswers,
        ownRight: ownAnswers.filter((answer, i) => answer === own.labels[i]).length,
        mnist: accuracy,
      };
    };
    const start = performance.now();
    try {
      emit('fineTuning.phase', 'Testing the network as it is');
      const before = await score();
      emit('fineTuning.phase', 'Training');
      const heldOut = known && known.validation >= leastToCalibrate ? known : usualHeldOut;
      const { labels: firstLabels } = take(train, heldOut.images);
      const { validation } = stratifiedSplit(firstLabels, heldOut.validation, heldOut.seed);
      const isHeld = new Set(validation);
      const free = [...train.labels.keys()].filter((place) => !isHeld.has(place));
      const chosen = evenlySpaced(free.length, mnistImages).map((place) => free[place]);
      const { images, labels } = joined(copiesOf(own, seed), select(train, chosen));
      await model.fit(images, labels, { epochs, batchSize, verbose: 0 });
      emit('fineTuning.phase', 'Testing what it has learned');
      const after = await score();
      const held = select(
        train,
        evenlySpaced(validation.length, calibrationImages).map((place) => validation[place]),
      );
      const calibration = calibrate(await model.predictLogits(held.images), held.labels);
      const trained = model.getWeights();
      return {
        before,
        after,
        weights: trained,
        weightsSha256: await weightsSha256(model.definition, trained),
        heldOut,
        calibration,
        seconds: (performance.now() - start) / 1000,
      };
    } finally {
      model.dispose();
    }
  },
};

function copiesOf(own: LabelledImages, seed: number): LabelledImages {
  const { length } = own.labels;
  const times = Math.max(1, Math.min(mostRepeats, Math.floor(ownImages / length)));
  const places = Array.from({ length: times * length }, (_, place) => place % length);
  const { images, labels } = select(own, places);
  return { images: augmentedImages(images, augmentation('light'), { seed }), labels };
}

function joined(first: LabelledImages, second: LabelledImages): LabelledImages {
  const data = new Uint8Array(first.images.data.length + second.images.data.length);
  data.set(first.images.data);
  data.set(second.images.data, first.images.data.length);
  const labels = Uint8Array.from([...first.labels, ...second.labels]);
  return { images: { data, shape: [labels.length, ...first.images.shape.slice(1)] }, labels };
}
