/**
 * A trained model that reads pictures: prepares them as the model says, runs the network, and tells how far to trust
 * the answer.
 */

/// <reference lib="esnext.disposable" preserve="true" />

import { checkEngineOptionNames, type EngineOptions } from '../engine/engine-options.js';
import { InklingError } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';
import { type LoadedEnsemble, loadSaved } from '../formats/ensemble-file.js';
import type { LoadedModel } from '../formats/model-file.js';
import { readOptions } from '../known-names.js';
import type { Model } from '../model/model.js';
import { formatShape, sizeOf } from '../numerics/tensor.js';
import type { Picture } from '../pictures/picture.js';
import { prepareImage } from '../preprocessing/prepare-image.js';
import { preparePage } from '../preprocessing/prepare-page.js';
import {
  findPreparedDigit,
  type PreparedDigit,
  prepareDigitInFrame,
  prepareOtherReadings,
} from '../preprocessing/preprocess.js';
import { type Preprocessing, preprocessingLikeMnist, preprocessingOfImages } from '../preprocessing/settings.js';
import { type Detection, readPage } from './detection.js';
import { likeliestReading, withDoubt } from './likeliest-reading.js';
import { Networks } from './networks.js';
import { loadPretrained } from './pretrained-model.js';
import { blank, type Recognition, recognitionOf, type StateWords, stateWordsFor, uncalibrated } from './recognition.js';

/** How thoroughly pictures are read. */
export interface RecognizeOptions {
  /**
   * Whether a picture whose first reading is in doubt is read in other ways too, as one that was cut at the ink or has a
   * frame: up to ten times as long. Default true; false for a drawing that is read anew with every stroke.
   */
  readonly otherReadings?: boolean;
}

/**
 * Reads pictures with a trained model: any size, photographed, scanned or drawn. It says when it is not sure, and when
 * a picture is not a digit. A model of other images than ink on paper takes each picture whole
 * (`preprocessing.method`).
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 *
 * const recognizer = await Recognizer.load(); // the model that ships, or a run's folder
 * const { state, answer, probability } = await recognizer.recognize(await decodePicture(await readFile('my.png'), { name: 'my.png' }));
 * ```
 */
export class Recognizer implements Disposable {
  /** The model, or each member of the ensemble, that it reads with. */
  readonly members: readonly LoadedModel[];
  /** One a class, in the order of the model's outputs. */
  readonly classNames: readonly string[];
  /** How pictures become the network's input. */
  readonly preprocessing: Preprocessing;
  /** undefined where the model has none: then nothing is `not a digit`. */
  readonly calibration: Calibration | undefined;
  private readonly name: string;
  private readonly networks: Networks;
  private readonly words: StateWords;

  /**
   * @param loaded a model or an ensemble; without preprocessing, a model of grey images reads light digits on dark as MNIST has them, one of
   * colours takes pictures whole; without class names they are 0, 1, ...
   * @param options threads: by default 1, since preparing a picture takes longer than running the network
   * @throws InklingError (model) where the model takes no images of one or three channels, or others than its
   * preprocessing makes
   */
  constructor(loaded: LoadedModel | LoadedEnsemble, options: EngineOptions = {}) {
    checkEngineOptionNames('Recognizer', options);
    const { classNames, calibration } = loaded;
    this.members = 'members' in loaded ? loaded.members : [loaded];
    const { model } = this.members[0];
    const { inputShape } = model.config;
    const name = 'members' in loaded ? loaded.name : model.config.name;
    const [height, width, channels] = inputShape;
    if (inputShape.length !== 3 || (channels !== 1 && channels !== 3)) {
      throw new InklingError(
        'model',
        `Model "${name}" takes inputs of shape ${formatShape(inputShape)}: expected [height, width, 1], grey images, or [height, width, 3], ` +
          'images in colours. Use a model that was trained on such images.',
      );
    }
    const usual = channels === 1 ? preprocessingLikeMnist([height, width], 'light on dark') : undefined;
    const preprocessing = loaded.preprocessing ?? usual ?? preprocessingOfImages([height, width], channels);
    const made = [...preprocessing.size, preprocessing.method === 'images' ? preprocessing.channels : 1];
    if (formatShape(made) !== formatShape(inputShape)) {
      throw new InklingError(
        'model',
        `Model "${name}" takes images of shape ${formatShape(inputShape)}, but its preprocessing makes some of ${formatShape(made)}. ` +
          'Mend "preprocessing" in its model.json.',
      );
    }
    this.name = name;
    this.classNames = classNames ?? Array.from({ length: model.classes }, (_, label) => String(label));
    this.preprocessing = preprocessing;
    this.words = stateWordsFor(preprocessing.method, this.classNames);
    this.calibration = calibration;
    this.networks = new Networks(this.members, { threads: 1, ...options });
  }

  /** The network: layers and shapes. @throws InklingError (model) where it reads with an ensemble: see `members` */
  get model(): Model {
    return this.only.model;
  }

  /** By path such as `conv2d/kernel`. @throws InklingError (model) where it reads with an ensemble: see `members` */
  get weights(): ReadonlyMap<string, Float32Array> {
    return this.only.weights;
  }

