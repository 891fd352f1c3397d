/** Hosts that lack what the engine needs: processes that are started so say it in a sentence, and none of them dies. */

import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const inkling = new URL('../dist/index.js', import.meta.url).href;
const images = new URL('determinism/job.mjs', import.meta.url).href;

/** Trains on two threads and prints how that went. */
const training = `
  import { dense, flatten, Sequential } from ${JSON.stringify(inkling)};
  import { tinyImages } from ${JSON.stringify(images)};
  const { images, labels } = tinyImages(20);
  try {
    const model = new Sequential([flatten(), dense({ units: 4 })]);
    model.compile({ threads: 2 });
    await model.fit(images, labels, { verbose: 0 });
    console.log('trained');
  } catch (error) {
    console.log(error.kind + ': ' + error.message);
  }
`;

function trainWith(flags: readonly string[], limit = 'unlimited') {
  const words = [...flags, '--input-type=module', '--eval', training];
  // The shell's own limit of virtual memory, in KiB, holds for what it starts.
  const script = `ulimit -v ${limit} && exec "$0" "$@"`;
  const { status, stdout } = spawnSync('sh', ['-c', script, process.execPath, ...words], { encoding: 'utf8' });
  return { status, stdout: stdout.trim() };
}

const major = Number.parseInt(process.versions.node, 10);

test('without WebAssembly', () => {
  const { status, stdout } = trainWith(['--jitless']);
  expect(status).toBe(0);
  expect(stdout).toBe(
    `environment: The engine needs WebAssembly, which node ${process.versions.node} does not have or has switched off. ` +
      'Start Node without --jitless, on a processor with SSE4.1 (x64) or NEON (arm64).',
  );
});

test('without leave to start threads', () => {
  const permission = major < 24 ? '--experimental-permission' : '--permission';
  expect(trainWith([permission, '--allow-fs-read=*'])).toEqual({
    status: 0,
    stdout:
      'environment: "threads" must be 1 here, because Node\'s permission model forbids more. Received: 2. ' +
      'Leave "threads" out to take as many as there can be. Start Node with --allow-worker.',
  });
});

const gibibyte = 2 ** 20;

test.runIf(process.platform === 'linux').each([4, 11, 12, 13])('in %i GiB of address space', (size) => {
  const { status, stdout } = trainWith([], String(size * gibibyte));
  expect(status).toBe(0);
  // Node 24 and later do without guards where there is no room for them.
  if (stdout !== 'trained') expect(stdout).toMatch(/^environment: .*ulimit -v.*--disable-wasm-trap-handler/);
});

test.runIf(process.platform === 'linux')('in 4 GiB without guards', () => {
  expect(trainWith(['--disable-wasm-trap-handler'], String(4 * gibibyte))).toEqual({ status: 0, stdout: 'trained' });
});
