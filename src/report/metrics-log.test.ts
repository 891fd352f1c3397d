import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StepLogs } from '../training/callback.js';
import { MetricsLog } from './metrics-log.js';

vi.mock('#platform', () => import('../platform/node.js'));

let folder: string;
const notices: string[] = [];
const notice = (message: string) => void notices.push(message);
beforeEach(async () => {
  notices.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'inkling-metrics-'));
});
afterEach(() => rm(folder, { recursive: true }));

const step = (number: number, changes: Partial<StepLogs> = {}): StepLogs => ({
  step: number,
  epoch: 1,
  loss: 1,
  accuracy: 0.5,
  images: 10,
  learningRate: 0.001,
  ...changes,
});
const steps = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => step(from + index));
const read = async () => (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).split('\n').slice(0, -1);

describe('MetricsLog', () => {
  it('appends a line every 50 steps, however the steps arrive, at once', async () => {
    const log = new MetricsLog(join(folder, 'metrics.jsonl'), { notice });
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
    const log = new MetricsLog(join(folder, 'metrics.jsonl'), { everySteps: 2, notice });
    await log.onSteps([
      step(0, { loss: 100 }),
      step(1, { loss: 100 }),
      step(2, { loss: 3, accuracy: 1, images: 30 }),
      step(3, { loss: 1, accuracy: 0, images: 10, epoch: 2, learningRate: 0.5 }),
    ]);
    const lines = await read();
    expect(JSON.parse(lines[1])).toEqual({ step: 4, epoch: 2, loss: 2.5, accuracy: 0.75, learningRate: 0.5 });
  });

  it('keeps lines that cannot be written, says so once, and writes them when that is possible again', async () => {
    const path = join(folder, 'metrics.jsonl');
    await mkdir(path);
    const log = new MetricsLog(path, { everySteps: 1, notice });
    await log.onSteps([step(0)]);
    await log.onSteps([step(1)]);
    expect(notices).toEqual([expect.stringContaining(`Cannot write ${path}`)]);
    await rm(path, { recursive: true });
    await log.onSteps([step(2)]);
    await log.onTrainEnd();
    expect((await read()).map((line) => JSON.parse(line).step)).toEqual([1, 2, 3]);
    expect(notices).toHaveLength(1);
  });

  it('tries once more at the end, and says what is lost', async () => {
    const path = join(folder, 'metrics.jsonl');
    for (const isPossibleAtLast of [false, true]) {
      notices.length = 0;
      await mkdir(path);
      const log = new MetricsLog(path, { everySteps: 1, notice });
      await log.onSteps([step(0)]);
      if (isPossibleAtLast) await rm(path, { recursive: true });
      await log.onTrainEnd();
      expect(notices.slice(1)).toEqual(isPossibleAtLast ? [] : [expect.stringMatching(/are lost/)]);
      if (!isPossibleAtLast) await rm(path, { recursive: true });
    }
    expect(await read()).toHaveLength(1);
  });
});
