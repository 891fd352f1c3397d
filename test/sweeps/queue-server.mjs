/** A Redis or PostgreSQL of one's own, on a free port of the loopback interface, that can be killed and started again. */

import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @param {'redis' | 'postgres'} kind
 * @returns its address with the password; `restart` kills it and starts it on the same data
 */
export async function startServer(kind, password) {
  const folder = mkdtempSync(join(tmpdir(), `inkling-${kind}-`));
  const port = await freePort();
  const { begin, url } = kind === 'redis' ? redis(folder, port, password) : postgres(folder, port, password);
  let child = begin();
  await answers(port);
  const end = async (signal) => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  return {
    url,
    async restart() {
      await end('SIGKILL');
      await sleep(1000);
      child = begin();
      await answers(port);
    },
    async stop() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function redis(folder, port, password) {
  const program = process.env.REDIS_SERVER ?? 'redis-server';
  const file = join(folder, 'redis.conf');
  // All that was acknowledged is there again after a kill.
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `dir ${folder}`,
    'appendonly yes',
    'appendfsync always',
    `requirepass ${password}`,
  ];
  writeFileSync(file, lines.join('\n'));
  return { url: `redis://:${password}@127.0.0.1:${port}`, begin: () => spawn(program, [file], { stdio: 'ignore' }) };
}

function postgres(folder, port, password) {
  const bin = process.env.POSTGRES_BIN ?? newestPostgres();
  const data = join(folder, 'data');
  const secret = join(folder, 'password');
  mkdirSync(data);
  writeFileSync(secret, password);
  // PostgreSQL does not start as root.
  const isRoot = process.getuid?.() === 0;
  const owner = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  if (isRoot) for (const path of [folder, data, secret]) chownSync(path, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder, stdio: 'ignore' };
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'inkling', '-A', 'scram-sha-256', `--pwfile=${secret}`],
    options,
  );
  const words = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${folder}`,
  ];
  return {
    url: `postgres://inkling:${password}@127.0.0.1:${port}/postgres`,
    begin: () => spawn(join(bin, 'postgres'), words, options),
  };
}

const idOf = (option) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));

function newestPostgres() {
  const all = '/usr/lib/postgresql';
  const [newest] = existsSync(all) ? readdirSync(all).sort((a, b) => Number(b) - Number(a)) : [];
  if (newest === undefined)
    throw new Error('PostgreSQL is not installed: say with POSTGRES_BIN where its programs are.');
  return join(all, newest, 'bin');
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port) {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
    const isThere = await new Promise((resolve) => {
      const socket = createConnection(port, '127.0.0.1');
      socket.once('connect', () => resolve(true) ?? socket.destroy());
      socket.once('error', () => resolve(false));
    });
    if (isThere) return;
  }
  throw new Error(`Nothing answers at port ${port}.`);
}
