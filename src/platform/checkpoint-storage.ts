/** Where `BackupAndRestore` keeps checkpoints, where that is no folder. */

/**
 * Keeps the bytes of checkpoints by the number of steps that each follows, such as in a page's IndexedDB. Whatever it
 * fails with is told as files that cannot be written or read are. Bytes that come back changed are noticed.
 * @example
 * ```ts
 * const kept = new Map<number, Uint8Array>();
 * const storage: CheckpointStorage = {
 *   list: async () => [...kept.keys()],
 *   read: async (steps) => kept.get(steps)!,
 *   write: async (steps, bytes) => void kept.set(steps, bytes),
 *   remove: async (steps) => void kept.delete(steps),
 * };
 * await model.fit(train.images, train.labels, { epochs: 100, callbacks: [new BackupAndRestore({ storage })] });
 * ```
 */
export interface CheckpointStorage {
  /** The numbers of steps of those that are kept, in any order. */
  list(): Promise<readonly number[]>;
  read(steps: number): Promise<Uint8Array>;
  /** Resolves when the bytes would survive a crash. One of the same number is replaced, whole or not at all. */
  write(steps: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(steps: number): Promise<void>;
}

const methods = ['list', 'read', 'write', 'remove'] as const;

export function isCheckpointStorage(value: unknown): value is CheckpointStorage {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Partial<CheckpointStorage>;
  return methods.every((name) => typeof given[name] === 'function');
}
