/** Tells the page of a training, as much as its open views show; waits where it was asked to; changes what was asked for. */

import {
  type Callback,
  confusionMatrix,
  type EpochLogs,
  evenlySpaced,
  type LabelledImages,
  type Model,
  predictedClasses,
  Sequential,
  type StepLogs,
  select,
  type TrainingControl,
  type WeightValues,
} from 'inkling';
import type { ConductorContext } from '../protocol.js';
import type { TrainingChange, TrainingSnapshot } from '../topics/training.js';
import { type UnitActivity, UnitWatch } from './dead-units.js';
import type { Pause } from './pause.js';
import { type WeightHistogram, weightHistograms } from './weight-histogram.js';

declare module '../protocol.js' {
  interface ConductorEvents {
    /** At most twice a second. */
    'training.layers': LayersSnapshot;
  }
}

/** Parts of the page that show how the network stands. What is folded is not computed. */
export type ViewName = 'pinned' | 'filters' | 'histograms' | 'units' | 'confusion';

/** What is undefined was folded, and not computed. */
export interface LayersSnapshot {
  readonly step: number;
  readonly histograms: readonly WeightHistogram[] | undefined;
  readonly units: readonly UnitActivity[] | undefined;
}

/** The training that is watched. */
export interface Watched {
  readonly model: Model;
  readonly seed: number;
  readonly classes: number;
  readonly pinned: LabelledImages;
  /** The images set aside for validation. */
  readonly held: LabelledImages;
  readonly pause: Pause;
  readonly changes: TrainingChange[];
  /** Asked each time: views are folded and opened meanwhile. */
  views(): ReadonlySet<ViewName>;
  /** A learning rate that was asked for, once. */
  takeRate(): number | undefined;
}

const snapshotMilliseconds = 200;
const layersMilliseconds = 500;
/** Of the validation images, those that a unit may be activated by. */
const imagesForUnits = 64;
/** In this time two thirds of the speed that is shown are new. */
const speedMilliseconds = 2000;

const allViews: ReadonlySet<ViewName> = new Set(['pinned', 'filters', 'histograms', 'units', 'confusion']);

export class TrainingWatch implements Callback {
  private readonly watched: Watched;
  private readonly context: ConductorContext;
  /** A network beside the one that trains, with its weights of the moment. */
  private readonly viewer: Sequential;
  private readonly units: UnitWatch;
  private readonly snapshots = new Pace(snapshotMilliseconds);
  private readonly layers = new Pace(layersMilliseconds);
  private step = 0;
  private imagesPerSecond = 0;
  private imagesSince = 0;
  private since = 0;

  constructor(watched: Watched, context: ConductorContext) {
    const { model, seed, held } = watched;
    this.watched = watched;
    this.context = context;
    this.viewer = new Sequential(model.config, { seed });
    this.viewer.compile({ threads: 1, loss: 'sparseCategoricalCrossentropy' });
    this.units = new UnitWatch(model, select(held, evenlySpaced(held.labels.length, imagesForUnits)).images);
  }

  onTrainBegin(): void {
    this.since = performance.now();
  }

  async onSteps(steps: readonly StepLogs[], control: TrainingControl): Promise<void> {
    this.context.emit('training.steps', steps);
    this.step = steps[steps.length - 1].step;
    this.imagesSince += steps.reduce((sum, { images }) => sum + images, 0);
    await this.look(control, this.watched.views());
    let hasWaited = false;
    const isSingle = await this.watched.pause.wait(() => {
      hasWaited = true;
      return this.look(control, this.watched.views());
    });
    if (isSingle) control.limitSteps(1);
    if (hasWaited) this.measureAnew();
    this.change(control);
  }

  async onEpochEnd(_: number, logs: EpochLogs, control: TrainingControl): Promise<void> {
    const { held, classes } = this.watched;
    let confusion: readonly (readonly number[])[] | undefined;
    if (this.watched.views().has('confusion')) {
      this.viewer.setWeights(control.getWeights());
      const probabilities = await this.viewer.predict(held.images);
      confusion = confusionMatrix(held.labels, predictedClasses(probabilities), classes);
    }
    this.context.emit('training.epoch', { logs, confusion });
  }

