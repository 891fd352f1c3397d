/** The runs of the folder that the studio was started with: only read. */

import type { Files } from '../state/database.js';
import { type Run, readRun } from './run.js';

/** As the server lists them. */
interface Entry {
  readonly name: string;
  readonly state: string;
  readonly startedAt: string | null;
}

/** The newest; more of them are for "inkling runs". */
const most = 50;

const address = (path: string) => new URL(`runs/${path}`, document.baseURI);

/** Those that have ended and can be read. Where no server of the studio stands behind the page there are none. */
export async function loadServedRuns(): Promise<Run[]> {
  const response = await fetch(address('index.json')).catch(() => undefined);
  if (!response?.ok || !response.headers.get('Content-Type')?.includes('json')) return [];
  const entries: Entry[] = await response.json();
  const time = ({ startedAt }: Entry) => Date.parse(startedAt ?? '') || 0;
  const newest = entries
    .filter(({ state }) => state === 'finished' || state === 'interrupted')
    .sort((a, b) => time(b) - time(a))
    .slice(0, most);
  const read = await Promise.all(
    newest.map(async (entry): Promise<Run | undefined> => {
      try {
        const files = await fetchFiles(entry.name, ['summary.json', 'history.json', 'confusion-matrix.csv']);
        return { id: `folder ${entry.name}`, name: entry.name, time: time(entry), place: 'folder', ...readRun(files) };
      } catch {
        // Such as one that is being deleted; "inkling runs" says what is wrong with it.
        return undefined;
      }
    }),
  );
  return read.filter((run) => run !== undefined);
}

/** @throws Error where they are not there */
export async function servedModelFiles({ name }: Run): Promise<Files> {
  const files = await fetchFiles(name, ['model.json', 'model.safetensors']);
  if (files.has('model.safetensors')) return files;
  throw new Error(`The folder of ${name} has no model.safetensors any more.`);
}

async function fetchFiles(run: string, names: readonly string[]): Promise<Files> {
  const files = await Promise.all(
    names.map(async (name): Promise<[string, Uint8Array<ArrayBuffer>][]> => {
      const response = await fetch(address(`${encodeURIComponent(run)}/${name}`));
      return response.ok ? [[name, new Uint8Array(await response.arrayBuffer())]] : [];
    }),
  );
  return new Map(files.flat());
}
