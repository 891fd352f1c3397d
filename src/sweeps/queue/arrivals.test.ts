/** What is kept of a trial goes when its result has arrived, and not before. */

import { beforeEach, expect, test } from 'vitest';
import { Arrivals } from './arrivals.js';

let states: Map<string, string>;
let forgotten: string[];
let arrivals: Arrivals;
beforeEach(() => {
  [states, forgotten] = [new Map(), []];
  arrivals = new Arrivals(async (trial) => {
    forgotten.push(trial);
  });
  const getJob = async (id: string) => (states.has(id) ? { getState: async () => states.get(id) } : undefined);
  arrivals.await('trial', { queue: { getJob } as never, id: '1' });
});

test('a message that waits, or that could not be taken, keeps the trial; one that was taken does not', async () => {
  for (const state of ['waiting', 'active', 'failed']) {
    states.set('1', state);
    await arrivals.look();
    expect(forgotten).toEqual([]);
  }
  states.set('1', 'completed');
  await arrivals.close();
  expect(forgotten).toEqual(['trial']);
});

test('a message that is gone keeps it until it is sure that the queue has not lost it', async () => {
  await arrivals.look(1000);
  await arrivals.look(60_999);
  expect(forgotten).toEqual([]);
  await arrivals.look(61_000);
  expect(forgotten).toEqual(['trial']);
  await arrivals.close();
});
