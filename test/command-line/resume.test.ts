/** `inkling train --resume`: what it goes on with, to the byte, and what it refuses. */

import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupAndRestore, dense, flatten, Sequential } from 'inkling';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/formats/safetensors.js';
import { sha256 } from '../../src/numerics/sha256.js';
import { Command, eventsOf, folder, program, readJson, readText, run } from './command.js';

const words = [
  ...[
    'train',
    '--data',
    'shapes',
    '--model',
    'tiny-cnn.json',
    '--batch-size',
    '4',
    '--augment',
    'light',
    '--threads',
    '1',
  ],
  ...['--epochs', '3', '--robustness', '0', '--quiet', '--checkpoint-minutes', '0.00001'],
];
const resume = (out: string, ...more: string[]) => run('train', '--resume', out, '--quiet', ...more);
/** Oldest first; what a killed process was writing is none. */
const checkpointsOf = async (out: string) =>
  (await readdir(join(folder, out, 'checkpoints'))).filter((name) => name.startsWith('checkpoint-')).sort();

/** What is the same in two runs: hashes, lines, epochs. */
async function outcomeOf(out: string) {
  const { weightsSha256, testLoss, valLoss, epochs, outcome, command } = await readJson(out, 'summary.json');
  const history = (await readText(out, 'history.csv')).replaceAll(/,[^,]*,[^,\n]*\n/g, '\n');
  const metrics = await readText(out, 'metrics.jsonl');
  return { weightsSha256, testLoss, valLoss, epochs, outcome, command, history, metrics };
}

/** Begins a run that is killed in the midst of its training, while it writes its fourth checkpoint or a later one. */
async function breakOff(out: string) {
  const faults = new URL('../long-trainings/faults.mjs', import.meta.url).href;
  process.env.INKLING_FAULTS = JSON.stringify({ folder: join(folder, out), at: 27, moment: 'midst' });
  const command = new Command([faults, program, ...words, '--out', out], '--import');
  delete process.env.INKLING_FAULTS;
  expect((await command.end()).code).toBe('SIGKILL');
}

beforeAll(async () => {
  expect((await run(...words, '--out', 'whole')).code).toBe(0);
  await breakOff('broken');
});

/** A copy of the run that was broken off. */
async function copyOf(name: string): Promise<string> {
  await cp(join(folder, 'broken'), join(folder, name), { recursive: true });
  await rm(join(folder, name, '.inkling-run.lock'), { force: true });
  return name;
}

describe('a run that was killed', () => {
  test('is not overwritten: the message says how to go on', async () => {
    const { code, stderr } = await run(...words, '--out', 'broken');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/Go on with it: "npx inkling train --resume broken"\. Or choose/),
    ]);
  });

  test('ends with the same hashes, history and lines on another number of threads', async () => {
    const out = await copyOf('killed');
    const { code, stdout, stderr } = await run('train', '--resume', out, '--threads', '2');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^Resuming killed after \d of 3 epochs.*, from killed\/checkpoints\/checkpoint-\d{10}\.safetensors\n/,
    );
    expect(await outcomeOf(out)).toEqual(await outcomeOf('whole'));
    expect(await checkpointsOf(out)).toEqual(await checkpointsOf('whole'));
  });

  test('goes on where its newest checkpoint is damaged, from the one before, and says so', async () => {
    const out = await copyOf('damaged');
    const [before, newest] = await checkpointsOf(out);
    const path = join(folder, out, 'checkpoints', newest);
    await writeFile(path, (await readFile(path)).subarray(0, -5));
    const { code, stderr } = await resume(out);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      new RegExp(`^Notice: .*${newest} is not a valid safetensors file: .* goes on from the one before, .*${before}`),
    );
    expect(await outcomeOf(out)).toEqual(await outcomeOf('whole'));
  });

  test('cannot go on where all its checkpoints are damaged', async () => {
    const out = await copyOf('all-damaged');
    for (const name of await checkpointsOf(out)) {
      const path = join(folder, out, 'checkpoints', name);
      const bytes = await readFile(path);
      await writeFile(path, bytes.with(bytes.length - 1, bytes[bytes.length - 1] ^ 1));
    }
    const { code, stderr } = await resume(out);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^Error: None of the checkpoints in .* can be used\. .* SHA-256/),
    ]);
  });

  test('is refused where its data is not what it was', async () => {
    const out = await copyOf('other-data');
    await cp(join(folder, 'shapes'), join(folder, 'other-shapes'), { recursive: true });
    const labels = join(folder, 'other-shapes', 'train-labels-idx1-ubyte');
    const bytes = await readFile(labels);
    await writeFile(labels, bytes.with(20, (bytes[20] + 1) % 3));
    await writeFile(join(folder, out, 'report.html'), 'kept');
    const { code, stderr } = await resume(out, '--data', 'other-shapes');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/belongs to another training: data was \{.*\}, now it is \{/),
    ]);
    expect(await readText(out, 'report.html')).toBe('kept');
    expect((await resume(out, '--data', join(folder, 'shapes'))).code).toBe(0);
    expect(await readText(out, 'report.html')).toContain('<html');
  });

  test('is refused by another version', async () => {
    const out = await copyOf('other-version');
    const [, newest] = await checkpointsOf(out);
    const path = join(folder, out, 'checkpoints', newest);
    const { tensors, metadata } = readSafetensors(await readFile(path), path);
    const { sha256: _, ...rest } = metadata;
    const changed = { ...rest, belongsTo: rest.belongsTo.replace(/("version":"\\")[^\\]*/, '$10.0.9') };
    const sum = await sha256(writeSafetensors(tensors, changed));
    await writeFile(path, writeSafetensors(tensors, { ...changed, sha256: sum }));
    const { code, stderr } = await resume(out);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/was written by Inkling "0\.0\.9", and this is .*Go on with that version/),
    ]);
  });

  test.each([
    [['--batch-size', '8'], '--batch-size 8: the run in broken was begun with 4. Leave the option out'],
    [['--seed', '2'], '--seed 2: the run in broken was begun with 1.'],
    [['--augment', 'none'], '--augment none: the run in broken was begun with light.'],
    [['--limit', '5'], '--limit 5: the run in broken was begun with none.'],
    [['--out', 'elsewhere'], '--out elsewhere: the run in broken goes on in its folder.'],
    [['--epochs', '2'], '--epochs 2: the run in broken was begun with 3, and the number may be raised, not lowered.'],
    [['--checkpoint-minutes', '0'], 'Expected a number above 0'],
    [['--keep-checkpoints', '0'], 'Expected a whole number from 1'],
  ])('is refused with %j', async (more, message) => {
    const { code, stderr } = await resume('broken', ...more);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test('takes options that it was begun with', async () => {
    const out = await copyOf('repeated');
    expect((await resume(out, '--batch-size', '4', '--arithmetic', 'auto', '--keep-checkpoints', '3')).code).toBe(0);
    expect(await outcomeOf(out)).toEqual(await outcomeOf('whole'));
  });
});

