/**
 * A sweep on a real queue whose workers are killed, whose server goes down and comes back, and whose own process is
 * killed: it must come to the bytes of the same sweep on one machine without a queue.
 *
 *     node test/sweeps/check-queue.mjs redis [--trials 12] [--kills 4] [--restarts 1]
 *     node test/sweeps/check-queue.mjs postgres
 *
 * `redis-server`, or PostgreSQL's `initdb` and `postgres`, must be installed: on the PATH, or where $REDIS_SERVER and
 * $POSTGRES_BIN say. It starts a server of its own on a free port of the loopback interface. Needs dist/.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeIdx } from '../../dist/index.js';
import { startServer } from './queue-server.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: 'string', default: '12' },
    kills: { type: 'string', default: '4' },
    restarts: { type: 'string', default: '1' },
  },
});
const [kind = 'redis'] = positionals;
const [trials, kills, restarts] = [values.trials, values.kills, values.restarts].map(Number);

const program = fileURLToPath(new URL('../../bin/inkling.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inkling-queue-'));
const password = 'correct-horse';
const lockSeconds = 2;
/** All that was printed: the password must not be in it. */
let printed = '';

function start(words, environment = {}) {
  const child = spawn(process.execPath, [program, ...words], { cwd: folder, env: { ...process.env, ...environment } });
  const command = {
    child,
    output: '',
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal))),
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      command.output += bytes;
      printed += bytes;
    });
  }
  return command;
}

async function until(condition, what, seconds = 120) {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end; await sleep(50)) if (await condition()) return;
  throw new Error(`Waited ${seconds} s in vain for ${what}.`);
}

const plan = (...more) => [
  '--set',
  'model=linear,mlp',
  '--set',
  'learningRate=1e-3..1e-1:log',
  '--set',
  'epochs=2',
  '--set',
  'limit=3000',
  ...more,
];
const sweepWords = (out) => ['sweep', ...plan('--trials', String(trials)), '--no-test', '--out', out];

/** By number: state and weights of all trials, as the journal has them. */
function trialsOf(out) {
  const found = [];
  for (const line of readFileSync(join(folder, out, 'journal.log'), 'utf8')
    .trimEnd()
    .split('\n')) {
    const { op_code, trial_id, user_attr, state, values } = JSON.parse(line);
    if (op_code === 4) found.push({ ends: 0 });
    if (op_code === 8) Object.assign(found[trial_id], user_attr);
    if (op_code === 6) Object.assign(found[trial_id], { state, value: values?.[0], ends: found[trial_id].ends + 1 });
  }
  return found.map(({ trial, state, value, weightsSha256, ends }) => ({ trial, state, value, weightsSha256, ends }));
}

/** Command lines of all processes, as a list of processes shows them; on Linux alone. */
function commandLines() {
  if (process.platform !== 'linux') return [];
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  });
}

