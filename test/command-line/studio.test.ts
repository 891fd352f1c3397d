/** `inkling studio`: what it serves, what it refuses, and what it says where it cannot. */

import { once } from 'node:events';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Command, eventsOf, folder, quickly, run } from './command.js';

/** @returns the command, and the address that it prints */
async function open(...words: string[]): Promise<{ command: Command; address: string }> {
  const command = new Command(['studio', '--port', '0', ...words]);
  await command.printed('Ctrl-C');
  const [, address] = /The studio is at (\S+)/.exec(command.stdout)!;
  return { command, address };
}

/** A request as it is, where `fetch` would mend its path and host. */
async function ask(address: string, path: string, { method = 'GET', host }: { method?: string; host?: string } = {}) {
  const { hostname, port } = new URL(address);
  const asked = request({ hostname, port, path, method, headers: host === undefined ? {} : { host } }).end();
  const [response] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

describe('an open studio', () => {
  let command: Command;
  let address: string;
  beforeAll(async () => {
    await mkdir(join(folder, 'shown'));
    await run(...quickly, '--epochs', '1', '--out', 'shown/first');
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await symlink(join(folder, 'secret.txt'), join(folder, 'shown', 'link.txt'));
    ({ command, address } = await open('--runs', 'shown'));
  });
  afterAll(async () => {
    command.kill('SIGINT');
    expect((await command.end()).code).toBe(0);
  });

  test('listens to this machine', () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  test('sends the page with the headers that let it share memory, and a strict policy', async () => {
    const { status, headers, body } = await ask(address, '/');
    expect(status).toBe(200);
    expect(body.toString()).toContain('<title>Inkling studio</title>');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
    const policy = headers['content-security-policy'] as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toMatch(/https?:|\*|'unsafe-/);
  });

  test('sends its scripts as scripts', async () => {
    const page = (await ask(address, '/')).body.toString();
    const [, script] = /src="\.(\/assets\/[^"]+\.js)"/.exec(page)!;
    expect((await ask(address, script)).headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test("sends MNIST's files packed", async () => {
    const { status, body } = await ask(address, '/mnist/t10k-labels-idx1-ubyte.gz');
    expect(status).toBe(200);
    expect(gunzipSync(body)).toHaveLength(8 + 10_000);
    expect((await ask(address, '/mnist/package.json')).status).toBe(404);
  });

  test('lists the runs without their places, and sends their files', async () => {
    const { body } = await ask(address, '/runs/index.json');
    expect(JSON.parse(body.toString())).toMatchObject([{ name: 'first', state: 'finished' }]);
    expect(body.toString()).not.toContain(folder);
    const summary = await ask(address, '/runs/first/summary.json');
    expect(summary.body).toStrictEqual(await readFile(join(folder, 'shown', 'first', 'summary.json')));
  });

  test.each([
    '/runs/../secret.txt',
    '/runs/%2e%2e/secret.txt',
    '/runs/..%2fsecret.txt',
    '/../package.json',
    '/%2e%2e/%2e%2e/package.json',
    '/runs/link.txt',
    '/runs/first',
    '/runs/first/nothing.json',
    '/runs/%00',
  ])('finds nothing at %s', async (path) => {
    const { status, body } = await ask(address, path);
    expect(status).toBe(404);
    expect(body.toString()).toBe('There is no such file.\n');
  });

  test('refuses a path that is none, other methods, and names of other hosts', async () => {
    expect((await ask(address, '/%')).status).toBe(400);
    const posted = await ask(address, '/', { method: 'POST' });
    expect(posted.status).toBe(405);
    expect(posted.headers.allow).toBe('GET, HEAD');
    expect((await ask(address, '/', { host: 'evil.example' })).status).toBe(403);
    expect((await ask(address, '/', { host: 'localhost:5160' })).status).toBe(200);
  });

  test('answers HEAD without a body', async () => {
    const { status, headers, body } = await ask(address, '/', { method: 'HEAD' });
    expect(status).toBe(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(100);
    expect(body).toHaveLength(0);
  });

  test('a port that is taken is told, and the next one is taken where none was named', async () => {
    const { port } = new URL(address);
    const { code, stderr } = await run('studio', '--port', port);
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is taken on 127.0.0.1: another program listens there.`);
    const taken = createServer().listen(5160, '127.0.0.1');
    await Promise.race([once(taken, 'listening'), once(taken, 'error')]);
    const other = new Command(['studio', '--json']);
    await other.printed('"studio"');
    const [{ address: found }] = eventsOf(other.stdout);
    expect(Number(new URL(found).port)).toBeGreaterThan(5160);
    other.kill('SIGTERM');
    expect((await other.end()).code).toBe(0);
    taken.close();
  });
});

test('Ctrl-C ends it while a connection is open', async () => {
  const { command, address } = await open();
  const { hostname, port } = new URL(address);
  const asked = request({ hostname, port, path: '/', headers: { connection: 'keep-alive' } }).end();
  const [response] = await once(asked, 'response');
  response.resume();
  command.kill('SIGINT');
  expect((await command.end()).code).toBe(0);
});

test('runs that are no folder are told before it listens', async () => {
  await writeFile(join(folder, 'no-folder'), 'text');
  const { code, stderr } = await run('studio', '--port', '0', '--runs', 'no-folder');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Error: .*no-folder/);
  await rm(join(folder, 'no-folder'));
});

test('a host that is no address of this machine is told', async () => {
  const { code, stderr } = await run('studio', '--port', '0', '--host', '203.0.113.7');
  expect(code).toBe(1);
  expect(stderr).toContain('203.0.113.7 is no address of this machine.');
});

test('a port that is none is wrong usage', async () => {
  const { code, stderr } = await run('studio', '--port', '70000');
  expect(code).toBe(2);
  expect(stderr).toContain('--port');
});

test('without its runs it opens all the same', async () => {
  const { command, address } = await open('--runs', 'not-yet');
  expect((await ask(address, '/runs/index.json')).body.toString()).toBe('[]');
  command.kill('SIGINT');
  await command.end();
});
