/** What the figures were measured on: the machine, its load, and the state of the repository. */

import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { paths } from './paths.mjs';

/** A load average above this means that something else is running. */
export const quietLoad = 0.5;

export function machine() {
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Number((os.totalmem() / 2 ** 30).toFixed(1)),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
  };
}

/** Load average of the last minute; 0 on Windows, which has none. */
export function loadAverage() {
  return os.loadavg()[0];
}

/** The commit that is checked out, and whether the tree differs from it. */
export function repository() {
  const git = (...args) => execFileSync('git', args, { cwd: paths.root, encoding: 'utf8' }).trim();
  try {
    return { commit: git('rev-parse', '--short', 'HEAD'), modified: git('status', '--porcelain') !== '' };
  } catch {
    return { commit: 'unknown', modified: true };
  }
}
