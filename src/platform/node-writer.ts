/**
 * Which process writes: named in temporary files and in locks, so that what a dead process has left can be told from a
 * living one's.
 */

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface Writer {
  readonly host: string;
  readonly pid: number;
  /** When the process began, where the system tells, else empty: numbers of processes are given again. */
  readonly start: string;
}

/** In clock ticks since the machine was started, as Linux tells. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    // The second field is a name in brackets, which may hold anything; the start is the 22nd.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

let own: Writer | undefined;

export function thisWriter(): Writer {
  own ??= { host: hostname(), pid: process.pid, start: startOf(process.pid) };
  return own;
}

/** Who wrote a lock. @returns undefined where the text is none of a writer */
export function readWriter(text: string): Writer | undefined {
  try {
    const { host, pid, start } = JSON.parse(text);
    return typeof host === 'string' && Number.isSafeInteger(pid) && pid > 0
      ? { host, pid, start: `${start}` }
      : undefined;
  } catch {
    return undefined;
  }
}

/** @returns undefined for a process of another machine or container, of which nothing can be known */
export function isAlive({ host, pid, start }: Writer): boolean | undefined {
  if (host !== hostname()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not permitted: it is there, and another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startOf(pid);
  return start === '' || now === '' || start === now;
}
