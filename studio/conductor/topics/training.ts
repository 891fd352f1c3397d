/** One training at a time: starts, pauses, steers and ends it, and tells how far it is. */

import {
  BackupAndRestore,
  type Calibration,
  calibrateModel,
  type Dataset,
  type EpochLogs,
  type EvaluationReport,
  evaluatePredictions,
  type LabelledImages,
  recipe,
  runFiles,
  Sequential,
  type StepLogs,
  select,
  stratifiedSplit,
  take,
  type WeightValues,
  weightsSha256,
} from 'inkling';
import { checkpointStorage, discardKeptTraining } from '../../state/kept-training.js';
import { modelOf } from '../../train/network/network.js';
import { optimizerOf, type TrainingConfig, validationImagesOf } from '../../train/training-config.js';
import type { ConductorContext } from '../protocol.js';
import { runRecordOf } from '../run-record.js';
import { rememberPast } from '../watch/past.js';
import { Pause } from '../watch/pause.js';
import { TrainingWatch, type ViewName } from '../watch/training-watch.js';
import { loadedMnist } from './data.js';

declare module '../protocol.js' {
  interface ConductorEvents {
    /** Steps since the last of these events. */
    'training.steps': readonly StepLogs[];
    /** At most five a second. */
    'training.snapshot': TrainingSnapshot;
    'training.epoch': EpochResult;
    'training.change': TrainingChange;
    /** A sentence about what is kept of it. */
    'training.notice': string;
  }
}

/** How the network stands in the midst of a training. What is folded in the page is undefined. */
export interface TrainingSnapshot {
  readonly step: number;
  readonly imagesPerSecond: number;
  /** Kernels of the first convolution, `[height, width, channels, filters]`; undefined where the model has none. */
  readonly filters: { readonly shape: readonly number[]; readonly data: Float32Array } | undefined;
  /** `[pinned, classes]`: what it says of the pinned images. */
  readonly pinned: Float32Array | undefined;
}

export interface EpochResult {
  readonly logs: EpochLogs;
  /** Of the validation images, `[actual][predicted]`; undefined where it was folded in the page. */
  readonly confusion: readonly (readonly number[])[] | undefined;
}

/** What somebody changed while it ran. */
export interface TrainingChange {
  /** From which step on, counted from 0. */
  readonly step: number;
  readonly name: 'learningRate';
  readonly value: number;
}

/** A few test images that a training is watched by: two of each class. They are looked at, and decide nothing. */
export interface PinnedImages {
  readonly labels: Uint8Array;
  /** 0 to 255, row by row, one image behind the other. */
  readonly data: Uint8Array;
  readonly shape: readonly number[];
}

export interface TrainingBegin {
  readonly threads: number;
  readonly arithmetic: 'plain' | 'fused';
  readonly parameters: number;
  readonly pinned: PinnedImages;
}

