/** What a run ran on: versions and machine. */

import { cpus } from 'node:os';
import { inklingVersion } from '../formats/inkling-version.js';

export function versions(): Record<string, string> {
  return { inkling: inklingVersion, node: process.versions.node, v8: process.versions.v8 };
}

/** Operating system and processor, such as `linux x64, AMD EPYC 7763, 2 cores`. */
export function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || 'unknown processor';
  return `${process.platform} ${process.arch}, ${model}, ${processors.length} ${processors.length === 1 ? 'core' : 'cores'}`;
}
