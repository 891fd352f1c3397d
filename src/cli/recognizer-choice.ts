/** Which model `inkling predict` reads with: the one that ships with the package, a run, or the latest run. */

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError } from '../errors.js';
import { Recognizer } from '../inference/recognizer.js';

const runsFolder = 'runs';
const latest = 'latest';

/**
 * @param choice a run's folder, another model's, a `model.json`, or `latest`: the run in runs/ that was finished last; default: the
 * model that ships with the package
 * @throws InklingError (argument) where there is no run yet, (file, model) where the model cannot be used
 */
export async function chooseRecognizer(choice: string | undefined): Promise<Recognizer> {
  return Recognizer.load(choice === latest ? await latestRun() : choice);
}

/** By the time when `summary.json`, a run's last file, was written. */
async function latestRun(): Promise<string> {
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
      `--model ${latest}: there is no finished run in ${runsFolder}/. Train one with "inkling train", give the folder of a run, or leave ` +
        'the option out to use the model that ships with Inkling.',
    );
  }
  return runs.reduce((newest, run) => (run.finished > newest.finished ? run : newest)).folder;
}
