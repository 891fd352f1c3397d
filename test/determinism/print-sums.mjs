/**
 * Prints the SHA-256 of the tiny job's weights for both arithmetics as JSON, for comparing versions of Node:
 * `node test/determinism/print-sums.mjs [--threads N] [--vectors 256]`. Needs the built dist/.
 */

import { parseArgs } from 'node:util';
import { trainTinyJob } from './job.mjs';

const { values } = parseArgs({
  options: { threads: { type: 'string', default: '2' }, vectors: { type: 'string', default: '128' } },
});
const threads = Number(values.threads);
const engine = { threads, vectorBits: Number(values.vectors) };
const plain = await trainTinyJob({ arithmetic: 'plain', ...engine });
const fused = await trainTinyJob({ arithmetic: 'fused', ...engine });
process.stdout.write(`${JSON.stringify({ plain, fused })}\n`);
