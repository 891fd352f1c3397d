/** The runs of a folder, whatever state they are in: one that cannot be read is among them, with the reason. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { loadModelDescription } from '../formats/model-file.js';
import { isAlive, readWriter } from '../platform/node-writer.js';
import { type MetricsLine, metricsFileName } from '../report/metrics-log.js';
import { readSavedRun } from '../report/saved-run.js';
import { lockFileName } from './claim-run-folder.js';
import type { RunOrder } from './run-orders.js';

/**
 * `finished`: it came to its end. `interrupted`: somebody ended it, and it was tested and written. `running`: a process
 * has its lock. `broken off`: it ended before its summary was written. `unreadable`: its summary is not what it should
 * be.
 */
export type RunState = 'finished' | 'interrupted' | 'running' | 'broken off' | 'unreadable';

/** What is unknown is null. */
export interface RunEntry {
  /** The folder's name. */
  readonly name: string;
  readonly folder: string;
  readonly state: RunState;
  /** Why it cannot be read, or what is known of a run without a summary. */
  readonly note: string | null;
  readonly model: string | null;
  /** Finished epochs, and how many were asked for. */
  readonly epochs: number | null;
  readonly requestedEpochs: number | null;
  /** Fractions. */
  readonly valAccuracy: number | null;
  readonly testAccuracy: number | null;
  readonly trainSeconds: number | null;
  /** ISO 8601, in UTC. */
  readonly startedAt: string | null;
}

/**
 * Lists the runs in a folder, or that run itself where the folder is one's.
 * @returns undefined where there is no such folder
 * @throws InklingError (file) where it cannot be listed
 */
export async function listRuns(parent: string): Promise<RunEntry[] | undefined> {
  const entries = await platform.listFolder(parent);
  if (entries === undefined) return undefined;
  const own = await entryOf(parent, parent);
  if (own) return [own];
  const runs: RunEntry[] = [];
  for (const { name, isFolder } of entries) {
    const entry = isFolder ? await entryOf(join(parent, name), name) : undefined;
    if (entry) runs.push(entry);
  }
  return runs;
}

const byName = new Intl.Collator('en', { numeric: true });

/** The newest first, the most accurate first, the quickest first; what has no such number comes last. */
export function sortedRuns(runs: readonly RunEntry[], order: RunOrder): RunEntry[] {
  const last = Number.POSITIVE_INFINITY;
  const keys: Record<Exclude<RunOrder, 'name'>, (run: RunEntry) => number> = {
    date: ({ startedAt }) => (startedAt === null ? last : -Date.parse(startedAt)),
    validation: ({ valAccuracy }) => (valAccuracy === null ? last : -valAccuracy),
    test: ({ testAccuracy }) => (testAccuracy === null ? last : -testAccuracy),
    seconds: ({ trainSeconds }) => trainSeconds ?? last,
  };
  const key = order === 'name' ? () => 0 : keys[order];
  return runs.toSorted((a, b) => {
    const [first, second] = [key(a), key(b)];
    return first === second ? byName.compare(a.name, b.name) : first < second ? -1 : 1;
  });
}

const nothingKnown = {
  model: null,
  epochs: null,
  requestedEpochs: null,
  valAccuracy: null,
  testAccuracy: null,
  trainSeconds: null,
  startedAt: null,
};

/** @returns undefined where the folder is no run's */
async function entryOf(folder: string, name: string): Promise<RunEntry | undefined> {
  const files = new Set((await platform.listFolder(folder).catch(() => []))?.map((entry) => entry.name));
  const known = { name, folder, ...nothingKnown };
  if (files.has('summary.json')) {
    try {
      const run = await readSavedRun(folder);
      const { model, epochs, requestedEpochs, valAccuracy, testAccuracy, trainSeconds } = run;
      const state = run.outcome === 'finished' ? 'finished' : 'interrupted';
      const startedAt = Number.isNaN(Date.parse(run.startedAt)) ? null : run.startedAt;
      const read = { model, epochs, requestedEpochs, valAccuracy, testAccuracy, trainSeconds, startedAt };
      return { ...known, state, note: null, ...read };
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      return { ...known, state: 'unreadable', note: error.message };
    }
  }
  const lock = files.has(lockFileName) ? await readFile(join(folder, lockFileName), 'utf8').catch(() => '') : undefined;
  if (lock === undefined && !files.has(metricsFileName)) return undefined;
  const progress = await readProgress(join(folder, metricsFileName));
  const model = await loadModelDescription(folder).then(
    (description) => description.model.config.name,
    () => null,
  );
  const begun = {
    ...known,
    model,
    // Its last line is of an epoch that may not be finished.
    epochs: progress && progress.epoch - 1,
    startedAt: startOf(name),
  };
  const writer = lock === undefined ? undefined : readWriter(lock);
  const alive = writer && isAlive(writer);
  if (writer && alive !== false) {
    const who = `process ${writer.pid} on ${writer.host}`;
    return { ...begun, state: 'running', note: alive ? who : `locked by ${who}, of which nothing can be known here` };
  }
  return {
    ...begun,
    state: 'broken off',
    note: model === null ? `has no model${stepOf(progress)}` : 'has a model, and no report',
  };
}

function stepOf(progress: MetricsLine | null): string {
  return progress ? `; its last line is of step ${progress.step}, epoch ${progress.epoch}` : '';
}

/** The last line of `metrics.jsonl`; null where there is none. */
async function readProgress(path: string): Promise<MetricsLine | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    const line: MetricsLine = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
    return Number.isInteger(line.epoch) && Number.isInteger(line.step) ? line : null;
  } catch {
    return null;
  }
}

/** What `train` calls a folder by itself begins with the time. */
function startOf(name: string): string | null {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d)/.exec(name) ?? [];
  if (day === undefined) return null;
  const text = `${day}T${time.replaceAll('-', ':')}.000Z`;
  return Number.isNaN(Date.parse(text)) ? null : text;
}
