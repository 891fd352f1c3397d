/**
 * The model that people hold: Keras's Sequential with compile, fit, evaluate, predict, save and load. It only
 * delegates, to model/, engine/, training/ and formats/.
 */

/// <reference lib="esnext.disposable" preserve="true" />

import { disposedError, Engine } from './engine/engine.js';
import { checkEngineOptionNames, type EngineOptions } from './engine/engine-options.js';
import type { EvaluatedRows } from './engine/evaluate-rows.js';
import { formatProgram } from './engine/program/program.js';
import { InklingError } from './errors.js';
import { openCheckpoints } from './formats/checkpoint-folder.js';
import { inklingVersion } from './formats/inkling-version.js';
import { loadModel, type ModelExtras, type OptimizerState, saveModel } from './formats/model-file.js';
import { readOptions } from './known-names.js';
import type { Layer } from './layers/layers.js';
import { checkInputs, checkTargetsGiven } from './model/check-inputs.js';
import { initialWeights } from './model/initial-weights.js';
import {
  checkLayers,
  countParameters,
  defineModel,
  describedModel,
  type Model,
  type ModelConfig,
} from './model/model.js';
import { checkRows, type Targets } from './model/rows.js';
import { formatSummary, type SummaryOptions } from './model/summary.js';
import { formatShape, type Shape, type Tensor } from './numerics/tensor.js';
import { printedProgress } from './progress/verbose.js';
import { startBackup } from './training/backup.js';
import type { WeightValues } from './training/callback.js';
import { type Compiled, type CompileOptions, checkCompileOptions } from './training/compile-options.js';
import type { EvaluateOptions, EvaluateOutputs, EvaluateResult } from './training/evaluate-options.js';
import { checkEvaluateOptions } from './training/evaluate-options.js';
import { runTraining } from './training/fit.js';
import { checkFitOptions, type FitOptions } from './training/fit-options.js';
import type { History } from './training/history.js';
import type { Loss } from './training/losses.js';
import { type Optimizer, optimizerFromData } from './training/optimizers.js';
import { prepareTraining } from './training/prepare-training.js';
import { resumeDefaults } from './training/resume.js';
import type { Schedule } from './training/schedules.js';
import { checkSeed } from './training/seed.js';
import type { LoadedTraining, TrainingState } from './training/training-state.js';
import { readTrainingState, writeTrainingState } from './training/training-state.js';

/** Options of `new Sequential`. */
export interface SequentialOptions {
  /** Default `model`. */
  name?: string;
  /** `[H, W, C]` or `[features]`; default: taken from the first data that the model sees. */
  inputShape?: Shape;
  /** Of the initial weights, and of `fit` where that is given none; an integer from 0 to 2^32 - 1, default 1. */
  seed?: number;
}

const optionNames: Readonly<Record<keyof SequentialOptions, true>> = { name: true, inputShape: true, seed: true };
type Extras = Omit<ModelExtras, 'optimizer'>;
const extraNames: Readonly<Record<keyof Extras, true>> = { classNames: true, preprocessing: true, calibration: true };

/**
 * A model of layers one after the other, as Keras's Sequential: `compile`, `fit`, `evaluate`, `predict`, `save`,
 * `load`.
 * @example
 * ```ts
 * const { train, test } = await loadMnist();
 * const model = new Sequential([
 *   conv2d({ filters: 32, kernelSize: 3, activation: 'relu' }),
 *   maxPooling2d({ poolSize: 2 }),
 *   flatten(),
 *   dense({ units: 10, activation: 'softmax' }),
 * ]);
 * model.compile({ optimizer: 'adam' });
 * await model.fit(train.images, train.labels, { epochs: 5, batchSize: 128, validationSplit: 1 / 12 });
 * console.log(await model.evaluate(test.images, test.labels)); // { loss, accuracy }
 * await model.save('my-model');
 * ```
 */
export class Sequential implements Disposable {
  /** As given, or the description's. */
  readonly name: string;
  /** What initial weights and, where `fit` is given none, everything random in a training are drawn from. */
  readonly seed: number;
  private readonly layers: readonly Layer[];
  private defined: Model | undefined;
  private engine: Engine | undefined;
  private compiled: Compiled = checkCompileOptions({});
  private state: TrainingState | undefined;
  /** The loaded run that the next `fit` goes on from, until the engine has taken it over. */
  private loaded: LoadedTraining | undefined;
  private busy = false;
  private disposed = false;

