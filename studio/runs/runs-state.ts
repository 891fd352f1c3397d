/** The runs that the page shows: those that it keeps in this browser, and those that the studio serves from a folder. */

import { computed, signal } from '@preact/signals';
import type { TrainingChange } from '../conductor/topics/training.js';
import { messageOf, notify } from '../shell/notices.js';
import { database, type Files, type StoredModel, type StoredRun, storageProblem } from '../state/database.js';
import { modelOf } from '../train/network/network.js';
import type { TrainingConfig } from '../train/training-config.js';
import { type Run, readRun, studioFile, studioFileName } from './run.js';
import { loadServedRuns, servedModelFiles } from './served-runs.js';

const kept = signal<readonly Run[]>([]);
const served = signal<readonly Run[]>([]);

/** The newest first; undefined until they are loaded. */
export const runs = computed(() => [...kept.value, ...served.value].sort((a, b) => b.time - a.time));
export const isLoaded = signal(false);
/** Of those that are looked at, in the order in which they were ticked. */
export const selectedIds = signal<readonly string[]>([]);
export const selected = computed(() =>
  selectedIds.value.flatMap((id) => runs.value.find((run) => run.id === id) ?? []),
);

/** What the browser has no room for lasts as long as the page. */
const unstored = new Map<string, { readonly run: StoredRun; readonly model: StoredModel }>();

const modelFileNames = ['model.json', 'model.safetensors'];

let loading: Promise<void> | undefined;

/** Reads what is kept, once. */
function loadKept(): Promise<void> {
  loading ??= readKept();
  return loading;
}

async function readKept(): Promise<void> {
  try {
    const stored = await (await database()).getAll('runs');
    kept.value = stored.flatMap((run) => {
      try {
        return [shown(run)];
      } catch (error) {
        notify(`The run ${run.name} cannot be shown: ${messageOf(error)}`);
        return [];
      }
    });
  } catch (error) {
    notify(`The runs that were kept could not be read. ${storageProblem(error)}`);
  }
}

/** Reads all runs; those of the folder again each time, since commands may have added some. */
export async function loadRuns(): Promise<void> {
  await loadKept();
  isLoaded.value = true;
  try {
    served.value = await loadServedRuns();
  } catch (error) {
    notify(`The runs of the folder could not be read: ${messageOf(error)}`);
  }
}

function shown({ id, name, time, files }: StoredRun): Run {
  return { id, name, time, place: 'browser', ...readRun(files) };
}

/** Keeps what a training in the page came to. */
export async function keepTraining(
  files: Files,
  config: TrainingConfig,
  changes: readonly TrainingChange[],
): Promise<void> {
  const time = Date.now();
  const clock = new Date(time).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false });
  const all = new Map([...files, [studioFileName, studioFile(config, changes)]]);
  await keepRun(all, `${modelOf(config).name}, seed ${config.seed}, ${clock}`, time);
}

/** @throws Error where the files are not those of a run */
export async function keepRun(files: Files, name: string, time: number): Promise<Run> {
  await loadKept();
  const id = crypto.randomUUID();
  const part = (isModel: boolean) => new Map([...files].filter(([file]) => modelFileNames.includes(file) === isModel));
  const run: StoredRun = { id, name, time, files: part(false) };
  const model: StoredModel = { id, files: part(true) };
  const made = shown(run);
  kept.value = [...kept.peek(), made];
  unstored.set(id, { run, model });
  try {
    await store(run, model);
    unstored.delete(id);
  } catch (error) {
    notify(`The run ${name} is in the page, but will be gone when it is closed. ${storageProblem(error)}`);
  }
  return made;
}

async function store(run: StoredRun, model?: StoredModel): Promise<void> {
  const transaction = (await database()).transaction(['runs', 'models'], 'readwrite');
  await Promise.all([
    transaction.objectStore('runs').put(run),
    model && transaction.objectStore('models').put(model),
    transaction.done,
  ]);
}

export async function renameRun({ id }: Run, name: string): Promise<void> {
  kept.value = kept.peek().map((run) => (run.id === id ? { ...run, name } : run));
  const waiting = unstored.get(id);
  if (waiting) {
    unstored.set(id, { ...waiting, run: { ...waiting.run, name } });
    return;
  }
  try {
    const run = await (await database()).get('runs', id);
    if (run) await store({ ...run, name });
  } catch (error) {
    notify(`The old name will be back when the page is opened again. ${storageProblem(error)}`);
  }
}

export async function deleteRun({ id, name }: Run): Promise<void> {
  kept.value = kept.peek().filter((run) => run.id !== id);
  selectedIds.value = selectedIds.peek().filter((other) => other !== id);
  if (unstored.delete(id)) return;
  try {
    const transaction = (await database()).transaction(['runs', 'models'], 'readwrite');
    await Promise.all([
      transaction.objectStore('runs').delete(id),
      transaction.objectStore('models').delete(id),
      transaction.done,
    ]);
  } catch (error) {
    notify(`The run ${name} will be back when the page is opened again. ${storageProblem(error)}`);
  }
}

/** All files of a run that is kept here. @throws Error where they are not there any more */
export async function filesOfRun({ id, name }: Run): Promise<Files> {
  const waiting = unstored.get(id);
  if (waiting) return new Map([...waiting.run.files, ...waiting.model.files]);
  const opened = await database();
  const [run, model] = await Promise.all([opened.get('runs', id), opened.get('models', id)]);
  if (!run || !model) throw new Error(`The run ${name} is not kept any more: it was deleted in another tab.`);
  return new Map([...run.files, ...model.files]);
}

/** The two files of a run's network. */
export function modelFilesOfRun(run: Run): Promise<Files> {
  return run.place === 'folder' ? servedModelFiles(run) : filesOfRun(run);
}
