/** Remembers what the page was told of a training's epochs, so that it is told again where the training goes on. */

import type { Callback } from 'inkling';
import type { ConductorContext } from '../protocol.js';
import type { EpochResult, TrainingChange } from '../topics/training.js';

declare module '../protocol.js' {
  interface ConductorEvents {
    /** What was before the training was broken off. */
    'training.restored': TrainingPast;
  }
}

/** What the page has seen of a training, epoch by epoch. */
export interface TrainingPast {
  readonly epochs: readonly EpochResult[];
  readonly changes: readonly TrainingChange[];
}

export interface RememberedPast {
  /** Tells the page, and remembers the epochs. */
  readonly context: ConductorContext;
  /** A plain object: checkpoints name callbacks by their class, and the names of classes do not outlive a build. */
  readonly callback: Callback;
  /** Of the epochs before a break. */
  seconds: number;
}

/** @param changes of the learning rate, as they are made; those before a break are added */
export function rememberPast(context: ConductorContext, changes: TrainingChange[]): RememberedPast {
  const epochs: EpochResult[] = [];
  const past: RememberedPast = {
    context: {
      emit(name, event, transfer) {
        if (name === 'training.epoch') epochs.push(event as EpochResult);
        context.emit(name, event, transfer);
      },
    },
    callback: {
      // One that hears nothing is refused.
      onTrainEnd() {},
      getState: () => ({ values: { epochs: [...epochs], changes: [...changes] } }),
      setState({ values }) {
        const before = values as unknown as TrainingPast;
        epochs.push(...before.epochs);
        changes.push(...before.changes);
        past.seconds = before.epochs.reduce((sum, { logs }) => sum + logs.seconds, 0);
        context.emit('training.restored', before);
      },
    },
    seconds: 0,
  };
  return past;
}