  /**
   * @param layers a list of layers, or a whole description such as `architecture('cnn', ...)` gives
   * @throws InklingError (model) where layers do not fit together
   */
  constructor(layers: readonly Layer[] | ModelConfig, options: SequentialOptions = {}) {
    readOptions('argument', 'Sequential', options, Object.keys(optionNames));
    const config = describedModel(layers);
    this.name = options.name ?? config.name;
    this.layers = checkLayers(config.layers, `Model "${this.name}"`);
    this.seed = checkSeed(options.seed ?? 1);
    const inputShape = options.inputShape ?? config.inputShape;
    if (inputShape) this.build(inputShape);
  }

  /** The model of a folder that `save` or a run wrote, compiled as it was, ready to predict or to go on training. */
  static async load(path: string, options: EngineOptions = {}): Promise<Sequential> {
    checkEngineOptionNames('Sequential.load', options);
    const { model, weights, optimizer } = await loadModel(path);
    const state = optimizer && readTrainingState(optimizer.metadata, path);
    const loaded = new Sequential(model.config, { seed: state?.seed });
    loaded.compile({ ...options, ...(state && { optimizer: state.optimizer, loss: state.loss }) });
    loaded.setWeights(weights);
    loaded.state = state;
    loaded.loaded = state && { state, tensors: optimizer.tensors };
    return loaded;
  }

  /** Fixes the input shape and works out all others. @throws InklingError (model) where layers do not fit */
  build(inputShape: Shape): void {
    if (this.defined && formatShape(inputShape) !== formatShape(this.defined.config.inputShape)) {
      const known = formatShape(this.defined.config.inputShape);
      throw new InklingError(
        'data',
        `Model "${this.name}" takes inputs of shape ${known}. Received: ${formatShape(inputShape)}.`,
      );
    }
    this.defined ??= defineModel({ name: this.name, inputShape, layers: this.layers });
  }

  /** The checked layers with their shapes. @throws InklingError (model) before the input shape is known */
  get definition(): Model {
    if (!this.defined) {
      throw new InklingError(
        'model',
        `Model "${this.name}" has no input shape yet: give inputShape, or call build or fit.`,
      );
    }
    return this.defined;
  }

  /** As compiled; a learning rate that a callback has set is in it. */
  get optimizer(): Optimizer {
    return this.compiled.optimizer;
  }

  /**
   * Sets the learning rate from the next `fit` on; the optimizer keeps what it remembers.
   * @throws InklingError (argument) for what is neither a number above 0 nor a schedule, and while the model is trained
   */
  setLearningRate(learningRate: number | Schedule): void {
    this.forbidWhileBusy('setLearningRate', ', or call control.setLearningRate in a callback');
    const optimizer = optimizerFromData({ ...this.compiled.optimizer, learningRate });
    this.compiled = { ...this.compiled, optimizer };
    if (this.state) this.state = { ...this.state, optimizer };
  }

  /** As compiled. */
  get loss(): Loss {
    return this.compiled.loss;
  }

  /** Number of threads the engine has. */
  get threads(): number {
    return this.startedEngine().threads;
  }

  /** Which width of vectors was chosen. */
  get vectorBits(): 128 | 256 {
    return this.startedEngine().vectorBits;
  }

  /** Which arithmetic was chosen. */
  get arithmetic(): 'plain' | 'fused' {
    return this.startedEngine().arithmetic;
  }

  /**
   * Chooses optimizer, loss and engine. Weights stay, the optimizer begins anew.
   * @throws InklingError (argument) for unknown names or values out of range, and while the model trains, evaluates or
   * predicts
   */
  compile(options: CompileOptions = {}): void {
    this.forbidAfterDispose();
    this.forbidWhileBusy('compile');
    this.engine?.forbidWhileAtWork('compile');
    this.compiled = checkCompileOptions(options);
    const weights = this.engine?.weights();
    this.state = undefined;
    this.loaded = undefined;
    this.engine?.dispose();
    this.engine = undefined;
    if (weights) this.startedEngine().setWeights(weights);
  }

