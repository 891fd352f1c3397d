/** Several trained models as one: the mean of their probabilities is the answer. */

/// <reference lib="esnext.disposable" preserve="true" />

import { checkEngineOptionNames, type EngineOptions } from '../engine/engine-options.js';
import { InklingError } from '../errors.js';
import type { Calibration } from '../evaluation/calibration.js';
import { softmax } from '../evaluation/logits.js';
import { negativeLogLikelihood } from '../evaluation/negative-log-likelihood.js';
import { predictedClasses } from '../evaluation/predictions.js';
import {
  checkAlike,
  ensembleSha256,
  type LoadedEnsemble,
  loadEnsemble,
  saveEnsemble,
} from '../formats/ensemble-file.js';
import type { LoadedModel } from '../formats/model-file.js';
import { checkInputs, checkTargetsGiven } from '../model/check-inputs.js';
import type { Model } from '../model/model.js';
import { checkRows } from '../model/rows.js';
import type { Tensor } from '../numerics/tensor.js';
import type { Preprocessing } from '../preprocessing/settings.js';
import { Networks } from './networks.js';

/** What `Ensemble.evaluate` says of some rows. */
export interface EnsembleResult {
  /** The mean negative log-likelihood of the mean probabilities, in nats. */
  readonly loss: number;
  /** From 0 to 1. */
  readonly accuracy: number;
  /** `[N, classes]` */
  readonly probabilities: Tensor<Float32Array>;
  /** `[N, classes]`: the logarithms of the mean probabilities. */
  readonly logits: Tensor<Float32Array>;
}

/**
 * Trained models that answer together. Each gives its probabilities, softmax of its logits as they are; their mean is
 * the ensemble's, and the mean's logarithms stand for its logits. A calibration is that of all together.
 * @example
 * ```ts
 * const ensemble = await Ensemble.load('my-ensemble'); // what "inkling ensemble" wrote
 * const { accuracy } = await ensemble.evaluate(test.images, test.labels);
 * ```
 */
export class Ensemble implements LoadedEnsemble, Disposable {
  /** As it was saved. */
  readonly name: string;
  /** The models, with their weights and what was stored beside them. */
  readonly members: readonly LoadedModel[];
  /** One a class; undefined where the members have none. */
  readonly classNames: readonly string[] | undefined;
  /** How pictures become its input. */
  readonly preprocessing: Preprocessing | undefined;
  /** Of all members together; undefined where there is none. */
  readonly calibration: Calibration | undefined;
  private readonly networks: Networks;

  /**
   * @param loaded what `Ensemble.load` finds in a folder, or models that were loaded one by one
   * @throws InklingError (argument) for fewer than two members, (model) where they have not the same inputs, classes
   * and preprocessing
   */
  constructor(loaded: LoadedEnsemble, options: EngineOptions = {}) {
    checkEngineOptionNames('Ensemble', options);
    checkAlike(loaded.members);
    this.name = loaded.name;
    this.members = loaded.members;
    this.classNames = loaded.classNames;
    this.preprocessing = loaded.preprocessing;
    this.calibration = loaded.calibration;
    this.networks = new Networks(loaded.members, options);
  }

  /**
   * An ensemble that was saved.
   * @param path the folder that "inkling ensemble" or `save` wrote, or the `model.json` in it
   * @throws InklingError (file, model) where there is no ensemble, or one that cannot be used
   */
  static async load(path: string, options: EngineOptions = {}): Promise<Ensemble> {
    const loaded = await loadEnsemble(path);
    if (loaded) return new Ensemble(loaded, options);
    throw new InklingError(
      'model',
      `${path}: there is no ensemble. Expected a folder that "inkling ensemble" wrote; Sequential.load takes that of one model.`,
    );
  }

  /** Number of threads that each member has, one member after the other. */
  get threads(): number {
    return this.networks.engine.threads;
  }

  /** Which arithmetic was chosen. */
  get arithmetic(): 'plain' | 'fused' {
    return this.networks.engine.arithmetic;
  }

  /** Which width of vectors was chosen. */
  get vectorBits(): 128 | 256 {
    return this.networks.engine.vectorBits;
  }

  /** The mean of the members' probabilities, `[N, classes]`. @throws InklingError (argument, data) */
  async predict(inputs: Tensor): Promise<Tensor<Float32Array>> {
    return softmax(await this.predictLogits(inputs));
  }

  /**
   * The logarithms of the mean probabilities, `[N, classes]`: softmax of them is what `predict` gives, softmax of them
   * divided by a temperature are calibrated probabilities.
   * @param inputs `[N, ...inputShape]`; uint8 images are divided by 255
   * @throws InklingError (argument, data)
   */
  async predictLogits(inputs: Tensor): Promise<Tensor<Float32Array>> {
    checkInputs('predict', inputs, this.model.config.inputShape);
    checkRows(this.model, { inputs });
    return this.networks.logits(inputs);
  }

  /**
   * Loss and accuracy on any rows, and what it gave for each.
   * @param inputs `[N, ...inputShape]`; uint8 images are divided by 255
   * @param labels class numbers `[N]`
   * @throws InklingError (argument, data)
   */
  async evaluate(inputs: Tensor, labels: Uint8Array | readonly number[]): Promise<EnsembleResult> {
    checkInputs('evaluate', inputs, this.model.config.inputShape);
    checkTargetsGiven('evaluate', labels);
    checkRows(this.model, { inputs, targets: labels });
    const logits = await this.networks.logits(inputs);
    const probabilities = softmax(logits);
    const right = predictedClasses(probabilities).filter((answer, row) => answer === labels[row]).length;
    return {
      loss: negativeLogLikelihood(logits, labels),
      accuracy: right / labels.length,
      probabilities,
      logits,
    };
  }

  /** One sum over the weights of all members: what two ensembles are compared by. */
  weightsSha256(): Promise<string> {
    return ensembleSha256(this);
  }

  /**
   * Writes it as a folder that stands alone, the members' weights in it.
   * @throws InklingError (argument, model) where the members do not belong together, (file)
   */
  async save(folder: string): Promise<void> {
    await saveEnsemble(folder, this);
  }

  /**
   * Ends the threads and lets the memory go. To dispose it again does nothing.
   * @throws InklingError (argument) while rows are being read: wait for that to end
   */
  dispose(): void {
    this.networks.dispose();
  }

  /** The same as `dispose`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** All have its inputs and classes. */
  private get model(): Model {
    return this.members[0].model;
  }
}
