/**
 * Writes a program down in terms of buffers, before any address is known. Where a buffer lives follows from its use:
 * rows that only one phase touches lie in the arena of the thread that works on them, rows that cross a barrier in the
 * batch's region.
 */

import { inOrder, type KernelName, type OperandsByName } from '../kernels.js';
import type { ProgramPart, Split } from './program.js';

/**
 * `shared`: one for all. `shard`: one of `bytes` for each shard. `rows`: `bytes` for each row of the batch. `scratch`: a
 * thread's own, during one phase.
 */
export interface Buffer {
  readonly name: string;
  readonly scope: 'shared' | 'shard' | 'rows' | 'scratch';
  readonly bytes: number;
  /** Of `scratch` whose size depends on the batch's rows, in place of `bytes`. */
  readonly bytesOf?: (batchRows: number) => number;
  /**
   * `data`: a caller's, copied in before it is read. `output`: of a block, or the batch that goes into the first one.
   */
  readonly role?: 'data' | 'output';
}

/** An argument of a call that is not yet an address. */
export type BuilderOperand =
  | number
  | Buffer
  /** A place `offset` bytes into a shared buffer, or into the first of the shards' buffers. */
  | { readonly within: Buffer; readonly offset: number }
  | { readonly count: 'shard' | 'firstRow' | 'rows' | 'batchRows'; readonly times: number }
  | { readonly part: 'first' | 'last'; readonly total: number; readonly unit: number }
  | 'record';

export interface BuilderCall {
  readonly kernel: KernelName;
  readonly operands: readonly BuilderOperand[];
  readonly split: Split;
  readonly part: ProgramPart;
  readonly block: string;
}

type OperandsOf<Kernel extends KernelName> = OperandsByName<Kernel, BuilderOperand>;

/** Buffers that several programs share by name: weights, gradients, optimizer state, packed weights. */
export class SharedBuffers {
  private readonly buffers = new Map<string, Buffer>();

  floats(name: string, count: number): Buffer {
    return this.get({ name, scope: 'shared', bytes: count * 4 });
  }

  get(buffer: Buffer): Buffer {
    const known = this.buffers.get(buffer.name);
    if (known) return known;
    this.buffers.set(buffer.name, buffer);
    return buffer;
  }

  all(): readonly Buffer[] {
    return [...this.buffers.values()];
  }
}

export const rowCount = (times = 1): BuilderOperand => ({ count: 'rows', times });
export const batchRowCount = (times = 1): BuilderOperand => ({ count: 'batchRows', times });
export const firstRow: BuilderOperand = { count: 'firstRow', times: 1 };
export const shardNumber: BuilderOperand = { count: 'shard', times: 1 };
/** Where the first shard's buffer is, for a call that each shard makes and that reads all shards' buffers. */
export const ofFirstShard = (buffer: Buffer): BuilderOperand => ({ within: buffer, offset: 0 });
/** This thread's part of `total` things, cut at multiples of `unit`: its first and the one after its last. */
export const partOf = (total: number, unit = 1): [BuilderOperand, BuilderOperand] => [
  { part: 'first', total, unit },
  { part: 'last', total, unit },
];

export class ProgramBuilder {
  readonly name: string;
  /** Whether dropout is on and batch normalisation uses the batch's statistics. */
  readonly training: boolean;
  readonly shared: SharedBuffers;
  readonly prologue: BuilderCall[][] = [];
  readonly phases: BuilderCall[][] = [[]];
  private part: ProgramPart = 'block';
  private block = '';
  /** Whether every block's output stays readable at the end: nothing works in place, no memory is used twice. */
  readonly inspection: boolean;
  private readonly kept = new Set<Buffer>();

  constructor(name: string, shared: SharedBuffers, purpose: 'training' | 'inspection' | 'evaluation') {
    this.name = name;
    this.training = purpose !== 'evaluation';
    this.inspection = purpose === 'inspection';
    this.shared = shared;
  }

  /**
   * What comes next belongs to this part of the program.
   * @param block for people, and as the beginning of names of buffers
   */
  begin(part: ProgramPart, block: string): void {
    this.part = part;
    this.block = block;
  }

  /** Float32 values for each row of the batch. */
  rows(name: string, floats: number): Buffer {
    return this.byteRows(name, floats * 4);
  }

  /** A block's output, or the batch that goes into the first one. */
  output(floats: number, name = 'output'): Buffer {
    return { ...this.rows(name, floats), role: 'output' };
  }

  byteRows(name: string, bytes: number): Buffer {
    return { name: this.labelled(name), scope: 'rows', bytes };
  }

  /** @param bytes a number, or how it follows from the rows of the batch */
  scratch(name: string, bytes: number | ((batchRows: number) => number)): Buffer {
    const size = typeof bytes === 'number' ? { bytes } : { bytes: 0, bytesOf: bytes };
    return { name: this.labelled(name), scope: 'scratch', ...size };
  }

  perShard(name: string, bytes: number): Buffer {
    return this.shared.get({ name, scope: 'shard', bytes });
  }

  /** Zeros to read as a bias where there is none. */
  zeros(floats: number): Buffer {
    return this.shared.floats(`zeros ${floats}`, floats);
  }

  /** Says that the backward pass needs a block's output, so that no later block may work in place on it. */
  keep(output: Buffer): void {
    if (this.training) this.kept.add(output);
  }

  mayOverwrite(buffer: Buffer): boolean {
    return !this.inspection && !this.kept.has(buffer);
  }

  /** What is written from here on is executed at each step, not once a step batch. */
  endPrologue(): void {
    this.prologue.push(...this.phases.splice(0));
    this.barrier();
  }

  /** What follows starts when all threads have done what stands before. */
  barrier(): void {
    if (this.phases.at(-1)?.length !== 0) this.phases.push([]);
  }

  /** A call for each shard. */
  shards<Kernel extends KernelName>(kernel: Kernel, operands: OperandsOf<Kernel>): void {
    this.write('shards', kernel, inOrder(kernel, operands));
  }

  /** A call on each thread's part of the work, by `partOf`. */
  parts<Kernel extends KernelName>(kernel: Kernel, operands: OperandsOf<Kernel>): void {
    this.write('parts', kernel, inOrder(kernel, operands));
  }

  /** A call that one thread makes. */
  once<Kernel extends KernelName>(kernel: Kernel, operands: OperandsOf<Kernel>): void {
    this.write('once', kernel, inOrder(kernel, operands));
  }

  private write(split: Split, kernel: KernelName, operands: readonly BuilderOperand[]): void {
    this.phases[this.phases.length - 1].push({ kernel, operands, split, part: this.part, block: this.block });
  }

  private labelled(name: string): string {
    return this.block === '' ? name : `${this.block}: ${name}`;
  }
}
