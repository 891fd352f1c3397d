/**
 * A copy of the repository's last commit in a folder of its own, in which errors are planted. Their packages are shared
 * by links.
 */

import { execFile, spawn } from 'node:child_process';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function commitOf(repository) {
  return (await run('git', ['rev-parse', 'HEAD'], { cwd: repository })).stdout.trim();
}

/** What people have written of src/ and assembly/ at a commit; the build makes more files. */
export async function sourceFiles(repository, commit) {
  const words = ['ls-tree', '-r', '--name-only', commit, 'src', 'assembly'];
  const { stdout } = await run('git', words, { cwd: repository, maxBuffer: 1e8 });
  return stdout.split('\n').filter((path) => path.endsWith('.ts') && !/\.(test|d)\.ts$/.test(path));
}

/** Runs a command in a process group of its own, which is ended as a whole after `seconds`. */
export function command(words, { cwd, seconds, env = {} }) {
  return new Promise((resolve) => {
    const options = { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } };
    const child = spawn(words[0], words.slice(1), options);
    let [output, timedOut] = ['', false];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output = (output + data).slice(-200_000);
      });
    }
    const end = () => {
      timedOut = true;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
    };
    const timer = setTimeout(end, seconds * 1000);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output, timedOut });
    });
  });
}

/** @returns vitest's report as JSON, undefined where it did not get so far */
export async function vitest(cwd, words, options) {
  const file = join(cwd, 'report.json');
  await rm(file, { force: true });
  const run = ['node', 'node_modules/vitest/vitest.mjs', 'run', '--reporter=json', '--outputFile', file, ...words];
  const result = await command(run, { cwd, ...options });
  const report = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
  return { ...result, report };
}

export class Scratch {
  constructor(folder) {
    this.folder = folder;
  }

  /** Under another name until it is built, so that what is there is whole. */
  static async create(folder, repository) {
    const scratch = new Scratch(`${folder}-unfinished`);
    await rm(scratch.folder, { recursive: true, force: true });
    await mkdir(scratch.folder);
    await run('sh', ['-c', 'git archive HEAD | tar -x -C "$0"', scratch.folder], { cwd: repository });
    // Links to each file, or copies on another disk: behind a link to the folder the compiler would find types outside
    // of the project.
    const packages = join(repository, 'node_modules');
    await run('sh', ['-c', 'cp -al "$0" "$1" || cp -a "$0" "$1"', packages, scratch.folder]);
    const refused = await scratch.build();
    if (refused !== undefined) throw new Error(`The last commit does not build:\n${refused}`);
    await rename(scratch.folder, folder);
    return new Scratch(folder);
  }

  read(path) {
    return readFile(join(this.folder, path), 'utf8');
  }

  write(path, text) {
    return writeFile(join(this.folder, path), text);
  }

  /**
   * What a change of some of the sources asks for, all of it where none is named.
   * @returns what the compilers say where they refuse it
   */
  async build(changed = '') {
    const steps = [
      ['assembly/', 'node', 'scripts/build-kernels.js'],
      ['pretrained/', 'node', 'scripts/build-pretrained.js'],
      ['src/', 'node', 'scripts/build-thread.js'],
      [
        '',
        'node',
        'node_modules/typescript/bin/tsc',
        ...'-p tsconfig.build.json --incremental --tsBuildInfoFile .build-info'.split(' '),
      ],
    ];
    for (const [sources, ...words] of steps) {
      if (changed !== '' && !changed.startsWith(sources)) continue;
      const { code, output } = await command(words, { cwd: this.folder, seconds: 300 });
      if (code !== 0) return output;
    }
    return undefined;
  }
}