export interface TrainingResult {
  readonly outcome: 'finished' | 'stopped';
  readonly weightsSha256: string;
  readonly weights: WeightValues;
  readonly epochs: readonly EpochLogs[];
  /** What was changed while it ran: with any of it, the command does not repeat the training. */
  readonly changes: readonly TrainingChange[];
  readonly seconds: number;
  /** Fitted on the validation images; undefined where they are too few to say something. */
  readonly calibration: Calibration | undefined;
  /** The test images, read once. */
  readonly test: EvaluationReport;
  /** By name: what the command line reads as a run's folder. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

interface Running {
  readonly model: Sequential;
  readonly dataset: Dataset;
  readonly config: TrainingConfig;
  readonly pinned: LabelledImages;
  readonly stop: AbortController;
  readonly changes: TrainingChange[];
  readonly pause: Pause;
  nextRate: number | undefined;
  result: Promise<TrainingResult> | undefined;
}

let running: Running | undefined;
/** What the page shows now. */
let views: ReadonlySet<ViewName> = new Set();

const pinnedOfEachClass = 2;
/** Fewer validation images say too little of how far to trust an answer. */
const leastToCalibrate = 100;

export interface StartInput {
  readonly config: TrainingConfig;
  readonly threads: number;
  /** Whether from where the kept training was broken off; else that one is discarded. */
  readonly goesOn: boolean;
  /** Those that are open. */
  readonly views: readonly ViewName[];
}

export const training = {
  /** Loads what is needed and begins. @throws where one runs already or the configuration cannot be trained */
  async start({ config, threads, views: open, goesOn }: StartInput, context: ConductorContext): Promise<TrainingBegin> {
    training.show(open);
    const all = await loadedMnist();
    // Asked after the wait: of two that were asked for meanwhile, the second is refused.
    if (running) throw new Error('A training runs already: stop it first.');
    const dataset = { ...all, train: take(all.train, config.images) };
    const { loss } = recipe(config.recipe);
    const model = new Sequential(modelOf(config), { seed: config.seed });
    model.compile({ optimizer: optimizerOf(config), loss, metrics: ['accuracy'], threads });
    const pinned = pinnedImages(all.test);
    running = {
      model,
      dataset,
      config,
      pinned,
      stop: new AbortController(),
      changes: [],
      pause: new Pause(),
      nextRate: undefined,
      result: undefined,
    };
    running.result = run(running, goesOn, context);
    // Whoever asks for the result hears of a failure.
    running.result.catch(() => {});
    return {
      threads: model.threads,
      arithmetic: model.arithmetic,
      parameters: model.countParams(),
      pinned: { labels: Uint8Array.from(pinned.labels), data: pinned.images.data.slice(), shape: pinned.images.shape },
    };
  },

  /** What it came to, when it has ended. */
  async result(_: undefined): Promise<TrainingResult> {
    const current = running;
    if (!current?.result) throw new Error('No training runs.');
    try {
      const ended = await current.result;
      await discardKeptTraining().catch(() => {});
      return ended;
    } finally {
      if (running === current) running = undefined;
      current.model.dispose();
    }
  },

  pause(_: undefined): void {
    running?.pause.ask();
  },

  goOn(_: undefined): void {
    running?.pause.end();
  },

  /** While it is paused: one step, and it is paused again. */
  step(_: undefined): void {
    running?.pause.step();
  },

  /** Which views are open from now on. */
  show(open: readonly ViewName[]): void {
    views = new Set(open);
    running?.pause.stir();
  },

  /** Ends it after the running step; what it has reached is tested and kept. */
  stop(_: undefined): void {
    running?.stop.abort();
    training.goOn(undefined);
  },

  setLearningRate(value: number): void {
    if (!Number.isFinite(value) || value < 0) throw new Error('Expected a learning rate of at least 0.');
    if (running) running.nextRate = value;
  },
};

/** @returns undefined where this browser keeps nothing: it is told, and the training begins all the same */
async function backupOf(
  { config, dataset }: Running,
  goesOn: boolean,
  { emit }: ConductorContext,
): Promise<BackupAndRestore | undefined> {
  let isTold = false;
  const fail = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isTold) {
      emit(
        'training.notice',
        `What the training does is not kept from here on (${reason}); it goes on all the same. To have it kept, make room on the disk and allow this page to keep site data.`,
      );
    }
    isTold = true;
  };
  try {
    if (!goesOn) await discardKeptTraining();
  } catch (error) {
    fail(error);
    return undefined;
  }
  return new BackupAndRestore({
    storage: checkpointStorage(config, fail),
    everyEpoch: true,
    // Until what came of it has been handed over, nothing may be lost.
    deleteCheckpoint: false,
    // The number of images is compared beside it.
    dataSha256: dataset.sha256,
    notice: (message) => emit('training.notice', message),
  });
}

async function run(current: Running, goesOn: boolean, context: ConductorContext): Promise<TrainingResult> {
  const { model, dataset, config, stop, changes } = current;
  const { images, labels } = dataset.train;
  const validation = validationImagesOf(config);
  const held = select(dataset.train, stratifiedSplit(labels, validation, config.seed).validation);
  const past = rememberPast(context, changes);
  const watch = new TrainingWatch(
    {
      model: model.definition,
      seed: config.seed,
      classes: dataset.classNames.length,
      pinned: current.pinned,
      held,
      pause: current.pause,
      changes,
      views: () => views,
      takeRate() {
        const rate = current.nextRate;
        current.nextRate = undefined;
        return rate;
      },
    },
    past.context,
  );
  const start = performance.now();
  const startedAt = new Date();
  try {
    const backup = await backupOf(current, goesOn, context);
    const history = await model.fit(images, labels, {
      epochs: config.epochs,
      batchSize: config.batchSize,
      validationSplit: validation,
      augmentation: config.augmentation,
      callbacks: [watch, past.callback, ...(backup ? [backup] : [])],
      signal: stop.signal,
      verbose: 0,
    });
    const seconds = past.seconds + (performance.now() - start) / 1000;
    const weights = model.getWeights();
    const { test } = dataset;
    const { loss, probabilities, logits } = await model.evaluate(test.images, test.labels, { outputs: true });
    const evaluation = evaluatePredictions({ probabilities, labels: test.labels }, dataset.classNames, loss);
    const calibration =
      validation >= leastToCalibrate ? await calibrateModel(model, dataset.train, validation) : undefined;
    const isFinished = history.epochs.at(-1)?.epoch === config.epochs;
    const isChanged = changes.length > 0;
    const ended = { model, dataset, config, history, isFinished, isChanged, startedAt };
    return {
      outcome: isFinished ? 'finished' : 'stopped',
      weightsSha256: await weightsSha256(model.definition, weights),
      weights,
      epochs: history.epochs,
      changes,
      seconds,
      calibration,
      test: evaluation,
      files: await runFiles(runRecordOf({ ...ended, evaluation, probabilities, logits, calibration })),
    };
  } finally {
    watch.dispose();
  }
}

function pinnedImages(test: LabelledImages): LabelledImages {
  const found = new Map<number, number[]>();
  test.labels.forEach((label: number, index: number) => {
    const own = found.get(label) ?? [];
    found.set(label, own);
    if (own.length < pinnedOfEachClass) own.push(index);
  });
  const labels = [...found.keys()].sort((a, b) => a - b);
  return select(
    test,
    labels.flatMap((label) => found.get(label)!),
  );
}
