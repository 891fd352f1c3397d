/**
 * Executes a program on one thread of a pool: works out its share of each phase once and calls the kernels, step after
 * step.
 */

import type { Kernels } from '../kernels.js';
import { type Call, type Operand, type Phase, type Program, shardCount, shardRows } from '../program/program.js';
import { recordBytes, resultsOffset, rowsOffset, shardResultBytes } from '../program/step-record.js';
import { Barrier } from './barrier.js';

/** More would find no shard to work on. */
export const maxThreads = 16;

/** Where in the memory the threads meet. */
export interface ControlBlock {
  /** Barrier, 128 bytes. */
  readonly barrier: number;
  /** One int32: not 0 asks the pool to stop after the running step. */
  readonly stopRequest: number;
  /** Two int32: whether the step of even or odd number is the last. */
  readonly lastStep: number;
  /** The running step's record, one a thread. */
  readonly records: number;
}

/** Several steps of one program, one after the other. */
export interface StepBatch {
  readonly program: number;
  /** Address of the first step's record; the others follow. */
  readonly records: number;
  readonly steps: number;
  /** Execute the program's prologue before the first step. */
  readonly prologue: boolean;
  /** Stop before the weights change where the loss is not finite. */
  readonly stopAtNonFiniteLoss: boolean;
  /** Stop after the running step where that is requested. */
  readonly stopOnRequest: boolean;
}

export interface BoundCall {
  readonly kernel: (...values: number[]) => unknown;
  readonly values: readonly number[];
}
interface BoundProgram {
  readonly prologue: readonly (readonly BoundCall[])[];
  readonly phases: readonly (readonly BoundCall[])[];
}

export interface ExecutorOptions {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly place: ControlBlock;
  /** The number of this thread, from 0. */
  readonly thread: number;
  readonly threads: number;
  /** Looks at a barrier before sleeping. */
  readonly spins: number;
}

export class Executor {
  private readonly kernels: Kernels;
  private readonly memory: WebAssembly.Memory;
  private readonly place: ControlBlock;
  private readonly barrier: Pick<Barrier, 'wait'>;
  private readonly thread: number;
  private readonly threads: number;
  private readonly programs = new Map<number, Program>();
  private readonly bound = new Map<string, BoundProgram>();

  /** @param barrier default: one of its own at the control block's address */
  constructor(options: ExecutorOptions, barrier: Pick<Barrier, 'wait'> = barrierOf(options)) {
    this.kernels = options.kernels;
    this.memory = options.memory;
    this.place = options.place;
    this.thread = options.thread;
    this.threads = options.threads;
    this.barrier = barrier;
  }

  load(number: number, program: Program): void {
    this.programs.set(number, program);
    for (const key of this.bound.keys()) if (key.startsWith(`${number}/`)) this.bound.delete(key);
  }

  /** @returns the number of steps that were finished, the same on every thread */
  execute(stepBatch: StepBatch): number {
    const finished = this.executeSteps(stepBatch);
    // Threads decide alike whether to go on by what they read in memory: nobody may start to write it anew before all
    // have read.
    this.barrier.wait();
    return finished;
  }

  private executeSteps(stepBatch: StepBatch): number {
    const bytes = new Uint8Array(this.memory.buffer);
    const view = new DataView(this.memory.buffer);
    const words = new Int32Array(this.memory.buffer);
    const program = this.programs.get(stepBatch.program)!;
    const record = this.place.records + this.thread * recordBytes;
    for (let step = 0; step < stepBatch.steps; step++) {
      const source = stepBatch.records + step * recordBytes;
      bytes.copyWithin(record, source, source + recordBytes);
      const bound = this.bind(stepBatch.program, program, view.getInt32(record + rowsOffset, true));
      if (step === 0 && stepBatch.prologue) for (const phase of bound.prologue) this.executePhase(phase);
      for (const [index, phase] of bound.phases.entries()) {
        if (stepBatch.stopAtNonFiniteLoss && index === program.phasesToLoss && !this.lossIsFinite(view, record)) {
          return step;
        }
        if (index === bound.phases.length - 1 && this.thread === 0) {
          const asked = stepBatch.stopOnRequest ? Atomics.load(words, this.place.stopRequest >> 2) : 0;
          // A plain word: the barrier that follows lies between this and whoever reads it.
          words[(this.place.lastStep >> 2) + (step & 1)] = asked;
        }
        this.executePhase(phase);
      }
      if (words[(this.place.lastStep >> 2) + (step & 1)] !== 0) return step + 1;
    }
    return stepBatch.steps;
  }

  private executePhase(calls: readonly BoundCall[]): void {
    for (const call of calls) call.kernel(...call.values);
    this.barrier.wait();
  }

  private lossIsFinite(view: DataView, record: number): boolean {
    const results = view.getUint32(record + resultsOffset, true);
    for (let shard = 0; shard < shardCount; shard++) {
      if (!Number.isFinite(view.getFloat64(results + shard * shardResultBytes, true))) return false;
    }
    return true;
  }

  private bind(number: number, program: Program, batchRows: number): BoundProgram {
    const key = `${number}/${batchRows}`;
    let bound = this.bound.get(key);
    if (!bound) {
      const bindAll = (phases: readonly Phase[]) =>
        phases.map((phase) => this.bindPhase(phase, batchRows, this.ownShards(program, batchRows)));
      bound = { prologue: bindAll(program.prologue), phases: bindAll(program.phases) };
      this.bound.set(key, bound);
    }
    return bound;
  }

  private bindPhase(phase: Phase, batchRows: number, shards: readonly number[]): BoundCall[] {
    const bound: BoundCall[] = [];
    let onceCalls = 0;
    for (let start = 0; start < phase.length; ) {
      const call = phase[start];
      let end = start + 1;
      if (call.split === 'shards') {
        while (end < phase.length && phase[end].split === 'shards') end++;
        for (const shard of shards) {
          for (const neighbour of phase.slice(start, end)) bound.push(this.bindCall(neighbour, shard, batchRows));
        }
      } else if (call.split === 'parts' || onceCalls++ % this.threads === this.thread) {
        bound.push(this.bindCall(call, 0, batchRows));
      }
      start = end;
    }
    return bound;
  }

  private ownShards({ skipsEmptyShards }: Program, batchRows: number): number[] {
    const first = Math.floor((shardCount * this.thread) / this.threads);
    const end = Math.floor((shardCount * (this.thread + 1)) / this.threads);
    const own = Array.from({ length: end - first }, (_, index) => first + index);
    return skipsEmptyShards ? own.filter((shard) => shardRows(batchRows, shard).rows > 0) : own;
  }

  protected bindCall(call: Call, shard: number, batchRows: number): BoundCall {
    const values = call.operands.map((operand) => this.valueOf(operand, shard, batchRows));
    return { kernel: this.kernels[call.kernel], values };
  }

  private valueOf(operand: Operand, shard: number, batchRows: number): number {
    if (typeof operand === 'number') return operand;
    const { firstRow, rows } = shardRows(batchRows, shard);
    if ('at' in operand) {
      return operand.at + firstRow * operand.perRow + shard * operand.perShard + this.thread * operand.perThread;
    }
    if ('count' in operand) return { shard, firstRow, rows, batchRows }[operand.count] * operand.times;
    const place = operand.part === 'first' ? this.thread : this.thread + 1;
    const units = Math.ceil(operand.total / operand.unit);
    return Math.min(Math.floor((units * place) / this.threads) * operand.unit, operand.total);
  }
}

function barrierOf({ memory, place, threads, spins }: ExecutorOptions): Barrier {
  return new Barrier(memory.buffer, place.barrier, threads, spins);
}