  private get only(): LoadedModel {
    if (this.members.length === 1) return this.members[0];
    throw new InklingError(
      'model',
      `"${this.name}" is an ensemble of ${this.members.length} models: it has no model and weights of its own. Take those of one of its members.`,
    );
  }

  /**
   * The model that ships with this package, or a model or an ensemble that was saved.
   * @param path its folder, or the `model.json` in it; default: the model that ships with this package
   * @throws InklingError (file, model)
   */
  static async load(path?: string, options: EngineOptions = {}): Promise<Recognizer> {
    return new Recognizer(path === undefined ? await loadPretrained() : await loadSaved(path), options);
  }

  /** The digit of a picture, or what the whole picture shows. Where it has several digits, see `detect`. */
  async recognize(picture: Picture, options: RecognizeOptions = {}): Promise<Recognition> {
    const [recognition] = await this.recognizeBatch([picture], options);
    return recognition!;
  }

  /** As `recognize` for each picture, in their order: quicker than one after the other. */
  async recognizeBatch(pictures: readonly Picture[], options: RecognizeOptions = {}): Promise<Recognition[]> {
    const { otherReadings = true } = readOptions('argument', 'recognize', options, ['otherReadings']);
    const prepared = pictures.map((picture) => this.prepare(picture));
    const first = await this.recognizePrepared(prepared.flatMap(({ digit }) => digit ?? []));
    const recognitions = prepared.map(({ digit, dropped }) => (digit ? first.shift()! : { ...blank, dropped }));
    if (!otherReadings) return recognitions;
    const others = prepared.map(({ digit }, index) =>
      digit?.isCertain && recognitions[index].state === this.words.sure ? [] : this.prepareOthers(pictures[index]),
    );
    const allOthers = others.flat();
    const otherRecognitions = (await this.recognizePrepared(allOthers)).map((recognition, index) =>
      withDoubt(recognition, allOthers[index].isCertain, this.words.sure),
    );
    const likeliest = recognitions.map((recognition, index) =>
      likeliestReading(recognition, otherRecognitions.splice(0, others[index].length), this.words.sure),
    );
    return this.readInFrames(pictures, likeliest);
  }

  /** As given, but where there is ink and no answer and what is inside a frame has one. */
  private async readInFrames(
    pictures: readonly Picture[],
    recognitions: readonly Recognition[],
  ): Promise<Recognition[]> {
    const { preprocessing, words } = this;
    const inside = recognitions.map(({ state }, index) =>
      preprocessing.method === 'digits' && state === words.none
        ? prepareDigitInFrame(pictures[index], preprocessing)
        : undefined,
    );
    const readings = await this.recognizePrepared(inside.filter((digit) => digit !== undefined));
    return recognitions.map((recognition, index) =>
      inside[index]
        ? likeliestReading(recognition, [withDoubt(readings.shift()!, false, words.sure)], words.sure)
        : recognition,
    );
  }

  /**
   * All digits of a picture, line by line, each line from left to right; none where nothing is drawn. Where strokes are
   * apart or digits touch each other, the network reads both ways to divide the ink, and the likelier one counts.
   * @throws InklingError (argument) where the model takes pictures whole
   */
  async detect(picture: Picture): Promise<Detection> {
    const { preprocessing } = this;
    if (preprocessing.method === 'digits') {
      const page = preparePage(picture, preprocessing);
      return readPage(page, this.words, this.classNames, (digits) => this.recognizePrepared(digits));
    }
    throw new InklingError(
      'argument',
      `Model "${this.name}" takes each picture whole: it does not look for several things in it. Cut the picture into parts and ` +
        'read each, or use a model whose pictures are prepared as digits.',
    );
  }

  /**
   * Ends the threads and lets the memory go. Pictures that are given afterwards fail and say that the model was
   * disposed; to dispose it again does nothing. `using recognizer = await Recognizer.load()` does it at the end of a
   * block.
   * @throws InklingError (argument) while pictures are being read: wait for that to end
   */
  dispose(): void {
    this.networks.dispose();
  }

  /** The same as `dispose`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  private prepare(picture: Picture): ReturnType<typeof findPreparedDigit> {
    const { preprocessing } = this;
    if (preprocessing.method === 'digits') return findPreparedDigit(picture, preprocessing);
    const digit = { ...prepareImage(picture, preprocessing), sideBySide: 1, isCertain: true, dropped: [] };
    return { digit, dropped: [] };
  }

  private prepareOthers(picture: Picture): PreparedDigit[] {
    const { preprocessing } = this;
    return preprocessing.method === 'digits' ? prepareOtherReadings(picture, preprocessing) : [];
  }

  private async recognizePrepared(digits: readonly PreparedDigit[]): Promise<Recognition[]> {
    this.networks.forbidAfterDispose();
    if (digits.length === 0) return [];
    const { classNames, calibration = uncalibrated, words } = this;
    const { inputShape } = this.members[0].model.config;
    const size = sizeOf(inputShape);
    const data = new Uint8Array(digits.length * size);
    for (const [index, { image }] of digits.entries()) data.set(image, index * size);
    const logits = await this.networks.logits({ data, shape: [digits.length, ...inputShape] });
    return digits.map((digit, index) => {
      const own = logits.data.subarray(index * classNames.length, (index + 1) * classNames.length);
      return recognitionOf(digit, own, classNames, calibration, inputShape, words);
    });
  }
}
