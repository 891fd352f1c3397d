import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StepLogs } from '../training/callback.js';
import { MetricsLog } from './metrics-log.js';

vi.mock('#platform', () => import('../platform/node.js'));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkling-metrics-'));
});
afterEach(() => rm(folder, { recursive: true }));

const step = (number: number, changes: Partial<StepLogs> = {}): StepLogs => ({
  ...{ step: number, epoch: 1, loss: 1, accuracy: 0.5, images: 10, learningRate: 0.001 },
  ...changes,
});
const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => step(from + index));
const read = async () => (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).split('\n').slice(0, -1);

describe('MetricsLog', () => {
  it('appends a line every 50 steps, however the steps arrive, at once', async () => {
    const log = new MetricsLog(join(folder, 'metrics.jsonl'));
    await log.onSteps(steps(0, 49));
    await expect(read()).rejects.toThrow();
    await log.onSteps(steps(49, 50));
    expect(await read()).toHaveLength(1);
    await log.onSteps(steps(50, 219));
    const lines = (await read()).map((line) => JSON.parse(line));
    expect(lines.map((line) => line.step)).toEqual([50, 100, 150, 200]);
    expect(lines[0]).toEqual({ step: 50, epoch: 1, loss: 1, accuracy: 0.5, learningRate: 0.001 });
  });

  it('gives means over the images since the line before, and the last epoch and learning rate', async () => {
    const log = new MetricsLog(join(folder, 'metrics.jsonl'), 2);
    await log.onSteps([
      step(0, { loss: 100 }),
      step(1, { loss: 100 }),
      step(2, { loss: 3, accuracy: 1, images: 30 }),
      step(3, { loss: 1, accuracy: 0, images: 10, epoch: 2, learningRate: 0.5 }),
    ]);
    const lines = await read();
    expect(JSON.parse(lines[1])).toEqual({ step: 4, epoch: 2, loss: 2.5, accuracy: 0.75, learningRate: 0.5 });
  });

  it('fails where the line cannot be written', async () => {
    const log = new MetricsLog(folder, 1);
    await expect(log.onSteps([step(0)])).rejects.toThrow(folder);
  });
});