const server = await startServer(kind, password);
const workers = [];
const startWorker = (...more) => {
  const words = [
    'worker',
    ...more,
    '--queue',
    server.url,
    '--jobs',
    '1',
    '--threads',
    '1',
    '--lock-seconds',
    String(lockSeconds),
  ];
  const worker = start(words);
  workers.push(worker);
  return worker;
};
const commands = [];
try {
  const alone = start(sweepWords('alone'));
  assert.equal(await alone.ended, 0, alone.output);
  const expected = trialsOf('alone');
  assert.equal(expected.length, trials);

  // A worker of other data must say so and leave the trial to others.
  const stranger = start(['worker', '--jobs', '1', '--data', makeOtherData()], { INKLING_QUEUE: server.url });
  let sweep = start(sweepWords('queued'), { INKLING_QUEUE: server.url });
  commands.push(stranger, sweep);
  await until(() => stranger.output.includes('Refused: the trial asks for data of SHA-256'), 'a refusal');
  await until(() => sweep.output.includes('cannot train: the trial asks for data'), 'the news of it');
  stranger.child.kill('SIGTERM');
  assert.equal(await stranger.ended, 0, stranger.output);

  const living = [startWorker(), startWorker(), startWorker()];
  await until(() => living.every(({ output }) => output.includes('Waiting for trials')), 'the workers');
  assert.ok(!commandLines().some((line) => line.includes(password)), 'a list of processes shows the password');
  const isDone = () => sweep.output.includes(`[${trials}/${trials}]`) || sweep.child.exitCode !== null;
  const events = [...Array(kills).fill('kill'), ...Array(restarts).fill('restart'), 'coordinator'];
  // Evenly among the kills, the last event not last.
  const order = events
    .map((event, index) => ({ event, at: event === 'kill' ? index : (kills * (index - kills + 0.5)) / (restarts + 1) }))
    .sort((a, b) => a.at - b.at);
  let done = 0;
  for (const { event } of order) {
    if (isDone()) break;
    await sleep(1500 + 500 * (done % 3));
    if (event === 'kill') {
      const victim = living.shift();
      victim.child.kill('SIGKILL');
      await victim.ended;
      living.push(startWorker());
    } else if (event === 'restart') {
      await server.restart();
    } else {
      sweep.child.kill('SIGKILL');
      await sweep.ended;
      sweep = start(sweepWords('queued'), { INKLING_QUEUE: server.url });
      commands.push(sweep);
    }
    done++;
  }
  assert.equal(done, events.length, 'The sweep was over before all was done to it: give it more trials.');
  await until(() => sweep.child.exitCode !== null, 'the end of the sweep', 60 + 10 * trials);
  assert.equal(await sweep.ended, 0, sweep.output);
  assert.deepEqual(trialsOf('queued'), expected);
  for (const { ends } of trialsOf('queued')) assert.equal(ends, 1);
  for (const worker of living) worker.child.kill('SIGTERM');
  for (const worker of living) assert.equal(await worker.ended, 0, worker.output);
  await checkTakeOver();
  assert.ok(!printed.includes(password), 'somebody printed the password');
  console.log(
    `${trials} trials on ${kind}, ${kills} workers killed, ${restarts} restarts of the server, the sweep killed once; a trial handed on by three workers: the same bytes as on one machine.`,
  );
} catch (error) {
  for (const { output } of [...commands, ...workers]) console.error(`---\n${output.replaceAll(password, '***')}`);
  throw error;
} finally {
  for (const { child } of [...commands, ...workers]) child.kill('SIGKILL');
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/**
 * A trial whose worker is killed goes on from its checkpoint at another one, which is started elsewhere and sees the same
 * artifacts; of a third that is asked to stop, at a fourth.
 */
async function checkTakeOver() {
  const words = ['--set', 'model=linear', '--set', 'epochs=60', '--set', 'batchSize=4', '--set', 'limit=6000'];
  // Threads that wait for each other are slow where the cores have other work.
  const sweepOf = (out) => ['sweep', ...words, '--no-test', '--jobs', '1', '--threads', '1', '--out', out];
  const lonely = start(sweepOf('whole'));
  assert.equal(await lonely.ended, 0, lonely.output);
  const artifacts = join(folder, 'artifacts');
  const shared = start(sweepOf('taken-over'), { INKLING_QUEUE: server.url });
  commands.push(shared);
  /** Steps of the newest checkpoint that any worker has written. */
  const newest = () => {
    const paths = existsSync(artifacts) ? readdirSync(artifacts, { recursive: true }) : [];
    return Math.max(0, ...paths.map((path) => Number(/checkpoint-(\d+)\.safetensors$/.exec(path)?.[1] ?? 0)));
  };
  for (const signal of ['SIGKILL', 'SIGTERM']) {
    const before = newest();
    const victim = startWorker('--artifacts', artifacts);
    await until(() => newest() > before, 'a checkpoint');
    victim.child.kill(signal);
    assert.equal(await victim.ended, signal === 'SIGKILL' ? 'SIGKILL' : 0, victim.output);
    if (before > 0) assert.match(victim.output, /Going on with \w+ from step \d+/);
    // Nobody trains while no worker is there.
    const kept = newest();
    assert.ok(kept > before, 'a worker has left no checkpoint');
  }
  const last = startWorker('--artifacts', artifacts);
  await until(() => shared.child.exitCode !== null, 'the end of a trial that was taken over');
  assert.equal(await shared.ended, 0, shared.output);
  const [, steps] = /Going on with \w+ from step (\d+)/.exec(last.output) ?? [];
  assert.ok(Number(steps) > 0, `the trial began anew: ${last.output}`);
  assert.deepEqual(trialsOf('taken-over'), trialsOf('whole'));
  last.child.kill('SIGTERM');
  assert.equal(await last.ended, 0, last.output);
}

/** A few images of three classes, which are not MNIST's. */
function makeOtherData() {
  const path = join(folder, 'other');
  mkdirSync(path);
  for (const [part, count] of [
    ['train', 30],
    ['t10k', 6],
  ]) {
    const data = Uint8Array.from({ length: count * 784 }, (_, index) => (index * 31) % 251);
    writeFileSync(join(path, `${part}-images-idx3-ubyte`), writeIdx({ data, shape: [count, 28, 28] }));
    const labels = Uint8Array.from({ length: count }, (_, index) => index % 3);
    writeFileSync(join(path, `${part}-labels-idx1-ubyte`), writeIdx({ data: labels, shape: [count] }));
  }
  return path;
}
