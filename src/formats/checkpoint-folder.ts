/**
 * The checkpoints of a training that is running: a folder with a safetensors file for each, named after the number of
 * steps that were done, or the same bytes in a storage of the caller's. What their tensors and metadata mean is the training's affair. Each holds a SHA-256 of all that
 * is in it, so that one which is damaged is never gone on from. docs/long-trainings.md tells what they are for.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { sha256 } from '../numerics/sha256.js';
import type { CheckpointStorage } from '../platform/checkpoint-storage.js';
import { readSafetensors, type SafetensorsContent, writeSafetensors } from './safetensors.js';

/** Where the checkpoints of a run, or of a trial, are in its folder. */
export const checkpointsName = 'checkpoints';

const checkpointName = /^checkpoint-(\d{10,})\.safetensors$/;
const sumKey = 'sha256';
const versionKey = 'checkpointVersion';
const version = '1';

/** The newest checkpoint that is whole. */
export interface FoundCheckpoint {
  readonly path: string;
  readonly content: SafetensorsContent;
  /** A sentence for each newer one that cannot be used. */
  readonly damaged: readonly string[];
}

/** Where one of the kept checkpoints is: a path, or words for messages. */
interface ListedCheckpoint {
  readonly path: string;
  readonly steps: number;
}

class Checkpoints {
  private readonly storage: CheckpointStorage;
  /** For messages. */
  private readonly name: string;
  private readonly pathOf: (steps: number) => string;

  constructor(storage: CheckpointStorage, name: string, pathOf: (steps: number) => string) {
    this.storage = storage;
    this.name = name;
    this.pathOf = pathOf;
  }

  /**
   * Writes a checkpoint. The ones before stay until it is there; then all go but the newest.
   * @param steps done so far
   * @param keep how many stay
   * @throws InklingError (file)
   */
  async write(steps: number, { tensors, metadata }: SafetensorsContent, keep: number): Promise<void> {
    const versioned = { ...metadata, [versionKey]: version };
    const sum = await sha256(writeSafetensors(tensors, versioned));
    await this.asked('written', this.storage.write(steps, writeSafetensors(tensors, { ...versioned, [sumKey]: sum })));
    await this.prune(keep, steps);
  }

  /**
   * Removes all but the newest.
   * @param newest number of steps; what lies beyond is of a training that was gone back behind
   */
  async prune(keep: number, newest = Number.POSITIVE_INFINITY): Promise<void> {
    const found = await this.list();
    const past = found.filter(({ steps }) => steps <= newest);
    const kept = new Set(past.slice(0, keep));
    for (const checkpoint of found.filter((one) => !kept.has(one))) {
      // One that cannot be removed takes room, and the next one tries again.
      await this.storage.remove(checkpoint.steps).catch(() => {});
    }
  }

  /**
   * @returns undefined where there is none
   * @throws InklingError (file) where there are some and all are damaged
   */
  async readNewest(): Promise<FoundCheckpoint | undefined> {
    const damaged: string[] = [];
    for (const { path, steps } of await this.list()) {
      try {
        const bytes = await this.asked('read', this.storage.read(steps));
        return { path, content: await checkedContent(bytes, path), damaged };
      } catch (error) {
        if (!(error instanceof InklingError) || error.kind !== 'file') throw error;
        damaged.push(error.message);
      }
    }
    if (damaged.length === 0) return undefined;
    throw new InklingError(
      'file',
      `None of the checkpoints in ${this.name} can be used. ${damaged.join(' ')} Begin the training anew in another folder, or put a copy of one back.`,
    );
  }

  /** Newest first; none where there is no such folder. */
  async list(): Promise<ListedCheckpoint[]> {
    const kept = await this.asked('listed', this.storage.list());
    return [...kept].sort((one, other) => other - one).map((steps) => ({ steps, path: this.pathOf(steps) }));
  }

  /** What a storage fails with is an error like those of files. */
  private async asked<Result>(what: string, answer: Promise<Result>): Promise<Result> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof InklingError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new InklingError('file', `${this.name}: a checkpoint could not be ${what} (${reason}).`, { cause: error });
    }
  }
}

/** The checkpoints in a folder, which need not be there yet, or in a storage. */
export function openCheckpoints(place: string | CheckpointStorage): Checkpoints {
  if (typeof place !== 'string') {
    return new Checkpoints(place, 'the storage of checkpoints', (steps) => `the checkpoint after ${steps} steps`);
  }
  const pathOf = (steps: number) =>
    platform.joinPath(place, `checkpoint-${String(steps).padStart(10, '0')}.safetensors`);
  return new Checkpoints(filesIn(place, pathOf), place, pathOf);
}

function filesIn(folder: string, pathOf: (steps: number) => string): CheckpointStorage {
  return {
    async list() {
      const entries = (await platform.listFolder(folder)) ?? [];
      return entries.flatMap(({ name }) => {
        const steps = checkpointName.exec(name)?.[1];
        return steps === undefined ? [] : [Number(steps)];
      });
    },
    read: (steps) => platform.readFile(pathOf(steps)),
    write: (steps, bytes) => platform.writeFile(pathOf(steps), bytes),
    remove: (steps) => platform.removeFile(pathOf(steps)),
  };
}

async function checkedContent(bytes: Uint8Array, path: string): Promise<SafetensorsContent> {
  const content = readSafetensors(bytes, path);
  const { [sumKey]: sum, ...metadata } = content.metadata;
  if (metadata[versionKey] !== version) {
    throw new InklingError(
      'file',
      `${path} is no checkpoint that this version of Inkling reads: expected ${versionKey} ${version}. Received: ${metadata[versionKey]}.`,
    );
  }
  // Equal content gives equal bytes: written anew, it has the sum that it had.
  if ((await sha256(writeSafetensors(content.tensors, metadata))) !== sum) {
    throw new InklingError('file', `${path} is damaged: what is in it does not have the SHA-256 that it says.`);
  }
  return { tensors: content.tensors, metadata };
}
