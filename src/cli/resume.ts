/** `inkling train --resume`: finds out what a run was and how far it came, and makes its training again. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError, shortJson } from '../errors.js';
import { checkpointsName, type FoundCheckpoint, openCheckpoints } from '../formats/checkpoint-folder.js';
import { inklingVersion } from '../formats/inkling-version.js';
import { platform } from '../platform/node.js';
import { integer } from '../report/number-format.js';
import { removeResults } from '../report/run-folder.js';
import type { RunSummary } from '../report/summary.js';
import { type Checkpoint, readCheckpoint } from '../training/checkpoint.js';
import { lockRunFolder } from './claim-run-folder.js';
import type { Output } from './output.js';
import { optionName } from './repeat-command.js';
import { type Job, prepareJobAgain, type RunNotes, type TrainOptions } from './training-job.js';

/** What may be given beside `--resume` and differ from what the run was begun with. */
const free = ['epochs', 'threads', 'vectors', 'data', 'profile', 'checkpointMinutes', 'keepCheckpoints'] as const;

/**
 * Takes the folder, and makes the job of the run in it.
 * @param given options that were given on the command line
 * @returns undefined where the run has reached its end, which is said
 * @throws InklingError (argument) where there is no run to go on with, or another one than was asked for; (file, data)
 */
export async function prepareResumedJob(
  folder: string,
  given: Partial<TrainOptions>,
  output: Output,
): Promise<Job | undefined> {
  if ((await platform.listFolder(folder)) === undefined) {
    throw new InklingError('argument', `--resume ${folder}: there is no such folder. Expected the folder of a run.`);
  }
  await lockRunFolder(folder);
  const found = await openCheckpoints(join(folder, checkpointsName)).readNewest();
  if (!found) throw nothingKept(folder);
  const checkpoint = readCheckpoint(found.content, found.path);
  const notes = readRunNotes(checkpoint, found);
  requireSameOptions(folder, given, notes);
  const { epochs = notes.options.epochs } = given;
  if (epochs < notes.options.epochs) {
    throw new InklingError(
      'argument',
      `--epochs ${epochs}: the run in ${folder} was begun with ${notes.options.epochs}, and the number may be raised, not lowered.`,
    );
  }
  const finished = epochs === notes.options.epochs ? await readFinished(folder) : undefined;
  if (finished) {
    output.result(`${folder} has finished all its ${integer(epochs)} epochs. With a higher --epochs it goes on.`);
    output.event({ event: 'result', folder, ...finished });
    return undefined;
  }
  // All that may differ, and what was found to be the same.
  const { data, arithmetic: _, ...others } = given;
  const job = await prepareJobAgain({ ...notes, options: { ...notes.options, ...others } }, data);
  // A training that will be refused keeps what it has.
  const isSame =
    job.model.arithmetic === notes.options.arithmetic &&
    JSON.parse(checkpoint.belongsTo.data).sha256 === job.dataset.sha256;
  if (isSame) await removeResults(folder);
  output.text(`Resuming ${folder} ${placeOf(checkpoint)}, from ${found.path}\n`);
  return job;
}

function nothingKept(folder: string): InklingError {
  return new InklingError(
    'argument',
    `--resume ${folder}: there is no checkpoint in it. It holds no run of "inkling train", or one that broke off before its first step: ` +
      'begin it again with --out and a new or empty folder.',
  );
}

function readRunNotes({ belongsTo, notes }: Checkpoint, { path }: FoundCheckpoint): RunNotes {
  const version = JSON.parse(belongsTo.version ?? 'null');
  // Another version may have other notes, and gives other bytes.
  if (version !== inklingVersion) {
    throw new InklingError(
      'argument',
      `${path} was written by Inkling ${shortJson(version)}, and this is ${inklingVersion}, whose training may differ. Go on with that version, or begin a new run.`,
    );
  }
  if (typeof notes === 'object' && notes !== null && 'options' in notes && 'model' in notes) return notes as RunNotes;
  throw new InklingError(
    'argument',
    `${path} is not of a run of "inkling train", but of a program's training. Start that program again: its fit goes on from there.`,
  );
}

/** @throws InklingError (argument) that names the first option that the run was begun with otherwise */
function requireSameOptions(folder: string, given: Partial<TrainOptions>, { options }: RunNotes): void {
  for (const [name, value] of Object.entries(given)) {
    if ((free as readonly string[]).includes(name) || (name === 'arithmetic' && value === 'auto')) continue;
    const before = options[name as keyof TrainOptions];
    if (name !== 'out' && JSON.stringify(before) === JSON.stringify(value)) continue;
    const option = `--${optionName(name)}`;
    const was =
      name === 'out' ? 'goes on in its folder' : `was begun with ${before === undefined ? 'none' : shown(before)}`;
    throw new InklingError(
      'argument',
      `${option} ${shown(value)}: the run in ${folder} ${was}. Leave the option out, or begin a new run.`,
    );
  }
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join('x') : String(value);
}

/** @returns the run's last file; undefined where it is not there, or something was left out of the run */
async function readFinished(folder: string): Promise<RunSummary | undefined> {
  try {
    const summary: RunSummary | null = JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8'));
    return summary?.outcome === 'finished' && summary.robustness !== 'interrupted' ? summary : undefined;
  } catch {
    return undefined;
  }
}

function placeOf({ epochs, lastEpoch, position }: Checkpoint): string {
  const done = epochs.at(-1)?.epoch ?? 0;
  const steps = position.stepsIntoEpoch;
  const into = steps > 0 ? ` and ${integer(steps)} ${steps === 1 ? 'step' : 'steps'} of the next` : '';
  return `after ${integer(done)} of ${integer(lastEpoch)} epochs${into}`;
}
