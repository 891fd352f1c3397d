/** `latest` in the place of a run's folder, for every command that takes one. */

import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InklingError } from '../errors.js';

export const runsFolder = 'runs';
export const latest = 'latest';

/**
 * @param choice a path, or `latest`: the run in runs/ that was finished last, by the time when `summary.json`, a run's
 * last file, was written
 * @returns the path
 * @throws InklingError (argument) where there is no run yet
 */
export async function resolveLatest(choice: string): Promise<string> {
  if (choice !== latest) return choice;
  const names = await readdir(runsFolder).catch(() => []);
  const runs: { folder: string; finished: number }[] = [];
  for (const name of names) {
    const folder = join(runsFolder, name);
    const summary = await stat(join(folder, 'summary.json')).catch(() => undefined);
    if (summary) runs.push({ folder, finished: summary.mtimeMs });
  }
  if (runs.length === 0) {
    throw new InklingError(
      'argument',
      `${latest}: there is no finished run in ${runsFolder}/. Train one with "inkling train", or give the folder of a run or of a saved model.`,
    );
  }
  return runs.reduce((newest, run) => (run.finished > newest.finished ? run : newest)).folder;
}

/** As `resolveLatest` for several runs. @throws InklingError (argument) where one is given twice, too */
export async function resolveRuns(choices: readonly string[]): Promise<string[]> {
  const folders = await Promise.all(choices.map(resolveLatest));
  const paths = folders.map((folder) => resolve(folder));
  const twice = folders.find((_, index) => paths.indexOf(paths[index]) !== index);
  if (twice !== undefined) throw new InklingError('argument', `${twice} is given twice. Leave one out.`);
  return folders;
}
