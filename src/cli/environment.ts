/** What a run ran on: versions and machine. */

import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Of this package. */
export function packageVersion(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return version;
}

export function versions(): Record<string, string> {
  return { inkling: packageVersion(), node: process.versions.node, v8: process.versions.v8 };
}

/** Operating system and processor, such as `linux x64, AMD EPYC 7763, 2 cores`. */
export function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || 'unknown processor';
  return `${process.platform} ${process.arch}, ${model}, ${processors.length} ${processors.length === 1 ? 'core' : 'cores'}`;
}
