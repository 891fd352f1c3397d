/** What the studio keeps in this browser: one database, opened when something is first kept or looked for. */

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** A drawing with its right label. */
export interface OwnDigit {
  readonly id: string;
  readonly label: number;
  /** The class that the network answered when it was drawn; null where it had no answer, or nobody asked. */
  readonly answer: string | null;
  /** In milliseconds, as `Date.now()` has it. */
  readonly time: number;
  /** What was drawn, as a PNG file; left out of those that were brought in from elsewhere. */
  readonly picture?: Blob;
  /** What the network saw: 28 by 28 pixels, light on dark. */
  readonly image: Uint8Array<ArrayBuffer>;
}

/** A run's folder, in two parts: what a list of runs needs, and the network, which is large. */
export interface StoredRun {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** When it was kept, in milliseconds, as `Date.now()` has it. */
  readonly time: number;
  /** By name: all but the model's. */
  readonly files: Files;
}

export interface StoredModel {
  /** The run's. */
  readonly id: string;
  /** `model.json` and `model.safetensors`. */
  readonly files: Files;
}

export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

interface StudioSchema extends DBSchema {
  digits: { key: string; value: OwnDigit };
  runs: { key: string; value: StoredRun };
  models: { key: string; value: StoredModel };
}

export type StudioDatabase = IDBPDatabase<StudioSchema>;

let opened: Promise<StudioDatabase> | undefined;

/** @throws where the browser keeps nothing for this page, as some do in private windows */
export function database(): Promise<StudioDatabase> {
  opened ??= openDB<StudioSchema>('inkling-studio', 1, {
    upgrade(made) {
      for (const store of ['digits', 'runs', 'models'] as const) made.createObjectStore(store, { keyPath: 'id' });
    },
    // A newer page waits for this one to let go.
    blocking: (_, __, event) => {
      (event.target as IDBDatabase).close();
      opened = undefined;
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

/** Why something could not be kept, as a sentence that ends in what to do. */
export function storageProblem(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') {
    return "The browser's storage for this page is full. Export what is kept and delete some of it, or make room on the disk.";
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `The browser keeps nothing for this page (${reason}). Private windows and blocked site data are the usual causes: allow site data, or export what you want to keep.`;
}
