/** The training that the page shows: its setting, its state, and what the conductor told of it. */

import { batch, computed, effect, signal } from '@preact/signals';
import type { StepLogs } from 'inkling';
import { ask, listen } from '../conductor/client.js';
import type {
  EpochResult,
  TrainingBegin,
  TrainingChange,
  TrainingResult,
  TrainingSnapshot,
} from '../conductor/topics/training.js';
import type { LayersSnapshot } from '../conductor/watch/training-watch.js';
import { announce } from '../shell/announcer.js';
import { messageOf, notify } from '../shell/notices.js';
import { trainingThreads } from '../state/engine-status.js';
import { isTraining } from '../state/is-training.js';
import { claimTraining } from '../state/training-claim.js';
import { inspectNetwork } from './network/network.js';
import { configOf, stepsPerEpoch, type TrainingConfig, validationImagesOf } from './training-config.js';
import { openViews } from './views.js';

export type TrainingStatus = 'idle' | 'starting' | 'running' | 'paused' | 'stopping' | 'ended';

export const config = signal<TrainingConfig>(configOf('fast'));
export const status = signal<TrainingStatus>('idle');
/** Why it did not begin, or broke off. */
export const problem = signal<string | undefined>(undefined);
export const begun = signal<TrainingBegin | undefined>(undefined);
/** The configuration of what runs or has run. */
export const trained = signal<TrainingConfig | undefined>(undefined);
export const snapshot = signal<TrainingSnapshot | undefined>(undefined);
export const layers = signal<LayersSnapshot | undefined>(undefined);
export const epochs = signal<readonly EpochResult[]>([]);
export const changes = signal<readonly TrainingChange[]>([]);
export const result = signal<TrainingResult | undefined>(undefined);

/** Every step so far; of epochs before a break one for all. It grows in place; `stepCount` says that it did. */
export const steps: StepLogs[] = [];
export const stepCount = signal(0);

export const isActive = computed(() => ['starting', 'running', 'paused', 'stopping'].includes(status.value));
effect(() => {
  isTraining.value = isActive.value;
});
export const totalSteps = computed(() => (trained.value ? trained.value.epochs * stepsPerEpoch(trained.value) : 0));

listen('training.steps', (logs) => {
  steps.push(...logs);
  const last = steps.at(-1);
  stepCount.value = last ? last.step + 1 : 0;
  if (status.peek() === 'paused' && last)
    announce(`Step ${last.step + 1} of ${totalSteps.peek()}, loss ${last.loss.toFixed(3)}`);
});
listen('training.snapshot', (one) => {
  // What is folded now stays as it was.
  const before = snapshot.peek();
  snapshot.value = { ...one, filters: one.filters ?? before?.filters, pinned: one.pinned ?? before?.pinned };
});
listen('training.layers', (one) => {
  const before = layers.peek();
  layers.value = { ...one, histograms: one.histograms ?? before?.histograms, units: one.units ?? before?.units };
});
effect(() => {
  const open = openViews.value;
  if (isActive.peek()) void ask('training', 'show', open);
});
listen('training.epoch', (one) => {
  epochs.value = [...epochs.peek(), one];
  const { epoch, valAccuracy } = one.logs;
  const said = valAccuracy === undefined ? '' : `, validation accuracy ${(100 * valAccuracy).toFixed(2)} per cent`;
  announce(`Epoch ${epoch} of ${trained.peek()?.epochs} ended${said}`);
});
listen('training.change', (change) => {
  changes.value = [...changes.peek(), change];
});
listen('training.restored', (before) => {
  const setting = trained.peek()!;
  const images = setting.images - validationImagesOf(setting);
  const perEpoch = stepsPerEpoch(setting);
  for (const { logs } of before.epochs) steps.push({ ...logs, step: logs.epoch * perEpoch - 1, images });
  batch(() => {
    epochs.value = before.epochs;
    changes.value = before.changes;
    stepCount.value = before.epochs.length * perEpoch;
  });
});
listen('training.notice', notify);

/**
 * Begins a training with the configuration as it stands, and waits for its end.
 * @param goesOn whether from where the kept one was broken off
 */
export async function train({ goesOn = false } = {}): Promise<void> {
  const misfit = inspectNetwork(config.peek()).problem;
  if (!goesOn && misfit !== undefined) {
    problem.value = misfit;
    return;
  }
  batch(() => {
    status.value = 'starting';
    problem.value = undefined;
    begun.value = undefined;
    result.value = undefined;
    snapshot.value = undefined;
    layers.value = undefined;
    epochs.value = [];
    changes.value = [];
    steps.length = 0;
    stepCount.value = 0;
    trained.value = config.peek();
  });
  let release = () => {};
  try {
    release = await claimTraining();
    begun.value = await ask('training', 'start', {
      config: config.peek(),
      threads: trainingThreads,
      views: openViews.peek(),
      goesOn,
    });
    status.value = 'running';
    announce(goesOn ? 'Training goes on' : 'Training has begun');
    result.value = await ask('training', 'result', undefined);
    status.value = 'ended';
    keep(result.value, trained.peek()!);
    announce(`Training has ended, test accuracy ${(100 * result.value.test.accuracy).toFixed(2)} per cent`);
  } catch (error) {
    batch(() => {
      problem.value = messageOf(error);
      status.value = 'idle';
    });
  } finally {
    release();
  }
}

/** What has ended is among the runs; what keeps them is loaded when there is one. */
function keep({ files, changes: made }: TrainingResult, setting: TrainingConfig): void {
  import('../runs/runs-state.js')
    .then(({ keepTraining }) => keepTraining(files, setting, made))
    .catch((error: unknown) => notify(`The training could not be kept among the runs: ${messageOf(error)}`));
}

export async function pause(): Promise<void> {
  status.value = 'paused';
  await ask('training', 'pause', undefined);
}

export async function goOn(): Promise<void> {
  status.value = 'running';
  await ask('training', 'goOn', undefined);
}

/** While it is paused: trains one step, and is paused again. */
export async function step(): Promise<void> {
  await ask('training', 'step', undefined);
}

export async function stop(): Promise<void> {
  status.value = 'stopping';
  await ask('training', 'stop', undefined);
}

export async function setLearningRate(value: number): Promise<void> {
  await ask('training', 'setLearningRate', value);
}
