/** What becomes of a trial whose process is killed, fails or has no room on its disk; the processes are others here. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { job, result } from '../../test/fixtures/trial-job.js';
import { TrialFailure, TrialStopped } from './executor.js';
import { runTrialProcess } from './trial-process.js';
import type { TrialResult } from './trial-result.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-trial-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** @param script of the process; it appends to `starts`, and `write()` writes the result */
function runScript(script: string, signal = new AbortController().signal): Promise<TrialResult> {
  const before = `
    const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
    const folder = ${JSON.stringify(folder)};
    appendFileSync(folder + '/starts', '.');
    const starts = readFileSync(folder + '/starts', 'utf8').length;
    const write = () => writeFileSync(folder + '/trial/result.json', ${JSON.stringify(JSON.stringify(result))});
  `;
  // What comes after `--` is the script's own affair.
  const command = { program: process.execPath, words: ['-e', `${before}${script}`, '--'] };
  return runTrialProcess(command, job, join(folder, 'trial'), signal);
}
const starts = async () => (await readFile(join(folder, 'starts'), 'utf8')).length;

test('a process that is killed is started again, and goes on in the same folder', async () => {
  const script = `if (starts === 1) process.kill(process.pid, 'SIGKILL'); else if (starts === 2) process.exit(130); else write();`;
  expect(await runScript(script)).toEqual(result);
  expect(await starts()).toBe(3);
  // What is there is not trained again.
  expect(await runScript('')).toEqual(result);
  expect(await starts()).toBe(3);
});

test('one that is killed again and again has failed', async () => {
  const outcome = await runScript(`process.kill(process.pid, 'SIGKILL');`).catch((error) => error);
  expect(outcome).toBeInstanceOf(TrialFailure);
  expect(outcome.message).toBe("The trial's process was ended by SIGKILL, 3 times.");
  expect(await starts()).toBe(3);
});

test.each([
  [`process.send({ kind: 'training', message: 'NaN.' }, () => process.exit(1));`, 'NaN.'],
  [`console.error('a stack'); process.exitCode = 1;`, 'a stack'],
  ['process.exitCode = 7;', "The trial's process ended with exit code 7."],
])('a training that fails is not tried again: %s', async (script, message) => {
  const outcome = await runScript(script).catch((error) => error);
  expect(outcome).toBeInstanceOf(TrialFailure);
  expect(outcome.message).toBe(message);
  expect(await starts()).toBe(1);
});

test('a full disk is not a failure of the trial', async () => {
  const outcome = await runScript(
    `process.send({ kind: 'file', message: 'The disk is full.' }, () => process.exit(1));`,
  ).catch((error) => error);
  expect(outcome).not.toBeInstanceOf(TrialFailure);
  expect(outcome).toMatchObject({ kind: 'file', message: 'The disk is full.' });
});

test('one that is to stop is asked to, and waited for', async () => {
  const stop = new AbortController();
  const outcome = runScript(
    `process.on('SIGTERM', () => { appendFileSync(folder + '/starts', 's'); process.exit(130); }); setInterval(() => {}, 1000); appendFileSync(folder + '/starts', 'r');`,
    stop.signal,
  ).catch((error) => error);
  while ((await readFile(join(folder, 'starts'), 'utf8').catch(() => '')) !== '.r') {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  stop.abort();
  expect(await outcome).toBeInstanceOf(TrialStopped);
  expect(await readFile(join(folder, 'starts'), 'utf8')).toBe('.rs');
  expect(await runScript('', stop.signal).catch((error) => error)).toBeInstanceOf(TrialStopped);
});
