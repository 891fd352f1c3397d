/**
 * A disk that may crash at any point: what a program asks of it is written down, and can be played up to each point,
 * with all that a disk may lose: what was written and not synced, and names that were changed in a folder that was not.
 */

import type { open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';

export type Action =
  | { readonly kind: 'create' | 'remove' | 'sync'; readonly name: string }
  | { readonly kind: 'write'; readonly name: string; readonly content: Uint8Array }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'syncFolder' };

/** What was asked of the disk in `folder`; nothing is written down where that is empty. */
export interface ActionLog {
  actions: unknown[];
  folder: string;
}

interface FileFunctions {
  open: typeof open;
  rename: typeof rename;
  rm: typeof rm;
}

/** `node:fs/promises` that writes down what is asked of it, for `vi.mock`. */
export function watchedFiles<Real extends FileFunctions>(real: Real, log: ActionLog) {
  const note = (action: Action) => log.folder !== '' && log.actions.push(action);
  return {
    ...real,
    async open(path: string, flags: string) {
      const handle = await real.open(path, flags);
      const name = basename(path);
      const isFolder = path === log.folder;
      if (!isFolder) note({ kind: 'create', name });
      const { writeFile, sync } = handle;
      handle.writeFile = async (content) => {
        note({ kind: 'write', name, content: Buffer.from(content as Uint8Array) });
        return writeFile.call(handle, content);
      };
      handle.sync = async () => {
        note(isFolder ? { kind: 'syncFolder' } : { kind: 'sync', name });
        return sync.call(handle);
      };
      return handle;
    },
    async rename(from: string, to: string) {
      note({ kind: 'rename', name: basename(from), to: basename(to) });
      return real.rename(from, to);
    },
    async rm(path: string, options: object) {
      note({ kind: 'remove', name: basename(path) });
      return real.rm(path, options);
    },
  };
}

type File = { content: Uint8Array; synced: Uint8Array };

/** What a disk may hold after the first `count` actions, as names and contents. */
export function* disks(before: ReadonlyMap<string, Uint8Array>, actions: readonly Action[], count: number) {
  const stable = new Map([...before].map(([name, content]) => [name, { content, synced: content } as File]));
  let waiting: Action[] = [];
  const current = new Map(stable);
  const apply = (entries: Map<string, File>, action: Action, created: Map<Action, File>) => {
    if (action.kind === 'create') entries.set(action.name, created.get(action)!);
    if (action.kind === 'remove') entries.delete(action.name);
    if (action.kind === 'rename') {
      entries.set(action.to, entries.get(action.name)!);
      entries.delete(action.name);
    }
  };
  const created = new Map<Action, File>();
  for (const action of actions.slice(0, count)) {
    if (action.kind === 'write') current.get(action.name)!.content = action.content;
    else if (action.kind === 'sync') current.get(action.name)!.synced = current.get(action.name)!.content;
    else if (action.kind === 'syncFolder') {
      for (const one of waiting) apply(stable, one, created);
      waiting = [];
    } else {
      if (action.kind === 'create') created.set(action, { content: new Uint8Array(0), synced: new Uint8Array(0) });
      apply(current, action, created);
      waiting.push(action);
    }
  }
  for (let kept = 0; kept <= waiting.length; kept++) {
    const entries = new Map(stable);
    for (const action of waiting.slice(0, kept)) apply(entries, action, created);
    for (const state of ['content', 'synced'] as const) {
      yield new Map([...entries].map(([name, file]) => [name, file[state]]));
    }
  }
}
