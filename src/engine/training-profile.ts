/** Where the time of training steps went: what the threads measured, as a table of parts that add up to all of it. */

import type { Model } from '../model/model.js';
import type { KernelName } from './kernels.js';
import { fusedOperations } from './program/fuse.js';
import { type Call, callsOf, type Program } from './program/program.js';
import type { ThreadProfile } from './threads/profiling-executor.js';

/** The time that steps of training took, by parts. Plain data. */
export interface TrainingProfile {
  readonly threads: number;
  /** Steps that were begun. */
  readonly steps: number;
  /** Images of those steps. */
  readonly images: number;
  /** Wall time of the steps, without what happens between them: callbacks, validation, shuffling. */
  readonly seconds: number;
  /** They add up to all of `seconds`. */
  readonly parts: readonly ProfilePart[];
}

/**
 * `block`: layers that are computed together, one part a direction. `input`: reading the batch. `gradientSums`: adding
 * up what each shard of the batch gave. `penalties`: the L2 penalties. `waiting`: at barriers, for other threads.
 * `rest`: between the kernel calls.
 */
export type ProfilePartKind =
  | 'block'
  | 'input'
  | 'loss'
  | 'gradientSums'
  | 'penalties'
  | 'optimizer'
  | 'waiting'
  | 'rest';

/** What one part of the training steps took. */
export interface ProfilePart {
  readonly kind: ProfilePartKind;
  /** For people: the layers of a block, such as `conv2d + relu + maxPooling2d`, or what else was done. */
  readonly name: string;
  /** Whether it comes before the loss is known or after; none for `waiting` and `rest`. */
  readonly direction?: 'forward' | 'backward';
  /** Wall time: what the threads spent on it, added up and divided by their number. */
  readonly seconds: number;
  readonly microsecondsPerImage: number;
  /** Of the profile's seconds, from 0 to 1. */
  readonly fraction: number;
  /**
   * Multiply-adds an image as if nothing were left out, only where there are some: those of the layers on the way
   * forward, as many on the way back for the weights' gradients and as many again for the input's, where one is needed.
   */
  readonly multiplyAdds?: number;
  /**
   * 10^9 floating point operations a second of all threads together, two for each of the `multiplyAdds`. Algorithms
   * that do with fewer, as Winograd's, and gradients that leave out zeros can pass what the machine is able to do. None
   * where the clock saw no time pass.
   */
  readonly gigaflops?: number;
  /** What was called, in the order of the step; none for `waiting` and `rest`. */
  readonly kernels: readonly ProfiledKernel[];
}

/** One kernel in one block. */
export interface ProfiledKernel {
  readonly kernel: string;
  /** That the calls belong to, as `inkling summary --program` names it. */
  readonly block: string;
  /** Of all threads together. */
  readonly calls: number;
  /** As in `ProfilePart`. */
  readonly seconds: number;
}

interface Measured {
  readonly model: Model;
  readonly program: Program;
  /** One a thread, at least one. */
  readonly threads: readonly ThreadProfile[];
  readonly steps: number;
  /** At least 1. */
  readonly images: number;
}

interface OpenPart extends Pick<ProfilePart, 'kind' | 'name' | 'direction' | 'multiplyAdds'> {
  readonly kernels: Map<string, { kernel: string; block: string; calls: number; seconds: number }>;
}

type Direction = NonNullable<ProfilePart['direction']>;

/** The order of the parts that are no blocks. */
const others: readonly ProfilePartKind[] = ['input', 'loss', 'gradientSums', 'penalties', 'optimizer'];