  /**
   * Trains the model. After `load` of a run it goes on from where that run ended, to the byte.
   * @param inputs `[N, ...inputShape]`; uint8 images are divided by 255
   * @param targets class numbers `[N]` for the sparse loss, one-hot `[N, classes]` for the other
   * @returns the epochs that were finished, those of a loaded run not included
   * @throws InklingError (argument, data, training)
   */
  async fit(inputs: Tensor, targets: Targets, options: FitOptions = {}): Promise<History> {
    this.forbidWhileBusy('fit');
    const earlier = { run: this.loaded?.state, state: this.state };
    const checked = checkFitOptions(options, resumeDefaults(earlier.run, this.seed));
    this.takeInputs('fit', inputs);
    const training = prepareTraining(this.definition, this.compiled, inputs, targets, checked, earlier);
    const engine = this.startedEngine();
    const printed = printedProgress(checked.verbose, checked.signal);
    this.busy = true;
    try {
      await engine.idle();
      const kept = this.optimizerState();
      engine.prepareTraining(training.setup);
      if (kept.size > 0) engine.setOptimizerState(kept);
      for (const warning of training.warnings) console.warn(warning);
      const { arithmetic } = engine;
      const identified = { ...training.identified, arithmetic, version: inklingVersion };
      const backup = await startBackup(identified, openCheckpoints);
      this.loaded = undefined;
      return await runTraining({
        ...training.job,
        engine,
        // The first to hear, so that what other callbacks print comes after an epoch's line.
        callbacks: [...printed.callbacks, ...checked.callbacks],
        backup,
        save: (folder) => this.save(folder),
        onProgress: (progress) => {
          this.state = training.stateAt(progress);
        },
      });
    } finally {
      this.busy = false;
      printed.close();
      // As in Keras, a learning rate that a callback has set stays.
      if (this.state) this.compiled = { ...this.compiled, optimizer: this.state.optimizer };
    }
  }

  /**
   * Loss and accuracy on any rows.
   * @param inputs `[N, ...inputShape]`; uint8 images are divided by 255
   * @param targets class numbers `[N]` or a distribution over the classes for each row, `[N, classes]`
   * @param options with `{ outputs: true }` the result also has `probabilities` and `logits`, `[N, classes]`
   * @throws InklingError (argument, data)
   */
  evaluate(inputs: Tensor, targets: Targets, options: { outputs: true }): Promise<EvaluateOutputs>;
  evaluate(inputs: Tensor, targets: Targets, options?: EvaluateOptions): Promise<EvaluateResult>;
  async evaluate(
    inputs: Tensor,
    targets: Targets,
    options: EvaluateOptions = {},
  ): Promise<EvaluateResult | EvaluateOutputs> {
    this.forbidWhileBusy('evaluate');
    const { outputs } = checkEvaluateOptions(options);
    this.takeInputs('evaluate', inputs);
    checkTargetsGiven('evaluate', targets);
    checkRows(this.definition, { inputs, targets });
    const { loss, correct, rows, probabilities, logits } = await this.startedEngine().evaluate({ inputs, targets });
    const result = { loss, accuracy: correct / rows };
    return outputs ? { ...result, probabilities, logits } : result;
  }

  /** Probabilities `[N, classes]`, also where the model ends in logits. @throws InklingError (data) */
  async predict(inputs: Tensor): Promise<Tensor<Float32Array>> {
    return (await this.evaluateInputs('predict', inputs)).probabilities;
  }

  /**
   * What the last layer gives before softmax, `[N, classes]`: softmax of it is what `predict` gives, softmax of it
   * divided by a temperature are calibrated probabilities. @throws InklingError (data)
   */
  async predictLogits(inputs: Tensor): Promise<Tensor<Float32Array>> {
    return (await this.evaluateInputs('predictLogits', inputs)).logits;
  }

  /** The table of layers, shapes, parameters and work. */
  summary(options?: SummaryOptions): string {
    return formatSummary(this.definition, options);
  }

