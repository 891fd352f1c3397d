import { expect, test } from 'vitest';
import { InklingError } from '../errors.js';
import { dense } from '../layers/dense.js';
import { defineModel } from '../model/model.js';
import { Backup, type CheckpointOfTraining, type CheckpointStore } from './backup.js';
import { BackupAndRestore } from './backup-and-restore.js';
import type { CheckpointContent } from './checkpoint.js';

const model = defineModel({ name: 'm', inputShape: [1], layers: [dense({ units: 2 })] });

/** Keeps checkpoints in memory; where it is full, none. */
class Store implements CheckpointStore {
  readonly kept = new Map<number, CheckpointContent>();
  isFull = false;
  damaged: string[] = [];

  async write(steps: number, content: CheckpointContent): Promise<void> {
    if (this.isFull) throw new InklingError('file', 'Cannot write: the disk is full.');
    this.kept.set(steps, content);
  }

  async readNewest() {
    const [steps, content] = [...this.kept].at(-1) ?? [];
    return content && { path: `at ${steps}`, content, damaged: this.damaged };
  }

  async prune(keep: number): Promise<void> {
    for (const steps of [...this.kept.keys()].slice(0, this.kept.size - keep)) this.kept.delete(steps);
  }
}

const at = (iterations: number) => (): CheckpointOfTraining => ({
  position: { iterations, stepsIntoEpoch: 1, loss: Number.NaN, correct: -0, seconds: 2 },
  epochs: [
    { epoch: 1, loss: Number.POSITIVE_INFINITY, accuracy: 0.5, learningRate: 1, seconds: 1, imagesPerSecond: 1 },
  ],
  lastEpoch: 3,
  stopped: false,
  weights: new Map([['dense/kernel', Float32Array.of(1, 2)]]),
  optimizer: new Map([['momentum/dense/kernel', { data: Float32Array.of(3, 4), shape: [1, 2] }]]),
  callbacks: new Map([
    ['Best 1', { values: { best: 0.5 }, weights: new Map([['dense/kernel', Float32Array.of(5, 6)]]) }],
  ]),
});

function backupOf(store: Store, options = {}) {
  const notices: string[] = [];
  const notice = (message: string) => notices.push(message);
  const given = new BackupAndRestore({ folder: 'f', notes: { of: 'mine' }, notice, ...options });
  return { backup: new Backup(model, given, store, { seed: '1' }), notices };
}

test('what is kept comes back as it was, numbers that JSON does not know among it', async () => {
  const store = new Store();
  const { backup } = backupOf(store);
  await backup.keep(at(7));
  const restored = await backupOf(store).backup.restore(3);
  expect(restored).toMatchObject({ ...at(7)(), belongsTo: { seed: '1' }, notes: { of: 'mine' } });
});

test('a first checkpoint that cannot be written is an error, later ones are told of once until one can be', async () => {
  const store = new Store();
  store.isFull = true;
  await expect(backupOf(store).backup.keep(at(0))).rejects.toThrow('the disk is full');
  store.isFull = false;
  const { backup, notices } = backupOf(store);
  await backup.keep(at(0));
  for (const isFull of [true, true, false, true]) {
    store.isFull = isFull;
    await backup.keep(at(1));
    await backup.settle();
  }
  const told =
    'Cannot write: the disk is full. The training goes on, and what it does until the next checkpoint is not kept.';
  expect(notices).toEqual([told, told]);
  expect([...store.kept.keys()]).toEqual([0, 1]);
});

test('one that could not be written is written at the end, when the disk has room again', async () => {
  const store = new Store();
  const { backup } = backupOf(store);
  await backup.keep(at(0));
  store.isFull = true;
  await backup.keep(at(5));
  await backup.settle();
  expect([...store.kept.keys()]).toEqual([0]);
  store.isFull = false;
  await backup.settle();
  expect([...store.kept.keys()]).toEqual([0, 5]);
});

test('it waits for a checkpoint that is still being written, and counts how long, over all processes', async () => {
  const store = new Store();
  const slow = { ...store, write: async () => new Promise<void>((resolve) => setTimeout(resolve, 30)) };
  const { backup } = backupOf(Object.assign(new Store(), slow));
  await backup.keep(at(0));
  const first = backup.seconds;
  expect(first).toBeGreaterThan(0.02);
  await backup.keep(at(1));
  await backup.settle();
  expect(backup.seconds).toBeGreaterThan(first + 0.02);
  const again = new Store();
  await backupOf(again).backup.keep(at(1));
  const { backup: later } = backupOf(again);
  const restored = await later.restore(3);
  expect(later.seconds).toBe(restored?.checkpointSeconds);
});

test('is due after an epoch once a second, and after a step when the minutes are over', async () => {
  const { backup } = backupOf(new Store());
  expect([backup.isDue('epoch'), backup.isDue('step')]).toEqual([true, true]);
  await backup.keep(at(0));
  expect([backup.isDue('epoch'), backup.isDue('step')]).toEqual([false, false]);
  const { backup: each } = backupOf(new Store(), { everyEpoch: true });
  await each.keep(at(0));
  expect([each.isDue('epoch'), each.isDue('step')]).toEqual([true, false]);
  const { backup: often } = backupOf(new Store(), { everyMinutes: 1e-9 });
  await often.keep(at(0));
  expect([often.isDue('epoch'), often.isDue('step')]).toEqual([true, true]);
});

test('tells which newer checkpoints are damaged, and refuses one of another training', async () => {
  const store = new Store();
  store.damaged = ['at 9 is damaged.'];
  await backupOf(store).backup.keep(at(7));
  const { backup, notices } = backupOf(store);
  await backup.restore(4);
  expect(notices).toEqual(['at 9 is damaged. The training goes on from the one before, at 7.']);
  const options = new BackupAndRestore({ folder: 'f' });
  await expect(new Backup(model, options, store, { seed: '2' }).restore(3)).rejects.toThrow(
    'fit: at 7 belongs to another training: seed was 1, now it is 2.',
  );
  await expect(backup.restore(2)).rejects.toThrow('epochs may be raised, not lowered. Received: 2');
});

test('in the end nothing is left, or the newest', async () => {
  for (const [deleteCheckpoint, left] of [
    [true, []],
    [false, [2]],
  ] as const) {
    const store = new Store();
    const { backup } = backupOf(store, { deleteCheckpoint });
    for (const steps of [1, 2]) await backup.keep(at(steps));
    await backup.settle();
    await backup.end();
    expect([...store.kept.keys()]).toEqual(left);
  }
});