/** Adds up what the threads measured of a training program. */
export function trainingProfile({ model, program, threads, steps, images }: Measured): TrainingProfile {
  const mean = (milliseconds: (thread: ThreadProfile) => number) =>
    threads.reduce((sum, thread) => sum + milliseconds(thread), 0) / threads.length / 1000;
  const blocks = blocksInOrder(model);
  const open = new Map<string, OpenPart>();
  let direction: Direction = 'forward';
  for (const [index, call] of callsOf(program).entries()) {
    const part = partOfCall(call, direction, blocks);
    const key = part.kind === 'block' ? `${part.name}, ${direction}` : part.kind;
    if (!open.has(key)) open.set(key, { ...part, kernels: new Map() });
    const { kernels } = open.get(key)!;
    const name = `${call.block}, ${call.kernel}`;
    const known = kernels.get(name) ?? { kernel: call.kernel, block: call.block, calls: 0, seconds: 0 };
    known.calls += threads.reduce((sum, { calls }) => sum + calls[index].count, 0);
    known.seconds += mean(({ calls }) => calls[index].milliseconds);
    kernels.set(name, known);
    if (call.kernel === 'softmaxCrossEntropy') direction = 'backward';
  }
  const seconds = mean(({ total }) => total);
  const close = (part: Omit<ProfilePart, 'microsecondsPerImage' | 'fraction' | 'gigaflops'>): ProfilePart => ({
    ...part,
    microsecondsPerImage: (part.seconds * 1e6) / images,
    // A coarse clock may see nothing of a short part, or of a short training.
    fraction: seconds > 0 ? part.seconds / seconds : 0,
    ...(part.multiplyAdds && part.seconds > 0 && { gigaflops: (2 * part.multiplyAdds * images) / part.seconds / 1e9 }),
  });
  const called = inTableOrder([...open.values()], blocks).map(({ kernels, ...part }) => {
    const all = [...kernels.values()];
    return close({ ...part, seconds: all.reduce((sum, kernel) => sum + kernel.seconds, 0), kernels: all });
  });
  const waiting = mean((thread) => thread.waiting);
  const rest = called.reduce((left, part) => left - part.seconds, seconds - waiting);
  const parts = [
    ...called,
    close({ kind: 'waiting', name: 'waiting at barriers', seconds: waiting, kernels: [] }),
    // With a coarse clock the calls can add up to a little more than all of the time.
    close({ kind: 'rest', name: 'between the calls', seconds: rest, kernels: [] }),
  ];
  return { threads: threads.length, steps, images, seconds, parts };
}

interface BlockWork {
  readonly name: string;
  /** Multiply-adds an image of the way there and of the way back. */
  readonly forward: number;
  readonly backward: number;
}

function blocksInOrder(model: Model): BlockWork[] {
  const blocks = fusedOperations(model, 0);
  const firstTrainable = blocks.findIndex(({ block }) => block.trainable);
  return blocks.map(({ block, operations }, index) => {
    // A layer's activation is an operation too, but the layer's multiply-adds are all in its product with the weights.
    const products = operations.filter(({ kind }) => kind === 'convolution' || kind === 'dense');
    const forward = products.reduce((sum, { layer }) => sum + model.layers[layer].multiplyAdds, 0);
    // One for the weights' gradient, one for that of the input, where they are needed.
    const backward = Number(block.trainable) + Number(index > firstTrainable);
    return { name: block.name, forward, backward: backward * forward };
  });
}

/** The kernels that add up the shards' gradients. */
const gradientSums: readonly KernelName[] = ['sumShards', 'sumShardsTransposed'];

function partOfCall(call: Call, direction: Direction, blocks: readonly BlockWork[]): Omit<OpenPart, 'kernels'> {
  switch (call.part) {
    case 'input':
      return { kind: 'input', name: 'reading the batch', direction };
    case 'loss':
      return { kind: 'loss', name: 'loss', direction };
    case 'penalties':
      return { kind: 'penalties', name: 'penalties', direction };
    case 'optimizer':
      return { kind: 'optimizer', name: `optimizer (${call.block})`, direction };
    case 'block': {
      if (gradientSums.includes(call.kernel)) return { kind: 'gradientSums', name: 'gradient sums', direction };
      const multiplyAdds = blocks.find(({ name }) => name === call.block)?.[direction] ?? 0;
      return { kind: 'block', name: call.block, direction, ...(multiplyAdds > 0 && { multiplyAdds }) };
    }
  }
}

/** Each block forward and backward, in the order of the model, then what is no block's. */
function inTableOrder(parts: readonly OpenPart[], blocks: readonly BlockWork[]): OpenPart[] {
  return [
    ...blocks.flatMap(({ name }) => parts.filter((part) => part.kind === 'block' && part.name === name)),
    ...others.flatMap((kind) => parts.filter((part) => part.kind === kind)),
  ];
}
