/**
 * Where a kernel is tried out: a WebAssembly memory of its own whose every byte is 0xff except in the arrays that the
 * test lays into it. 0xff is NaN to a float32, so what a kernel reads from outside its arrays spoils its results, and
 * what it writes outside them is found.
 */

import { platform } from '#platform';
import {
  type Arithmetic,
  callKernel,
  instantiateKernels,
  type KernelName,
  type Kernels,
  kernelModule,
  type OperandsByName,
  type VectorBits,
} from '../../src/engine/kernels.js';
import { engineMemory } from '../../src/engine/memory.js';
import { recordBytes, type StepRecord, writeRecord } from '../../src/engine/program/step-record.js';
import { wideKernelBinaries } from '../../src/platform/wide-kernel-binaries.js';

const bytesOfMemory = 4 << 20;
const gap = 128;
/** The first kilobytes stay empty, as in the engine. */
const firstAddress = 4096;

type Values = Uint8Array | Uint32Array | Float32Array | Float64Array;

interface Place {
  readonly address: number;
  readonly bytes: number;
  /** What must still be there afterwards; undefined where a kernel may write. */
  readonly content: Uint8Array | undefined;
}

/** An array that a kernel writes to. */
export interface Output<Content extends Values = Float32Array> {
  readonly address: number;
  readonly values: Content;
}

/**
 * The build for 256 bits on any host: its operations are 128 bits wide, and where nobody joins them it is right, only
 * slow.
 */
function wideModule(arithmetic: Arithmetic): WebAssembly.Module {
  platform.enableRelaxedSimd();
  return new WebAssembly.Module(Buffer.from(wideKernelBinaries[arithmetic], 'hex'));
}

export class Workspace {
  readonly kernels: Kernels;
  private readonly buffer: ArrayBufferLike;
  private readonly places: Place[] = [];
  private end = firstAddress;

  constructor(arithmetic: Arithmetic, vectorBits: VectorBits = 128) {
    const memory = engineMemory(bytesOfMemory);
    this.buffer = memory.buffer;
    const module = vectorBits === 256 ? wideModule(arithmetic) : kernelModule(arithmetic);
    this.kernels = instantiateKernels(module, memory);
    new Uint8Array(this.buffer).fill(0xff);
  }

  /** Calls a kernel. */
  run<Name extends KernelName>(name: Name, operands: OperandsByName<Name, number>): void {
    callKernel(this.kernels, name, operands);
  }

  /** Float32 numbers that a kernel reads. @returns their address */
  input(values: ArrayLike<number>): number {
    return this.keep(Float32Array.from(values));
  }

  /** Bytes, integers or float64 numbers that a kernel reads. */
  keep(values: Values): number {
    const place = this.place(
      values.byteLength,
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice(),
    );
    return place.address;
  }

  record(record: Partial<StepRecord>): number {
    const content = new Uint8Array(recordBytes);
    const nothing = { step: 0, order: 0, rows: 0, output: 0, logits: 0, learningRate: 0, stepSize: 0, results: 0 };
    writeRecord(new DataView(content.buffer), 0, { ...nothing, ...record });
    return this.keep(content);
  }

  /** Room for `count` float32 numbers, each NaN until it is written. */
  output(count: number): Output {
    const { address } = this.place(count * 4, undefined);
    return { address, values: new Float32Array(this.buffer, address, count) };
  }

  bytes(count: number): Output<Uint8Array> {
    const { address } = this.place(count, undefined);
    return { address, values: new Uint8Array(this.buffer, address, count) };
  }

  integers(count: number): Output<Uint32Array> {
    const { address } = this.place(count * 4, undefined);
    return { address, values: new Uint32Array(this.buffer, address, count) };
  }

  doubles(count: number): Output<Float64Array> {
    const { address } = this.place(count * 8, undefined);
    return { address, values: new Float64Array(this.buffer, address, count) };
  }

  /** Float32 numbers that a kernel changes. */
  changing(values: ArrayLike<number>): Output {
    const output = this.output(values.length);
    output.values.set(values);
    return output;
  }

  /** @throws Error where a byte outside of all arrays has been written, or an input has changed */
  check(): void {
    const bytes = new Uint8Array(this.buffer);
    let outside = firstAddress - gap;
    for (const [index, { address, bytes: length, content }] of [...this.places, this.emptyPlace()].entries()) {
      for (let at = outside; at < address; at++) {
        if (bytes[at] !== 0xff) throw new Error(`byte ${at - outside} behind array ${index - 1} was written`);
      }
      if (content?.some((value, offset) => bytes[address + offset] !== value))
        throw new Error(`input ${index} was changed`);
      outside = address + length;
    }
  }

  /** Back to an empty memory. */
  clear(): void {
    new Uint8Array(this.buffer, firstAddress - gap, this.end + gap - (firstAddress - gap)).fill(0xff);
    this.places.length = 0;
    this.end = firstAddress;
  }

  private place(bytes: number, content: Uint8Array | undefined): Place {
    const place = { address: this.end, bytes, content };
    if (place.address + bytes + gap > bytesOfMemory) throw new Error('the arrays of this case are too large');
    if (content) new Uint8Array(this.buffer, place.address, bytes).set(content);
    this.places.push(place);
    this.end = Math.ceil((place.address + bytes + gap) / 16) * 16;
    return place;
  }

  private emptyPlace(): Place {
    return { address: this.end, bytes: 0, content: undefined };
  }
}
