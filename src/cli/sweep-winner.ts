/**
 * The winner of a sweep: its configuration as files, and its training once more as `inkling train` does it, with a
 * report and the one look at the test images. Without folds it must come to the same bytes as its trial did.
 */

import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InklingError } from '../errors.js';
import { checkpointsName, openCheckpoints } from '../formats/checkpoint-folder.js';
import { writeWholeFile } from '../platform/node-files.js';
import { canonicalJson } from '../sweeps/canonical-json.js';
import type { Value } from '../sweeps/distribution.js';
import type { JournalTrial } from '../sweeps/journal-trials.js';
import type { SweepPlan } from '../sweeps/plan.js';
import type { TrialJob } from '../sweeps/trial-job.js';
import type { TrialCommand } from '../sweeps/trial-process.js';
import { optionName, optionWords, shellQuoted } from './repeat-command.js';
import { dataWords, inklingCommand } from './sweep-executor.js';

export const configurationName = 'best.json';
export const modelName = 'best-model.json';
export const winnerFolder = 'best';

export interface TestedWinner {
  readonly folder: string;
  readonly testAccuracy: number;
  readonly testAccuracyInterval: readonly [low: number, high: number];
  readonly weightsSha256: string;
}

/** The configuration as options of a sweep file, and its layers as a model that `train` takes. @returns the command that trains it */
export async function writeWinner(
  folder: string,
  plan: SweepPlan,
  trial: JournalTrial,
  job: TrialJob,
): Promise<string> {
  const { folder: data, resize, prepare } = plan.data;
  const set: Record<string, Value> = { ...plan.fixed, ...trial.parameters };
  const configuration = { set, data, resize: resize?.join('x'), prepare, seed: job.seed, arithmetic: plan.arithmetic };
  await writeWholeFile(join(folder, configurationName), `${JSON.stringify(configuration, null, 2)}\n`);
  await writeWholeFile(join(folder, modelName), `${JSON.stringify(job.model, null, 2)}\n`);
  return ['npx inkling', ...trainWords(folder, plan, set, job).map(shellQuoted)].join(' ');
}

/** @throws InklingError (training) where training it again fails, or comes to other weights than the trial did */
export async function testWinner(
  folder: string,
  plan: SweepPlan,
  trial: JournalTrial,
  job: TrialJob,
  threads: number | undefined,
  signal: AbortSignal,
): Promise<TestedWinner | undefined> {
  const run = join(folder, winnerFolder);
  const marker = join(folder, `${winnerFolder}-job.json`);
  const known = (await readText(marker)) === canonicalJson(job) ? await readTested(run) : undefined;
  const tested = known ?? (await trainAgain());
  if (tested === undefined) return undefined;
  const { weightsSha256 } = trial.attributes;
  if (job.fold === null && tested.weightsSha256 !== weightsSha256) {
    throw new InklingError(
      'training',
      `The winner, trial ${trial.attributes.trial}, came to other weights when it was trained again: ${tested.weightsSha256} in ${run}, where its trial had ` +
        `${weightsSha256} on ${trial.attributes.host}. The same training must give the same bytes: one of the two machines computes wrongly. Please report it.`,
    );
  }
  return tested;

  async function trainAgain(): Promise<TestedWinner | undefined> {
    const isBegun = (await readText(marker)) === canonicalJson(job) && (await hasCheckpoint(run));
    if (!isBegun) {
      await rm(run, { recursive: true, force: true });
      await writeWholeFile(marker, canonicalJson(job));
    }
    const words = isBegun
      ? ['train', '--resume', run]
      : [...trainWords(folder, plan, { ...plan.fixed, ...trial.parameters }, job), '--out', run];
    const more = ['--quiet', ...(threads === undefined ? [] : ['--threads', String(threads)])];
    const said = await runQuietly(inklingCommand(...words, ...more), signal);
    if (signal.aborted) return undefined;
    const result = await readTested(run);
    if (result) return result;
    throw new InklingError('training', `The winner could not be trained again: ${said.trim()}`);
  }
}

/** What the job says, whether the sweep was told or not. */
const decided: readonly string[] = ['limit', 'validation', 'splitSeed'];

/** A model that is no plain name may have been changed by options of its layers: it is taken from the file. */
function trainWords(folder: string, plan: SweepPlan, set: Readonly<Record<string, Value>>, job: TrialJob): string[] {
  const hasOwnLayers = Object.keys(set).some((name) => name.includes('.'));
  const { model, recipe, ...others } = set;
  const given = Object.entries(others).filter(([name]) => !name.includes('.') && !decided.includes(name));
  return [
    'train',
    ...dataWords(plan.data),
    ...optionWords([
      ['recipe', recipe],
      ['model', hasOwnLayers ? join(folder, modelName) : model],
      ...given.map(([name, value]) => [optionName(name), value] as const),
      ['limit', job.limit],
      ['validation', job.validation],
      ['seed', job.seed],
      ['split-seed', job.splitSeed],
      ['arithmetic', job.arithmetic],
    ]),
  ];
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

/** @returns undefined where no whole run is in the folder */
async function readTested(folder: string): Promise<TestedWinner | undefined> {
  const text = await readText(join(folder, 'summary.json'));
  if (text === undefined) return undefined;
  const { outcome, testAccuracy, testAccuracyInterval, weightsSha256 } = JSON.parse(text);
  return outcome === 'finished' ? { folder, testAccuracy, testAccuracyInterval, weightsSha256 } : undefined;
}

async function hasCheckpoint(run: string): Promise<boolean> {
  return (await openCheckpoints(join(run, checkpointsName)).list()).length > 0;
}

/**
 * What Node runs before the program: it ends when this process is gone, however that went. Its threads run it too, and
 * have no channel: one that listened all the same would never end.
 */
const endsWithParent =
  "data:text/javascript,if (process.channel) { process.once('disconnect', () => process.exit(1)); process.channel.unref(); }";

function runQuietly({ program, words }: TrialCommand, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['--import', endsWithParent, ...words], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    let said = '';
    child.stderr?.on('data', (bytes) => {
      said = `${said}${bytes}`.slice(-4000);
    });
    child.once('error', reject);
    child.once('close', () => {
      signal.removeEventListener('abort', stop);
      resolve(said);
    });
  });
}
