/** How a batch is cut into shards, and what a printed program looks like. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatProgram, largestShard, type Program, shardCount, shardRows } from './program.js';

test('the shards of a batch are all of its rows, each once, in order and of nearly the same size', () => {
  fc.assert(
    fc.property(fc.nat({ max: 100_000 }), (batchRows) => {
      let next = 0;
      for (let shard = 0; shard < shardCount; shard++) {
        const { firstRow, rows } = shardRows(batchRows, shard);
        expect(firstRow).toBe(next);
        expect([Math.floor(batchRows / shardCount), largestShard(batchRows)]).toContain(rows);
        next += rows;
      }
      expect(next).toBe(batchRows);
    }),
  );
});

test('a printed program names its phases, calls and operands', () => {
  const place = { at: 4096, perRow: 4, perShard: 0, perThread: 0, name: 'dense: output' };
  const program: Program = {
    name: 'training step',
    prologue: [],
    phases: [
      [
        {
          kernel: 'reluForward',
          operands: [place, place, { count: 'rows', times: 8 }],
          split: 'shards',
          part: 'block',
          block: 'dense',
        },
        { kernel: 'fillZero', operands: [place, 12], split: 'once', part: 'block', block: 'dense' },
      ],
      [
        {
          kernel: 'packPanels',
          operands: [place, { part: 'first', total: 9, unit: 4 }, { count: 'batchRows', times: 1 }],
          split: 'parts',
          part: 'block',
          block: 'dense',
        },
      ],
    ],
    phasesToLoss: 1,
  };
  const lines = formatProgram(program).split('\n');
  expect(lines[0]).toBe('program training step');
  expect(lines.filter((line) => line.startsWith('  phase'))).toEqual(['  phase 1:', '  phase 2:']);
  expect(lines.join('\n')).toMatch(/shards .*reluForward\(dense: output, dense: output, rows\*8\)/);
  expect(lines.join('\n')).toMatch(/once .*fillZero\(dense: output, 12\)/);
  expect(lines.join('\n')).toMatch(/parts .*packPanels\(dense: output, first of 9, batchRows\)/);
});