  /** The last look is at everything: what is folded now may be opened later, when no training is there to ask. */
  async onTrainEnd(_: EpochLogs | undefined, control: TrainingControl): Promise<void> {
    this.snapshots.forget();
    this.layers.forget();
    await this.look(control, allViews);
  }

  dispose(): void {
    this.viewer.dispose();
    this.units.dispose();
  }

  /** @returns in how many milliseconds there is more to be shown of this step; undefined where there is nothing */
  private async look(control: TrainingControl, views: ReadonlySet<ViewName>): Promise<number | undefined> {
    let copy: WeightValues | undefined;
    const weights = () => {
      copy ??= control.getWeights();
      return copy;
    };
    const key = (...names: ViewName[]) => `${this.step} ${names.filter((name) => views.has(name))}`;
    const waits = [
      await this.snapshots.take(key('pinned', 'filters'), () => this.tellSnapshot(weights, views)),
      await this.layers.take(key('histograms', 'units'), () => this.tellLayers(weights, views)),
    ];
    const later = waits.filter((milliseconds) => milliseconds !== undefined);
    return later.length > 0 ? Math.min(...later) : undefined;
  }

  private async tellSnapshot(weights: () => WeightValues, views: ReadonlySet<ViewName>): Promise<void> {
    const { model, pinned } = this.watched;
    const { step, imagesPerSecond } = { step: this.step, imagesPerSecond: this.speed() };
    let answers: Float32Array | undefined;
    if (views.has('pinned')) {
      this.viewer.setWeights(weights());
      answers = (await this.viewer.predict(pinned.images)).data;
    }
    const filters = views.has('filters') ? filtersOf(model, weights()) : undefined;
    this.context.emit('training.snapshot', { step, imagesPerSecond, filters, pinned: answers });
  }

  private async tellLayers(weights: () => WeightValues, views: ReadonlySet<ViewName>): Promise<void> {
    const histograms = views.has('histograms') ? weightHistograms(this.watched.model, weights()) : undefined;
    const units = views.has('units') ? await this.units.look(weights()) : undefined;
    if (histograms || units) this.context.emit('training.layers', { step: this.step, histograms, units });
  }

  /** With all that is done between steps; pauses are left out. */
  private speed(): number {
    const now = performance.now();
    const milliseconds = now - this.since;
    if (this.imagesSince === 0 || milliseconds < snapshotMilliseconds / 2) return this.imagesPerSecond;
    const latest = (1000 * this.imagesSince) / milliseconds;
    const share = this.imagesPerSecond === 0 ? 1 : 1 - Math.exp(-milliseconds / speedMilliseconds);
    this.imagesPerSecond += share * (latest - this.imagesPerSecond);
    this.since = now;
    this.imagesSince = 0;
    return this.imagesPerSecond;
  }

  private measureAnew(): void {
    this.since = performance.now();
    this.imagesSince = 0;
  }

  private change(control: TrainingControl): void {
    const value = this.watched.takeRate();
    if (value === undefined) return;
    control.setLearningRate(value);
    const change: TrainingChange = { step: this.step + 1, name: 'learningRate', value };
    this.watched.changes.push(change);
    this.context.emit('training.change', change);
  }
}

/** Lets something be told so often and no oftener, and not twice of the same. */
class Pace {
  private readonly milliseconds: number;
  private last = Number.NEGATIVE_INFINITY;
  private told: string | undefined;

  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  forget(): void {
    this.last = Number.NEGATIVE_INFINITY;
    this.told = undefined;
  }

  /** @returns in how many milliseconds it may be told; undefined where it was */
  async take(key: string, tell: () => Promise<void>): Promise<number | undefined> {
    if (key === this.told) return undefined;
    const left = this.last + this.milliseconds - performance.now();
    if (left > 0) return left;
    await tell();
    this.told = key;
    this.last = performance.now();
    return undefined;
  }
}

function filtersOf(model: Model, weights: WeightValues): TrainingSnapshot['filters'] {
  const first = model.layers.find(({ weights: own }) => own.some(({ shape }) => shape.length === 4));
  const kernel = first?.weights.find(({ shape }) => shape.length === 4);
  const data = kernel && weights.get(kernel.path);
  return data && { shape: kernel.shape, data };
}
