/** Where buffers come to lie: in a thread's arena, in the batch's region or in a region of their own. */

import { describe, expect, test } from 'vitest';
import { architecture, architectureNames } from '../../model/architectures.js';
import { defineModel } from '../../model/model.js';
import { assignAddresses } from './assign-addresses.js';
import { MemoryLayout, readMargin } from './memory-layout.js';
import type { Operand } from './program.js';
import { largestShard, shardCount } from './program.js';
import { type Buffer, ofFirstShard, ProgramBuilder, rowCount, SharedBuffers } from './program-builder.js';
import { inspectionProgram, trainingProgram } from './programs.js';
import { recordBytes } from './step-record.js';

const options = { records: 8192, threads: 3, batchRows: 40 };

/** The address operand at a place of a resolved program; NaN steps where it is none. */
function addressOf(operand: Operand) {
  return typeof operand === 'object' && 'at' in operand ? operand : undefined;
}

/** A program written by `write`, resolved. */
function resolved(write: (builder: ProgramBuilder) => void, purpose: 'training' | 'inspection' = 'training') {
  const builder = new ProgramBuilder('test', new SharedBuffers(), purpose);
  write(builder);
  const layout = new MemoryLayout();
  const { programs } = assignAddresses([builder], builder.shared, layout, options);
  const region = (name: string) => layout.regions.find((candidate) => candidate.name === name)!;
  const operands = programs[0].phases.map((phase) => phase.map((call) => call.operands.map(addressOf)));
  return { program: programs[0], operands, region, layout };
}

/** Rows of so many values, changed in place. */
function relu(builder: ProgramBuilder, rows: Buffer, values: number): void {
  builder.shards('reluForward', { x: rows, y: rows, count: rowCount(values) });
}

test('rows of one phase lie in the arena of the thread, those of two phases in the batch', () => {
  const { operands, region } = resolved((builder) => {
    const [passing, crossing] = [builder.rows('passing', 3), builder.rows('crossing', 5)];
    relu(builder, passing, 3);
    relu(builder, crossing, 5);
    builder.barrier();
    relu(builder, crossing, 5);
  });
  const [[[passing], [crossing]], [[again]]] = operands;
  const arenas = region('thread arenas');
  const perThread = arenas.bytes / options.threads;
  expect(passing).toMatchObject({ at: arenas.address, perRow: 0, perShard: 0, perThread });
  expect(perThread).toBeGreaterThanOrEqual(largestShard(options.batchRows) * 12 + readMargin);
  expect(crossing).toMatchObject({ at: region('batch').address, perRow: 20, perThread: 0 });
  expect(again).toEqual(crossing);
  expect(region('batch').bytes).toBeGreaterThanOrEqual(options.batchRows * 20 + readMargin);
});

test('rows that a call takes as a whole lie in the batch, and that call gets their beginning', () => {
  const { operands, region } = resolved((builder) => {
    const rows = builder.rows('rows', 4);
    relu(builder, rows, 4);
    builder.once('sumColumns', { matrix: rows, rows: 40, columns: 4, sums: builder.shared.floats('sums', 8) });
  });
  const [[[inShards], [whole]]] = operands;
  expect(inShards).toMatchObject({ at: region('batch').address, perRow: 16 });
  expect(whole).toMatchObject({ at: region('batch').address, perRow: 0 });
});

test('a buffer of each shard is found by its shard, its beginning by all', () => {
  const { operands, region } = resolved((builder) => {
    const own = builder.perShard('own', 32);
    builder.shards('fillZero', { address: own, bytes: own.bytes });
    builder.shards('fillZero', { address: ofFirstShard(own), bytes: own.bytes });
    builder.parts('fillZero', { address: own, bytes: own.bytes });
  });
  const { address, bytes } = region('own');
  expect(bytes).toBe(32 * shardCount);
  const [[[shard], [first], [part]]] = operands;
  expect(shard).toMatchObject({ at: address, perShard: 32 });
  expect(first).toMatchObject({ at: address, perShard: 0 });
  expect(part).toMatchObject({ at: address, perShard: 0 });
});