test('after Ctrl-C the run says how to go on, and ends as if it had not been stopped', async () => {
  const command = new Command([...words.filter((word) => word !== '--quiet'), '--json', '--out', 'stopped run']);
  await command.printed('"event":"epoch"');
  command.kill('SIGINT');
  const { code, stderr } = await command.end();
  expect([code, stderr]).toEqual([
    130,
    expect.stringMatching(/\nNotice: Go on with: npx inkling train --resume 'stopped run'\n$/),
  ]);
  expect(await readJson('stopped run', 'summary.json')).toMatchObject({ outcome: 'interrupted' });
  expect((await resume('stopped run')).code).toBe(0);
  expect(await outcomeOf('stopped run')).toEqual(await outcomeOf('whole'));
});

test('two processes on one run: the second is told', async () => {
  const out = await copyOf('contested');
  const results = await Promise.all([resume(out), resume(out), resume(out)]);
  const told = results.filter(({ stderr }) =>
    /^Error: contested is being written by another training, process \d+/.test(stderr),
  );
  expect(results.filter(({ code }) => code === 0).length + told.length).toBe(3);
  expect(told.length).toBeGreaterThan(0);
  expect(await outcomeOf(out)).toEqual(await outcomeOf('whole'));
});

test('a run that has finished says so, and goes on where more epochs are asked for', async () => {
  await cp(join(folder, 'whole'), join(folder, 'finished'), { recursive: true });
  const { code, stdout } = await run('train', '--resume', 'finished', '--json');
  const summary = await readJson('finished', 'summary.json');
  expect([code, eventsOf(stdout)]).toEqual([0, [{ event: 'result', folder: 'finished', ...summary }]]);
  const said = await resume('finished', '--epochs', '3');
  expect([said.code, said.stdout]).toEqual([
    0,
    'finished has finished all its 3 epochs. With a higher --epochs it goes on.\n',
  ]);
  expect((await resume('finished', '--epochs', '4')).code).toBe(0);
  const { epochs } = await readJson('finished', 'history.json');
  expect(epochs.slice(0, 3)).toEqual((await readJson('whole', 'history.json')).epochs);
  expect(await readJson('finished', 'summary.json')).toMatchObject({
    epochs: 4,
    requestedEpochs: 4,
    outcome: 'finished',
  });
});

test('folders with nothing to go on with are refused', async () => {
  await mkdir(join(folder, 'nothing'));
  const nothing = await resume('nothing');
  expect([nothing.code, nothing.stderr]).toEqual([
    2,
    expect.stringContaining('--resume nothing: there is no checkpoint in it'),
  ]);
  const missing = await resume('not-there');
  expect([missing.code, missing.stderr]).toEqual([
    2,
    expect.stringContaining('--resume not-there: there is no such folder'),
  ]);
  const model = new Sequential([flatten(), dense({ units: 2 })]);
  const backup = new BackupAndRestore({ folder: join(folder, 'own', 'checkpoints'), deleteCheckpoint: false });
  await model.fit({ data: new Float32Array(8), shape: [4, 2] }, [0, 1, 0, 1], { callbacks: [backup], verbose: 0 });
  const own = await resume('own');
  expect([own.code, own.stderr]).toEqual([
    2,
    expect.stringContaining('not of a run of "inkling train", but of a program\'s training'),
  ]);
});
