/** `inkling summary`: the layers of a model, and what the engine plays. */

import { expect, test } from 'vitest';
import { eventsOf, run } from './command.js';

test('summary', async () => {
  const { code, stdout, stderr } = await run('summary');
  expect([code, stderr]).toStrictEqual([0, '']);
  expect(stdout).toContain('Parameters: 225,034 ');
  const own = await run('summary', '--model', 'lenet5', '--data', 'many', '--json');
  expect(eventsOf(own.stdout)).toMatchObject([{ event: 'summary', model: 'lenet5', inputShape: [16, 16, 1] }]);
});

test('summary --program prints what the engine plays', async () => {
  const { code, stdout } = await run('summary', '--model', 'linear', '--program');
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nprogram training step\n {2}phase 1:\n/);
  expect(stdout.match(/^program .*$/gm)).toStrictEqual([
    ...['program training step', 'program inspection'],
    ...['program evaluation of staging data', 'program evaluation of training data'],
  ]);
});
