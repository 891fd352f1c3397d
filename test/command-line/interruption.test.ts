/** Ctrl-C while `inkling train` loads, trains, tests. */

import { execFileSync } from 'node:child_process';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { conv2d, dense, flatten } from 'inkling';
import { describe, expect, test } from 'vitest';
import { Command, eventsOf, folder, quickly, readJson, run, tinyCnn } from './command.js';

describe('Ctrl-C', () => {
  /** An epoch of 3,000 steps. */
  const slowly = ['train', '--data', 'many', '--batch-size', '1', '--validation', '0', '--json'];

  test('stops the training, tests and writes the run, even before the first epoch ends', async () => {
    const command = new Command([...slowly, '--out', 'stopped']);
    await command.printed('"progress"');
    command.kill('SIGINT');
    await sleep(50);
    // npm hands on what the terminal has sent already.
    command.kill('SIGINT');
    const { code, stdout, stderr } = await command.end();
    expect(code).toBe(130);
    expect(stderr).toContain('Notice: Stopping after this step, then testing. Ctrl-C again quits at once.\n');
    const events = eventsOf(stdout).map(({ event }) => event);
    expect(events.slice(events.indexOf('interrupted'))).toStrictEqual(['interrupted', 'evaluation', 'result']);
    expect(await readJson('stopped', 'history.json')).toStrictEqual({ epochs: [] });
    const summary = await readJson('stopped', 'summary.json');
    expect(summary).toMatchObject({
      outcome: 'interrupted',
      epochs: 0,
      requestedEpochs: 5,
      accuracy: null,
      valLoss: null,
    });
    expect(summary.imagesPerSecond).toBeGreaterThan(0);
    const { weightsSha256 } = summary;
    expect((await run('evaluate', 'stopped', '--data', 'many', '--quiet')).stdout).toContain(weightsSha256);
  });

  test('a request to terminate is treated alike, and finished epochs are kept', async () => {
    const command = new Command([...quickly, '--epochs', '100000', '--out', 'terminated']);
    await command.printed('Epoch ');
    command.kill('SIGTERM');
    expect((await command.end()).code).toBe(130);
    const { outcome, epochs } = await readJson('terminated', 'summary.json');
    expect(outcome).toBe('interrupted');
    expect(epochs).toBe((await readJson('terminated', 'history.json')).epochs.length);
    expect(epochs).toBeGreaterThan(0);
  });

  test('ends the reading of distorted images, and the run is written without it', async () => {
    const words = ['train', '--data', 'many', '--model', 'linear', '--epochs', '1', '--robustness', 'all'];
    const command = new Command([...words, '--out', 'half-robust']);
    await command.printed('Robustness: reading 6,000 test images in 40 steps');
    command.kill('SIGINT');
    const { code, stderr } = await command.end();
    expect(code).toBe(130);
    expect(stderr).toContain('Notice: The reading of distorted test images was interrupted');
    const files = await readdir(join(folder, 'half-robust'));
    expect(files).toContain('summary.json');
    expect(files.filter((name) => name.startsWith('robustness'))).toStrictEqual([]);
    expect(await readJson('half-robust', 'summary.json')).toMatchObject({ outcome: 'finished', epochs: 1 });
  });

  test('a second one quits at once', async () => {
    // Its 6,000 test images take one thread some seconds, so that the second signal comes before the end.
    const wide = conv2d({ filters: 64, kernelSize: 5, padding: 'same', activation: 'relu' });
    const layers = [wide, wide, flatten(), dense({ units: 3 })];
    await writeFile(join(folder, 'slow.json'), JSON.stringify({ ...tinyCnn(3), inputShape: [16, 16, 1], layers }));
    const command = new Command([...slowly, '--model', 'slow.json', '--threads', '1', '--out', 'quit']);
    await command.printed('"progress"');
    command.kill('SIGINT');
    await sleep(700);
    command.kill('SIGINT');
    expect((await command.end()).code).toBe(130);
    expect(await readdir(join(folder, 'quit'))).not.toContain('summary.json');
  });

  test('before the training there is nothing to keep', async () => {
    await mkdir(join(folder, 'slow-disk'));
    const files = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'];
    const pipes = files.map((name) => join(folder, 'slow-disk', `${name}-ubyte`));
    execFileSync('mkfifo', pipes);
    const command = new Command(['train', '--data', 'slow-disk', '--out', 'never']);
    // A pipe opens for writing when the command opens it for reading: it is loading the data then.
    const opened = await Promise.race(pipes.map((path) => open(path, 'w')));
    command.kill('SIGINT');
    await sleep(100);
    await opened.close();
    const { code, stderr } = await command.end();
    expect([code, stderr]).toStrictEqual([130, expect.stringContaining('there is nothing to keep')]);
    expect(await readdir(folder)).not.toContain('never');
  });
});
