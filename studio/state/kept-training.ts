/**
 * The training that runs, kept in this browser after each epoch, so that it can go on when its page was closed. One at
 * a time: a new one takes its place.
 */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { CheckpointStorage } from 'inkling';
import type { TrainingConfig } from '../train/training-config.js';

/** A training that has not ended. */
export interface KeptTraining {
  readonly config: TrainingConfig;
  /** Steps that need not be done again. */
  readonly steps: number;
}

interface KeptCheckpoint extends KeptTraining {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface TrainingSchema extends DBSchema {
  checkpoints: { key: number; value: KeptCheckpoint };
}

let opened: Promise<IDBPDatabase<TrainingSchema>> | undefined;

/** Of its own, so that nothing else that is kept, in whatever version, closes it while a training writes to it. */
function database(): Promise<IDBPDatabase<TrainingSchema>> {
  opened ??= openDB<TrainingSchema>('inkling-studio-training', 1, {
    upgrade(made) {
      made.createObjectStore('checkpoints', { keyPath: 'steps' });
    },
    terminated: () => {
      opened = undefined;
    },
  }).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** @throws where the browser keeps nothing for this page, as some do in private windows */
export async function keptTraining(): Promise<KeptTraining | undefined> {
  const cursor = await (await database()).transaction('checkpoints').store.openCursor(null, 'prev');
  return cursor ? { config: cursor.value.config, steps: cursor.value.steps } : undefined;
}

/** @throws where the browser keeps nothing for this page */
export async function discardKeptTraining(): Promise<void> {
  await (await database()).clear('checkpoints');
}

/**
 * Where a training keeps its checkpoints.
 * @param fail hears why one could not be written: the training goes on without it
 */
export function checkpointStorage(config: TrainingConfig, fail: (error: unknown) => void): CheckpointStorage {
  return {
    list: async () => (await database()).getAllKeys('checkpoints'),
    async read(steps) {
      const found = await (await database()).get('checkpoints', steps);
      if (!found) throw new Error('it is not there any more');
      return found.bytes;
    },
    async write(steps, bytes) {
      try {
        const { store, done } = (await database()).transaction('checkpoints', 'readwrite', { durability: 'strict' });
        await Promise.all([store.put({ steps, config, bytes }), done]);
      } catch (error) {
        fail(error);
      }
    },
    remove: async (steps) => (await database()).delete('checkpoints', steps),
  };
}
