/** Gives every buffer of a set of programs its address and turns them into plain data. */

import { type Lifetime, MemoryLayout, packLifetimes } from './memory-layout.js';
import { type Call, largestShard, type Operand, type Program, shardCount } from './program.js';
import type { Buffer, BuilderCall, BuilderOperand, ProgramBuilder, SharedBuffers } from './program-builder.js';
import { recordBytes } from './step-record.js';

export interface PlacedPrograms {
  readonly programs: readonly Program[];
  addressOf(buffer: Buffer): number;
}

/** Where one program's own buffers lie, as offsets into the batch's region or a thread's arena. */
interface OwnBuffers {
  readonly places: Map<Buffer, { region: 'batch' | 'thread'; offset: number }>;
  readonly batchBytes: number;
  readonly threadBytes: number;
}

/**
 * @param layout takes the regions on; what was reserved in it before stays
 * @param records address of the threads' step records
 * @param batchRows the most rows that a batch of any of the programs has
 */
export function assignAddresses(
  builders: readonly ProgramBuilder[],
  shared: SharedBuffers,
  layout: MemoryLayout,
  { records, threads, batchRows }: { records: number; threads: number; batchRows: number },
): PlacedPrograms {
  const addresses = new Map<string, number>();
  for (const buffer of shared.all()) {
    const copies = buffer.scope === 'shard' ? shardCount : 1;
    addresses.set(buffer.name, layout.reserve(buffer.name, buffer.bytes * copies, buffer.role !== 'data'));
  }
  const owns = builders.map((builder) => placeOwnBuffers(builder, batchRows));
  const batch = layout.reserve('batch', Math.max(0, ...owns.map((own) => own.batchBytes)));
  const threadBytes = Math.max(0, ...owns.map((own) => own.threadBytes));
  const arenas = layout.reserve('thread arenas', threadBytes * threads);

  const programs = builders.map((builder, index): Program => {
    const { places } = owns[index];
    const placeCall = (call: BuilderCall): Call => ({
      kernel: call.kernel,
      split: call.split,
      part: call.part,
      block: call.block,
      operands: call.operands.map((operand) => placeOperand(operand, call.split === 'shards')),
    });
    const placeOperand = (operand: BuilderOperand, inShard: boolean): Operand => {
      if (operand === 'record') return address('step record', records, { perThread: recordBytes });
      if (typeof operand === 'number' || 'count' in operand || 'part' in operand) return operand;
      if ('within' in operand) {
        return address(operand.within.name, addresses.get(operand.within.name)! + operand.offset, {});
      }
      const { name, scope, bytes, role } = operand;
      const place = places.get(operand);
      const isOutput = role === 'output' ? ({ isOutput: true } as const) : {};
      if (place?.region === 'batch') {
        return address(name, batch + place.offset, { perRow: inShard ? bytes : 0, ...isOutput });
      }
      if (place) return address(name, arenas + place.offset, { perThread: threadBytes, ...isOutput });
      return address(name, addresses.get(name)!, { perShard: scope === 'shard' && inShard ? bytes : 0 });
    };
    const placePhase = (phase: readonly BuilderCall[]) => phase.map(placeCall);
    const phases = builder.phases.filter((phase) => phase.length > 0);
    const lossPhase = phases.findIndex((phase) => phase.some((call) => call.kernel === 'softmaxCrossEntropy'));
    return {
      name: builder.name,
      prologue: builder.prologue.filter((phase) => phase.length > 0).map(placePhase),
      phases: phases.map(placePhase),
      phasesToLoss: lossPhase + 1,
      skipsEmptyShards: !builder.training,
    };
  });
  return { programs, addressOf: (buffer) => addresses.get(buffer.name)! };
}

type Address = Extract<Operand, { readonly at: number }>;

function address(name: string, at: number, more: Partial<Address>): Address {
  return { at, perRow: 0, perShard: 0, perThread: 0, ...more, name };
}

/**
 * Rows that one phase alone touches, and scratch, go into the thread's arena; other rows, and those of an inspection,
 * into the batch's region.
 */
function placeOwnBuffers(builder: ProgramBuilder, batchRows: number): OwnBuffers {
  const uses = new Map<Buffer, { phases: Set<number>; first: number; last: number; whole: boolean }>();
  let time = 0;
  for (const [phase, calls] of [...builder.prologue, ...builder.phases].entries()) {
    for (const call of calls) {
      time++;
      for (const operand of call.operands) {
        if (typeof operand !== 'object' || !('scope' in operand)) continue;
        if (operand.scope !== 'rows' && operand.scope !== 'scratch') continue;
        const use = uses.get(operand) ?? { phases: new Set(), first: time, last: time, whole: false };
        use.phases.add(phase);
        use.last = time;
        use.whole ||= call.split !== 'shards';
        uses.set(operand, use);
      }
    }
  }
  const places: OwnBuffers['places'] = new Map();
  const inArena: { buffer: Buffer; lifetime: Lifetime }[] = [];
  const batch = new MemoryLayout();
  const start = batch.bytes;
  for (const [buffer, { phases, first, last, whole }] of uses) {
    if (buffer.scope === 'scratch') {
      const bytes = buffer.bytesOf?.(batchRows) ?? buffer.bytes;
      inArena.push({ buffer, lifetime: { bytes, first, last } });
    } else if (phases.size === 1 && !whole && !builder.inspection) {
      inArena.push({ buffer, lifetime: { bytes: buffer.bytes * largestShard(batchRows), first, last } });
    } else {
      places.set(buffer, { region: 'batch', offset: batch.reserve(buffer.name, buffer.bytes * batchRows) - start });
    }
  }
  const { offsets, bytes } = packLifetimes(inArena.map(({ lifetime }) => lifetime));
  for (const [index, { buffer }] of inArena.entries()) places.set(buffer, { region: 'thread', offset: offsets[index] });
  return { places, batchBytes: batch.bytes - start, threadBytes: bytes };
}
