/**
 * A program: what the pool of threads executes, as plain data that can be printed, posted to a thread and executed
 * again. Phases follow one another with a barrier between; the calls of a phase are split over the threads.
 */

import type { KernelName } from '../kernels.js';

/** A batch is cut into this many shards, whatever the number of threads, so that sums do not depend on it. */
export const shardCount = 16;

/** An argument of a kernel call; each thread and shard works out its own number from it. */
export type Operand =
  | number
  /** An address: `at` + firstRow * perRow + shard * perShard + thread * perThread. */
  | {
      readonly at: number;
      readonly perRow: number;
      readonly perShard: number;
      readonly perThread: number;
      readonly name: string;
      /** Whether it is a block's output, or the batch that goes into the first one. */
      readonly isOutput?: true;
    }
  /** The number of the shard, of its first row in the batch, or a number of rows, each `times` a factor. */
  | { readonly count: 'shard' | 'firstRow' | 'rows' | 'batchRows'; readonly times: number }
  /** One end of this thread's part of `total` things, parts being cut at multiples of `unit`. */
  | { readonly part: 'first' | 'last'; readonly total: number; readonly unit: number };

/**
 * How the pool shares a call. `shards`: it is made for each shard, on the thread that has the shard. `parts`: every
 * thread makes it on its part of the work. `once`: one thread makes it.
 */
export type Split = 'shards' | 'parts' | 'once';

/** What a call is for. */
export type ProgramPart = 'input' | 'block' | 'loss' | 'penalties' | 'optimizer';

export interface Call {
  readonly kernel: KernelName;
  readonly operands: readonly Operand[];
  readonly split: Split;
  readonly part: ProgramPart;
  /** The block of the model that the call belongs to, for people; else the name of its part or of the optimizer. */
  readonly block: string;
}

/** Calls with a barrier after the last of them. Neighbours split over shards are executed shard by shard. */
export type Phase = readonly Call[];

export interface Program {
  readonly name: string;
  /** Executed once before the first step of a step batch. */
  readonly prologue: readonly Phase[];
  /** Executed at each step. */
  readonly phases: readonly Phase[];
  /** How many of the phases must be done for the step's loss to be known. */
  readonly phasesToLoss: number;
  /** Whether shards without rows are left out, where nothing but their results depends on them. Default false. */
  readonly skipsEmptyShards?: boolean;
}

/** All calls in the order in which they are written. */
export function callsOf(program: Program): Call[] {
  return [...program.prologue, ...program.phases].flat();
}

/** First row and number of rows of one shard of a batch. */
export function shardRows(batchRows: number, shard: number): { firstRow: number; rows: number } {
  const firstRow = Math.floor((batchRows * shard) / shardCount);
  return { firstRow, rows: Math.floor((batchRows * (shard + 1)) / shardCount) - firstRow };
}

/** The most rows that a shard of such a batch has. */
export function largestShard(batchRows: number): number {
  return Math.ceil(batchRows / shardCount);
}

/** A program as text: one line a call, addresses by name. */
export function formatProgram(program: Program): string {
  const width = Math.max(...callsOf(program).map((call) => call.block.length));
  const line = (call: Call) =>
    `    ${call.block.padEnd(width)}  ${call.split.padEnd(6)}  ${call.kernel}(${call.operands.map(formatOperand).join(', ')})`;
  const section = (title: string, phases: readonly Phase[]) =>
    phases.flatMap((phase, index) => [`  ${title} ${index + 1}:`, ...phase.map(line)]);
  return [
    `program ${program.name}`,
    ...section('prologue', program.prologue),
    ...section('phase', program.phases),
  ].join('\n');
}

function formatOperand(operand: Operand): string {
  if (typeof operand === 'number') return String(operand);
  if ('at' in operand) return operand.name;
  if ('count' in operand) return operand.times === 1 ? operand.count : `${operand.count}*${operand.times}`;
  return `${operand.part} of ${operand.total}`;
}