test('each thread has its own step record and scratch', () => {
  const { operands } = resolved((builder) => {
    builder.shards('gatherSampleWeights', {
      sampleWeights: builder.shared.floats('weights', 40),
      record: 'record',
      weights: builder.scratch('scratch', 64),
      firstRow: 0,
      rows: 1,
    });
  });
  const [[[, record, scratch]]] = operands;
  expect(record).toMatchObject({ at: options.records, perThread: recordBytes });
  expect(scratch!.perThread).toBeGreaterThanOrEqual(64 + readMargin);
});

test('scratch may depend on the rows of the batch', () => {
  const { operands } = resolved((builder) => {
    builder.shards('fillZero', { address: builder.scratch('scratch', (rows) => 100 * rows), bytes: 1 });
  });
  const [[[scratch]]] = operands;
  expect(scratch!.perThread).toBeGreaterThanOrEqual(100 * options.batchRows + readMargin);
});

test('an inspection keeps all rows in places of their own', () => {
  const { operands, region } = resolved((builder) => {
    for (const name of ['a', 'b']) {
      const rows = builder.rows(name, 4);
      relu(builder, rows, 4);
    }
  }, 'inspection');
  const [[[a], [b]]] = operands;
  expect(a!.at).toBe(region('batch').address);
  expect(b!.at).toBeGreaterThanOrEqual(a!.at + 40 * 16 + readMargin);
});

test('phases without calls are left out, and the loss is where it is worked out', () => {
  const { program } = resolved((builder) => {
    const rows = builder.rows('rows', 2);
    builder.barrier();
    relu(builder, rows, 2);
    builder.barrier();
    builder.barrier();
    const tensors = { logits: rows, targets: rows, weights: rows, dLogits: rows };
    builder.shards('softmaxCrossEntropy', { ...tensors, rows: rowCount(), classes: 2, record: 'record', shard: 0 });
    builder.barrier();
    builder.once('fillZero', { address: 0, bytes: 0 });
    builder.barrier();
  });
  expect(program.phases.map((phase) => phase.map((call) => call.kernel))).toEqual([
    ['reluForward'],
    ['softmaxCrossEntropy'],
    ['fillZero'],
  ]);
  expect(program.phasesToLoss).toBe(2);
});

describe.each(architectureNames)('the training step of %s', (name) => {
  const model = defineModel(architecture(name, [28, 28, 1], 10));
  const source = { name: 'training', rows: 100, inputType: 'uint8', targetType: 'labels' } as const;
  const rule = { type: 'sgd', momentum: 0, nesterov: false } as const;
  const setup = { source, rule, labelSmoothing: 0, seed: 1 };

  test('uses no memory outside of its regions, and regions do not overlap', () => {
    const shared = new SharedBuffers();
    const builders = [trainingProgram(model, shared, setup), inspectionProgram(model, shared, setup)];
    const layout = new MemoryLayout();
    const { programs } = assignAddresses(builders, shared, layout, { ...options, records: 0 });
    const regions = [...layout.regions].sort((a, b) => a.address - b.address);
    for (const [index, { address }] of regions.slice(1).entries()) {
      expect(address).toBeGreaterThanOrEqual(regions[index].address + regions[index].bytes);
    }
    for (const call of programs.flatMap(({ phases }) => phases.flat())) {
      for (const operand of call.operands.map(addressOf)) {
        if (operand === undefined || operand.name === 'step record') continue;
        const last = operand.at + operand.perRow * 39 + operand.perShard * 15 + operand.perThread * 2;
        const home = regions.find(({ address, bytes }) => operand.at >= address && operand.at < address + bytes);
        expect(home, operand.name).toBeDefined();
        expect(last, operand.name).toBeLessThan(home!.address + home!.bytes);
      }
    }
  });
});