  /** What the engine executes for each training step and each evaluation step, one line a kernel call. */
  formatPrograms(): string {
    return this.startedEngine().programs.map(formatProgram).join('\n\n');
  }

  /** The number of weights, trained or not. @throws InklingError (model) before the input shape is known */
  countParams(): number {
    return countParameters(this.definition);
  }

  /**
   * Copies of all weights by path such as `conv2d/kernel`, in Keras's layout.
   * @throws InklingError (argument) while steps are being executed: call it between them, in a callback, or when they
   * have ended
   */
  getWeights(): WeightValues {
    return this.startedEngine().weights();
  }

  /**
   * Takes other weights, all of them, by path; where one does not fit, all stay as they were.
   * @throws InklingError (argument) where a weight is missing or has the wrong number of values, and while the model
   * trains, evaluates or predicts; in a callback, `control.setWeights` does it
   */
  setWeights(values: WeightValues): void {
    this.forbidWhileBusy('setWeights', ', or call control.setWeights in a callback');
    this.startedEngine().setWeights(values);
  }

  /**
   * What goes on training needs beside the weights; undefined before the first step.
   * @throws InklingError (argument) while steps are being executed
   */
  trainingState(): OptimizerState | undefined {
    this.forbidAfterDispose();
    if (!this.state) return undefined;
    return { tensors: this.optimizerState(), metadata: writeTrainingState(this.state) };
  }

  /**
   * Writes `model.json`, `model.safetensors` and, once trained, the optimizer's state: the model as it stands when the
   * predictions and evaluations asked for before have ended, or, in a callback, after the steps so far.
   * @throws InklingError (file), (argument) while steps are being trained
   */
  async save(folder: string, extras: Extras = {}): Promise<void> {
    readOptions('argument', 'save', extras, Object.keys(extraNames));
    const copy = () => ({ weights: this.getWeights(), optimizer: this.trainingState() });
    const engine = this.startedEngine();
    if (this.busy) engine.forbidWhileAtWork('save');
    const { weights, optimizer } = this.busy ? copy() : await engine.between(copy);
    await saveModel(folder, this.definition, weights, { ...extras, optimizer });
  }

  /**
   * Ends the threads and lets memory and weights go. Whatever needs them fails from then on and says that the model was
   * disposed; to dispose it again does nothing. `using model = new Sequential(...)` does it at the end of a block. A
   * model that nobody holds any more is cleared away without it, but only when the garbage is collected.
   * @throws InklingError (argument) while the model trains, evaluates or predicts: wait for that to end
   */
  dispose(): void {
    this.forbidWhileBusy('dispose');
    this.engine?.dispose();
    this.engine = undefined;
    this.state = undefined;
    this.loaded = undefined;
    this.disposed = true;
  }

  /** The same as `dispose`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Looks at inputs before anything else does; the first that come decide the input shape where none was given. */
  private takeInputs(action: string, inputs: Tensor): void {
    checkInputs(action, inputs, this.defined?.config.inputShape);
    this.build(inputs.shape.slice(1));
  }

  private evaluateInputs(action: string, inputs: Tensor): Promise<EvaluatedRows> {
    this.forbidWhileBusy(action);
    this.takeInputs(action, inputs);
    checkRows(this.definition, { inputs });
    return this.startedEngine().evaluate({ inputs });
  }

  private optimizerState(): ReadonlyMap<string, Tensor<Float32Array>> {
    const current = this.engine?.optimizerState();
    return current && current.size > 0 ? current : (this.loaded?.tensors ?? new Map());
  }

  private startedEngine(): Engine {
    this.forbidAfterDispose();
    if (!this.engine) {
      const { definition: model, seed } = this;
      const { threads, arithmetic, vectorBits, loss } = this.compiled;
      this.engine = new Engine(model, { threads, arithmetic, vectorBits, labelSmoothing: loss.labelSmoothing });
      this.engine.setWeights(initialWeights(model, seed));
    }
    return this.engine;
  }

  private forbidAfterDispose(): void {
    if (this.disposed) throw disposedError(this.name);
  }

  private forbidWhileBusy(action: string, instead = ''): void {
    if (this.busy) {
      throw new InklingError('argument', `${action}: the model is being trained. Wait for fit to end${instead}.`);
    }
  }
}
