import { execFile, spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import * as files from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { platform } from './node.js';
import { fileError } from './node-file-error.js';

vi.mock('node:fs/promises', { spy: true });

let folder: string;
beforeEach(async () => {
  folder = await files.mkdtemp(join(tmpdir(), 'inkling-platform-'));
});
afterEach(async () => {
  vi.mocked(files.open).mockReset();
  vi.mocked(files.rename).mockReset();
  await files.rm(folder, { recursive: true });
});

/** What the system says when `code` happens. */
function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: something technical`), { code });
}

describe('files', () => {
  test('what was written is read, in a folder that did not exist', async () => {
    const path = platform.joinPath(folder, 'a', 'b', 'weights.bin');
    await platform.writeFile(path, Uint8Array.of(0, 255, 7));
    expect(await platform.readFile(path)).toStrictEqual(Uint8Array.of(0, 255, 7));
    await platform.writeFile(path, 'größer');
    expect(new TextDecoder().decode(await platform.readFile(path))).toBe('größer');
    expect(await files.readdir(join(folder, 'a', 'b'))).toStrictEqual(['weights.bin']);
  });

  test('bytes of a shared memory can be written', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(4)).fill(9);
    await platform.writeFile(join(folder, 'shared'), shared.subarray(1));
    expect(await platform.readFile(join(folder, 'shared'))).toStrictEqual(Uint8Array.of(9, 9, 9));
  });

  test('text is appended to a file, which is made with its folder', async () => {
    const path = join(folder, 'run', 'metrics.jsonl');
    await platform.appendFile(path, '{"step":50}\n');
    await platform.appendFile(path, '{"step":100}\n');
    expect(await files.readFile(path, 'utf8')).toBe('{"step":50}\n{"step":100}\n');
    await expect(platform.appendFile(join(path, 'x'), '')).rejects.toMatchObject({ kind: 'file' });
  });

  test('a folder is listed by name; symbolic links are followed; a file is no folder', async () => {
    await files.mkdir(join(folder, 'b'));
    await files.writeFile(join(folder, 'a.txt'), '');
    await files.writeFile(join(folder, 'C.txt'), '');
    await files.symlink(join(folder, 'b'), join(folder, 'link'), 'dir');
    await files.symlink(join(folder, 'nowhere'), join(folder, 'dangling'));
    expect(await platform.listFolder(folder)).toStrictEqual([
      { name: 'C.txt', isFolder: false },
      { name: 'a.txt', isFolder: false },
      { name: 'b', isFolder: true },
      { name: 'dangling', isFolder: false },
      { name: 'link', isFolder: true },
    ]);
    expect(await platform.listFolder(join(folder, 'a.txt'))).toBeUndefined();
    expect(await platform.listFolder(join(folder, 'missing'))).toBeUndefined();
  });

  test('a missing file and a folder in place of a file are named', async () => {
    const missing = join(folder, 'missing.idx');
    await expect(platform.readFile(missing)).rejects.toMatchObject({
      name: 'InklingError',
      kind: 'file',
      message: `Cannot read ${missing}: it does not exist. Check the spelling of the path (ENOENT).`,
    });
    await expect(platform.readFile(folder)).rejects.toThrow(`Cannot read ${folder}: it is a folder`);
  });

  test('a file where a folder should be stops a write', async () => {
    const file = join(folder, 'file');
    await files.writeFile(file, 'kept');
    await expect(platform.writeFile(join(file, 'summary.json'), '{}')).rejects.toThrow(
      /a file is where a folder should be\. Choose another path/,
    );
    expect(await files.readFile(file, 'utf8')).toBe('kept');
  });

  test('a folder of the same name stops a write and no temporary file stays', async () => {
    await files.mkdir(join(folder, 'summary.json'));
    await expect(platform.writeFile(join(folder, 'summary.json'), '{}')).rejects.toMatchObject({ kind: 'file' });
    expect(await files.readdir(folder)).toStrictEqual(['summary.json']);
  });

  test.each(['ENOSPC', 'EDQUOT', 'EIO'])(
    '%s while writing: the old file stays and no temporary file does',
    async (code) => {
      const path = join(folder, 'model.safetensors');
      await platform.writeFile(path, 'old');
      const { open } = await vi.importActual<typeof files>('node:fs/promises');
      vi.mocked(files.open).mockImplementationOnce(async (...parameters) => {
        const handle = await open(...parameters);
        await handle.writeFile('ne');
        handle.writeFile = async () => {
          throw systemError(code);
        };
        return handle;
      });
      await expect(platform.writeFile(path, 'new')).rejects.toThrow(
        new RegExp(`^Cannot write ${path}: .* disk .*${code}`),
      );
      expect(await files.readFile(path, 'utf8')).toBe('old');
      expect(await files.readdir(folder)).toStrictEqual(['model.safetensors']);
    },
  );

  test.runIf(process.platform === 'linux')('a folder that takes no folders ends a write at once', async () => {
    await expect(platform.writeFile('/proc/inkling/run/summary.json', '{}')).rejects.toMatchObject({
      kind: 'file',
      message: expect.stringContaining('takes no new folders'),
    });
  });

  test('the temporary file of a dead writer is removed by the next, that of a living one is not', async () => {
    const name = (pid: number) => `.inkling-${encodeURIComponent(hostname())}-${pid}--0123abcd.tmp`;
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    for (const pid of [dead, process.pid]) await files.writeFile(join(folder, name(pid)), 'half');
    await platform.writeFile(join(folder, 'x'), 'new');
    expect((await files.readdir(folder)).sort()).toStrictEqual([name(process.pid), 'x']);
  });

  test('a rename that fails leaves nothing behind', async () => {
    vi.mocked(files.rename).mockRejectedValueOnce(systemError('EPERM'));
    await expect(platform.writeFile(join(folder, 'x'), 'new')).rejects.toThrow('the operation is not permitted');
    expect(await files.readdir(folder)).toStrictEqual([]);
  });

  test('every reader sees a whole file while it is written again and again', async () => {
    const path = join(folder, 'history.json');
    const contents = ['a', 'b'].map((letter) => letter.repeat(200_000));
    await platform.writeFile(path, contents[0]);
    let writing = true;
    const writer = (async () => {
      for (let turn = 1; turn <= 20; turn++) await platform.writeFile(path, contents[turn % 2]);
      writing = false;
    })();
    const seen = new Set<boolean>();
    while (writing) seen.add(contents.includes(await files.readFile(path, 'utf8')));
    await writer;
    expect([...seen]).toStrictEqual([true]);
  });
});

describe('file errors', () => {
  test.each([
    ['EACCES', 'permission is denied'],
    ['EROFS', 'read-only'],
    ['ENOSPC', 'the disk is full'],
    ['ENOTDIR', 'should be a folder is a file'],
  ])('%s is said in plain words', (code, words) => {
    const cause = systemError(code);
    const error = fileError('write', '/runs/1', cause);
    expect(error).toMatchObject({ kind: 'file', cause });
    expect(error.message).toContain(words);
    expect(error.message).toContain('/runs/1');
    expect(error.message).not.toContain('technical');
  });

  test('what is unknown is passed on', () => {
    expect(fileError('read', 'a', systemError('EXOTIC')).message).toBe(
      'Cannot read a: EXOTIC: something technical (EXOTIC).',
    );
    expect(fileError('read', 'a', 'odd').message).toBe('Cannot read a: odd.');
  });
});

describe('packages', () => {
  test('an installed package is found, an absent one is not', async () => {
    const found = platform.packageFolder('fast-png');
    expect(JSON.parse(await files.readFile(join(found ?? '', 'package.json'), 'utf8')).name).toBe('fast-png');
    expect(platform.packageFolder('no-such-package-anywhere')).toBeUndefined();
  });
});

describe('the host', () => {
  test('is named, with the processors it has', () => {
    expect(platform.host).toBe(`node ${process.versions.node}`);
    expect(platform.availableThreads).toBeGreaterThanOrEqual(1);
  });

  test('accepts relaxed SIMD once asked', () => {
    platform.enableRelaxedSimd();
    // (module (func (param v128 v128 v128) (result v128) local.get 0 1 2, f32x4.relaxed_madd))
    const type = [1, 8, 1, 0x60, 3, 0x7b, 0x7b, 0x7b, 1, 0x7b];
    const code = [10, 13, 1, 11, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfd, 0x85, 0x02, 0x0b];
    const module = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...type, 3, 2, 1, 0, ...code]);
    expect(WebAssembly.validate(module)).toBe(true);
  });
});

describe('threads', { timeout: 60_000 }, () => {
  /** A thread that runs this code, with `platform` at hand as the built package has it. */
  async function moduleOf(code: string): Promise<URL> {
    const isNodes = (name: string) => /^(node[\w-]*|wide-kernel-binaries)\.ts$/.test(name);
    const nodes = (await files.readdir(new URL('.', import.meta.url))).filter(isNodes);
    for (const name of ['errors', ...nodes.map((name) => `platform/${name.slice(0, -3)}`)]) {
      const source = await files.readFile(new URL(`../${name}.ts`, import.meta.url), 'utf8');
      const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
      await platform.writeFile(join(folder, `${name}.js`), ts.transpile(source, options));
    }
    await platform.writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await platform.writeFile(join(folder, 'thread.js'), `import { platform } from './platform/node.js';\n${code}`);
    return pathToFileURL(join(folder, 'thread.js'));
  }

  /** Starts a thread; the events tell its messages as `message` and its errors as `failure`. */
  function start(module: URL) {
    const errors: Error[] = [];
    const events = new EventEmitter();
    const thread = platform.startThread(module, {
      onMessage: (message) => events.emit('message', message),
      onError: (error) => {
        errors.push(error);
        events.emit('failure', error);
      },
    });
    thread.setBusy(true);
    return { thread, events, errors };
  }

  test('both ends talk', async () => {
    const module = await moduleOf(
      'const scope = platform.threadScope(); scope.onMessage((message) => scope.post({ doubled: message.map((x) => 2 * x) }));',
    );
    const { thread, events, errors } = start(module);
    thread.post([1, 2, 3]);
    expect(await once(events, 'message')).toStrictEqual([{ doubled: [2, 4, 6] }]);
    await thread.terminate();
    expect(errors).toStrictEqual([]);
  });

  test('an uncaught error is heard once', async () => {
    const { thread, events, errors } = start(await moduleOf("throw new RangeError('out of memory');"));
    await once(events, 'failure');
    await thread.terminate();
    expect(errors.map(String)).toStrictEqual(['RangeError: out of memory']);
  });

  test.each([0, 3])('an exit with code %i is an error', async (code) => {
    const { events } = start(await moduleOf(`process.exit(${code});`));
    const [error] = await once(events, 'failure');
    expect(error).toMatchObject({ message: expect.stringContaining(`ended with exit code ${code}.`) });
  });

  test('an idle thread does not keep the process alive, a busy one does', async () => {
    const module = await moduleOf('platform.threadScope().onMessage(() => {});');
    const parent = (busy: boolean) => `
      const listener = { onMessage() {}, onError(error) { throw error; } };
      const thread = platform.startThread(new URL(${JSON.stringify(module.href)}), listener);
      if (${busy}) {
        thread.setBusy(true);
        setTimeout(() => { console.log('still here'); thread.setBusy(false); }, 300).unref();
      }`;
    const run = async (busy: boolean) => {
      const path = join(folder, 'parent.js');
      await platform.writeFile(path, `import { platform } from './platform/node.js';\n${parent(busy)}`);
      return (await promisify(execFile)(process.execPath, [path], { timeout: 20_000 })).stdout;
    };
    expect(await run(false)).not.toContain('still here');
    expect(await run(true)).toContain('still here');
  });

  test('the main thread has no thread scope', () => {
    expect(() => platform.threadScope()).toThrow('in a thread of its own');
  });
});
