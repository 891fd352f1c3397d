/** What the page must know before it trains: whether another tab does, and whether a training was broken off. */

import { effect, signal } from '@preact/signals';
import { messageOf, notify } from '../shell/notices.js';
import { discardKeptTraining, type KeptTraining, keptTraining } from '../state/kept-training.js';
import { isTrainingClaimed, onTrainingClaimed, trainingUnclaimed } from '../state/training-claim.js';
import { config, isActive, train } from './training-state.js';

export const trainsElsewhere = signal(false);
export const brokenOff = signal<KeptTraining | undefined>(undefined);

let isWaiting = false;

async function look(): Promise<void> {
  if (isActive.peek() || isWaiting) return;
  if (await isTrainingClaimed()) {
    if (isActive.peek()) return;
    trainsElsewhere.value = isWaiting = true;
    brokenOff.value = undefined;
    await trainingUnclaimed();
    trainsElsewhere.value = isWaiting = false;
    return look();
  }
  // Where the browser keeps nothing there is nothing to offer.
  const found = await keptTraining().catch(() => undefined);
  if (!isActive.peek()) brokenOff.value = found;
}

/** Looks now, whenever a tab begins to train, and when a training has ended here. @returns ends it */
export function watchUnfinished(): () => void {
  const stopListening = onTrainingClaimed(() => void look());
  const stopLooking = effect(() => {
    if (isActive.value) brokenOff.value = undefined;
    else void look();
  });
  return () => {
    stopListening();
    stopLooking();
  };
}

/** Trains on from the last epoch that was kept. */
export async function resume({ config: kept }: KeptTraining): Promise<void> {
  config.value = kept;
  await train({ goesOn: true });
}

export async function discard(): Promise<void> {
  try {
    await discardKeptTraining();
    brokenOff.value = undefined;
  } catch (error) {
    notify(`The broken-off training could not be discarded: ${messageOf(error)}`);
  }
}
