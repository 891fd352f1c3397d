/**
 * A compiled model: its programs, its memory and its team of threads. It keeps the weights and the optimizer's state, trains
 * steps, evaluates rows and tells where numbers stopped being finite. What to train when is decided in training/.
 */

import { platform } from '#platform';
import { InklingError } from '../errors.js';
import { type Model, type ModelWeight, weightsOf } from '../model/model.js';
import { sizeOf, type Tensor } from '../numerics/tensor.js';
import { stateBuffer, weightBuffer } from './blocks/weights.js';
import { checkRows, type DataAddresses, type Rows, sourceOf, writeRows } from './data.js';
import { findNonFinite } from './diagnosis.js';
import {
  type Arithmetic,
  chooseArithmetic,
  instantiateKernels,
  kernelModule,
  pagesFor,
  sharedMemory,
} from './kernels.js';
import { MemoryLayout, type Region } from './memory-layout.js';
import { type Burst, type MeetingPlace, Player } from './player.js';
import type { Program } from './program.js';
import { type Buffer, SharedBuffers } from './program-builder.js';
import {
  type DataSource,
  evaluationProgram,
  inputBuffer,
  inspectionProgram,
  orderBuffer,
  sampleWeightBuffer,
  targetBuffer,
  trainingProgram,
} from './programs.js';
import { type Resolved, resolvePrograms } from './resolve.js';
import { readResult, recordBytes, resultBytes, type StepResult, writeRecord } from './step-record.js';
import { Team } from './team.js';
import { penalizedWeights, stateSlots, trainableWeights, type UpdateRule } from './update-rule.js';

export const mostThreads = 16;
/** Rows of a batch in evaluation. Results do not depend on it. */
const evaluationBatch = 256;
/** Rows that are copied into memory at a time for evaluation. */
const stagingRows = 2048;
/** Steps that one burst can have. */
export const longestBurst = 512;

export interface EngineOptions {
  /** 1 to 16; default: the cores there are, 8 at most. */
  readonly threads?: number;
  /** Default `auto`. */
  readonly arithmetic?: Arithmetic | 'auto';
  /** Share of each label that the loss spreads over all classes, in training and evaluation; default 0. */
  readonly labelSmoothing?: number;
}

/** What is trained on and how. */
export interface TrainingSetup {
  readonly rows: Rows;
  readonly batchSize: number;
  readonly rule: UpdateRule;
  readonly seed: number;
}

/** One step of a burst: rows `first` to `first + rows` of the order. */
export interface StepPlan {
  readonly step: number;
  readonly first: number;
  readonly rows: number;
  readonly learningRate: number;
  /** Adam's bias-corrected learning rate. */
  readonly stepSize: number;
}

export interface Evaluation {
  /** Mean over the rows, with the L2 penalties. */
  readonly loss: number;
  readonly correct: number;
  readonly rows: number;
}

/** @throws InklingError (argument) */
export function checkThreads(threads: number): number {
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
    throw new InklingError('argument', `threads must be an integer from 1 to ${mostThreads}. Received: ${threads}.`);
  }
  return threads;
}

/** The cores there are, 8 at most. */
export function defaultThreads(): number {
  return Math.min(platform.availableThreads, 8);
}

/** Threads of engines that nobody holds any more are ended. */
const abandoned = new FinalizationRegistry<Team>((team) => team.end());

type ProgramKind =
  | 'training'
  | 'inspection'
  | `${DataSource['name']}/${DataSource['inputType']}/${DataSource['targetType']}`;

/** Everything that changes when memory is laid out anew. */
interface Arrangement {
  readonly shared: SharedBuffers;
  readonly resolved: Resolved;
  readonly programs: ReadonlyMap<ProgramKind, { number: number; program: Program; source: DataSource }>;
  readonly regions: readonly Region[];
  readonly output: number;
  readonly training: TrainingSetup | undefined;
}

export class Engine {
  readonly model: Model;
  readonly threads: number;
  readonly arithmetic: Arithmetic;
  private readonly module: WebAssembly.Module;
  private readonly memory: WebAssembly.Memory;
  private readonly labelSmoothing: number;
  private readonly penalties: number;
  private readonly place: MeetingPlace;
  private readonly records: number;
  private readonly results: number;
  private readonly firstFree: number;
  private arrangement: Arrangement;
  private team: Team | undefined;
  private evaluations: Promise<unknown> = Promise.resolve();
  /** Programs that the threads know. They forget one where they learn another of the same number. */
  private readonly taught = new Set<Program>();

  constructor(model: Model, options: EngineOptions = {}) {
    this.model = model;
    this.threads = checkThreads(options.threads ?? defaultThreads());
    this.arithmetic = chooseArithmetic(options.arithmetic ?? 'auto');
    this.module = kernelModule(this.arithmetic);
    this.memory = sharedMemory(65536);
    this.labelSmoothing = options.labelSmoothing ?? 0;
    this.penalties = penalizedWeights(model).length;
    const { layout, ...fixed } = this.fixedRegions();
    this.place = fixed.place;
    this.records = fixed.records;
    this.results = fixed.results;
    this.firstFree = layout.bytes;
    this.arrangement = this.arrange(undefined);
  }

  /** Copies of all weights by path, in Keras's layout, in the order of the model. */
  weights(): Map<string, Float32Array> {
    return new Map(weightsOf(this.model).map((weight) => [weight.path, this.weightView(weight).slice()]));
  }

  /** @throws InklingError (argument) where a weight is missing or has the wrong number of values */
  setWeights(values: ReadonlyMap<string, Float32Array>): void {
    for (const weight of weightsOf(this.model)) {
      const given = values.get(weight.path);
      const expected = sizeOf(weight.shape);
      if (given?.length !== expected) {
        throw new InklingError(
          'argument',
          `weight "${weight.path}" must have ${expected} values, got ${given?.length ?? 'none'}.`,
        );
      }
      this.weightView(weight).set(given);
    }
  }

  /** Copies of what the optimizer remembers, by `slot/path`; empty before training. */
  optimizerState(): Map<string, Tensor<Float32Array>> {
    return new Map(
      this.stateViews().map(({ name, weight, view }) => [name, { data: view.slice(), shape: weight.shape }]),
    );
  }

  /** @throws InklingError (argument) where a value is missing or has the wrong size */
  setOptimizerState(state: ReadonlyMap<string, Tensor<Float32Array>>): void {
    for (const { name, view } of this.stateViews()) {
      const given = state.get(name)?.data;
      if (given?.length !== view.length) {
        throw new InklingError(
          'argument',
          `optimizer state "${name}" must have ${view.length} values, got ${given?.length ?? 'none'}.`,
        );
      }
      view.set(given);
    }
  }

  /**
   * Lays memory out for a training and copies the data in. Weights stay, optimizer state starts at zero.
   * @throws InklingError (data) where rows do not fit the model, (model) where it has nothing to train
   */
  prepareTraining(setup: TrainingSetup): void {
    checkRows(this.model, setup.rows);
    if (trainableWeights(this.model).length === 0) {
      const { name } = this.model.config;
      throw new InklingError(
        'model',
        `model "${name}" has no weights to train. Add a layer that has some, such as dense.`,
      );
    }
    this.rearrange(setup);
    const { source } = this.programOf('training');
    const rows = setup.rows.inputs.shape[0];
    writeRows(this.memory.buffer, this.addressesOf(source), this.model, setup.rows, 0, rows);
  }

  /** Sets which rows of the training data the steps and `evaluateRows` use, in which order. */
  setOrder(order: Uint32Array): void {
    const { source } = this.programOf('training');
    new Uint32Array(this.memory.buffer, this.addressOf(orderBuffer(this.arrangement.shared, source)), order.length).set(
      order,
    );
  }

  /**
   * Trains some steps, at most `longestBurst`.
   * @returns the results of the steps that were begun; fewer than asked for after `requestStop`, or where the loss of the
   * last of them is not finite and `stopAtNonFiniteLoss` is set: then that step has not changed the weights
   */
  async train(steps: readonly StepPlan[], stopAtNonFiniteLoss: boolean): Promise<StepResult[]> {
    const { number, source } = this.programOf('training');
    const order = this.addressOf(orderBuffer(this.arrangement.shared, source));
    const view = new DataView(this.memory.buffer);
    for (const [index, { step, first, rows, learningRate, stepSize }] of steps.entries()) {
      const record = { step, order: order + first * 4, rows, output: 0, learningRate, stepSize };
      writeRecord(view, this.records + index * recordBytes, { ...record, results: this.resultAt(index) });
    }
    // A step that is not played leaves a result of zero, never that of an earlier burst.
    new Uint8Array(view.buffer, this.results, steps.length * this.resultStride).fill(0);
    const burst = {
      program: number,
      records: this.records,
      steps: steps.length,
      stopAtNonFiniteLoss,
      stopOnRequest: true,
    };
    const finished = await this.play(burst);
    const results: StepResult[] = [];
    for (let index = 0; index < steps.length; index++) {
      const result = readResult(view, this.resultAt(index), this.penalties);
      if (index < finished) results.push(result);
      else if (stopAtNonFiniteLoss && index === finished && !Number.isFinite(result.loss)) results.push(result);
    }
    return results;
  }

  /**
   * Plays a step's way forward on the caller's thread and looks at everything it reads and makes.
   * @returns a sentence that names the first numbers that are not finite: weights, inputs or a layer's output
   */
  diagnose(plan: StepPlan): string {
    const { number, program, source } = this.programOf('inspection');
    const { memory, place } = this;
    const order = this.addressOf(orderBuffer(this.arrangement.shared, source)) + plan.first * 4;
    writeRecord(new DataView(memory.buffer), this.records, { ...plan, order, output: 0, results: this.resultAt(0) });
    const kernels = instantiateKernels(this.module, memory);
    const player = new Player({ kernels, memory, place, thread: 0, threads: 1, spins: 0 });
    player.learn(number, program);
    player.play({ program: number, records: this.records, steps: 1, stopAtNonFiniteLoss: false, stopOnRequest: false });
    return findNonFinite(memory.buffer, program, plan.rows, this.weights());
  }

  /** Asks a running `train` to return after the step that it is at. */
  requestStop(): void {
    Atomics.store(new Int32Array(this.memory.buffer), this.place.stopRequest >> 2, 1);
  }

  /** Evaluates rows `first` to `end` of the order of the training data. */
  async evaluateOrder(first: number, end: number): Promise<Evaluation> {
    const { source } = this.programOf('training');
    const program = this.programOf(`training/${source.inputType}/${source.targetType}`);
    return this.withPenalty(await this.evaluatePart(program, first, end, () => this.arrangement.output));
  }

  /**
   * Evaluates any rows; several calls one after the other, since they share one place in memory.
   * @returns also the probabilities `[N, classes]`; loss and correct mean nothing where there are no targets
   */
  evaluate(rows: Rows): Promise<Evaluation & { probabilities: Tensor<Float32Array> }> {
    const evaluation = this.evaluations.then(() => this.evaluateRows(rows));
    this.evaluations = evaluation.catch(() => {});
    return evaluation;
  }

  /** Resolves when no evaluation is running or waiting any more. */
  async idle(): Promise<void> {
    await this.evaluations;
  }

  private async evaluateRows(rows: Rows): Promise<Evaluation & { probabilities: Tensor<Float32Array> }> {
    checkRows(this.model, rows);
    const { classes } = this.model;
    const count = rows.inputs.shape[0];
    const { inputType, targetType } = sourceOf('staging', stagingRows, rows);
    const program = this.programOf(`staging/${inputType}/${targetType}`);
    const order = this.addressOf(orderBuffer(this.arrangement.shared, program.source));
    const probabilities = new Float32Array(count * classes);
    let total: Evaluation = { loss: 0, correct: 0, rows: 0 };
    for (let first = 0; first < count; first += stagingRows) {
      const end = Math.min(first + stagingRows, count);
      const { buffer } = this.memory;
      writeRows(buffer, this.addressesOf(program.source), this.model, rows, first, end);
      new Uint32Array(buffer, order, end - first).forEach((_, row, all) => {
        all[row] = row;
      });
      const { output } = this.arrangement;
      const part = await this.evaluatePart(program, 0, end - first, (row) => output + row * classes * 4);
      total = { loss: total.loss + part.loss, correct: total.correct + part.correct, rows: total.rows + part.rows };
      probabilities.set(new Float32Array(buffer, output, (end - first) * classes), first * classes);
    }
    return { ...this.withPenalty(total), probabilities: { data: probabilities, shape: [count, classes] } };
  }

  /** The memory map: every region with its address and size. */
  get regions(): readonly Region[] {
    return this.arrangement.regions;
  }

  /** The programs as they stand. */
  get programs(): Program[] {
    return [...this.arrangement.programs.values()].map(({ program }) => program);
  }

  /** Ends the threads. Only tests need it: threads that idle do not keep a process alive. */
  end(): void {
    this.team?.end();
    this.team = undefined;
    this.taught.clear();
  }

  private fixedRegions() {
    const layout = new MemoryLayout();
    const place: MeetingPlace = {
      barrier: layout.reserve('barrier', 128),
      stopRequest: layout.reserve('stop request', 4),
      lastStep: layout.reserve('last step', 8),
      records: layout.reserve('running step records', mostThreads * recordBytes),
    };
    const records = layout.reserve('step records', longestBurst * recordBytes);
    const results = layout.reserve('step results', longestBurst * resultBytes(this.penalties));
    return { layout, place, records, results };
  }

  /** Works out programs and addresses, and grows the memory to hold them. */
  private arrange(training: TrainingSetup | undefined): Arrangement {
    const { layout } = this.fixedRegions();
    const shared = new SharedBuffers();
    for (const weight of weightsOf(this.model)) weightBuffer(shared, weight);
    const sources: DataSource[] = [];
    for (const inputType of ['uint8', 'float32'] as const) {
      for (const targetType of ['labels', 'distributions'] as const) {
        sources.push({ name: 'staging', rows: stagingRows, inputType, targetType });
      }
    }
    const kinds: { kind: ProgramKind; source: DataSource }[] = [];
    if (training) {
      const source = sourceOf('training', training.rows.inputs.shape[0], training.rows);
      kinds.push({ kind: 'training', source }, { kind: 'inspection', source });
      sources.push(source);
    }
    for (const source of sources)
      kinds.push({ kind: `${source.name}/${source.inputType}/${source.targetType}`, source });
    const builders = kinds.map(({ kind, source }) => {
      orderBuffer(shared, source);
      sampleWeightBuffer(shared, source);
      if (training && (kind === 'training' || kind === 'inspection')) {
        const write = kind === 'training' ? trainingProgram : inspectionProgram;
        return write(this.model, shared, { ...training, source, labelSmoothing: this.labelSmoothing });
      }
      return evaluationProgram(this.model, shared, source, this.labelSmoothing);
    });
    const batchRows = Math.max(
      evaluationBatch,
      training ? Math.min(training.batchSize, training.rows.inputs.shape[0]) : 0,
    );
    const output = layout.reserve('probabilities', stagingRows * this.model.classes * 4);
    const options = { records: this.place.records, threads: this.threads, batchRows };
    const resolved = resolvePrograms(builders, shared, layout, options);
    const pages = pagesFor(layout.bytes);
    const missing = pages - this.memory.buffer.byteLength / 65536;
    if (missing > 0) this.grow(missing);
    const programs = new Map(
      kinds.map(({ kind, source }, index) => {
        return [kind, { number: index, program: resolved.programs[index], source }];
      }),
    );
    return { shared, resolved, programs, regions: layout.regions, output, training };
  }

  private grow(pages: number): void {
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw new InklingError(
        'environment',
        `could not get ${Math.ceil(pages / 16)} MiB more memory. Use fewer images, a smaller batch or a smaller model.`,
        { cause },
      );
    }
  }

  /** A new arrangement with the weights of the old one; all else starts at zero. */
  private rearrange(training: TrainingSetup): void {
    const weights = this.weights();
    this.arrangement = this.arrange(training);
    this.taught.clear();
    const { buffer } = this.memory;
    for (const { name, address, bytes } of this.arrangement.regions) {
      // What earlier data left in its place is overwritten before it is read.
      const transient = /^(training|staging|batch|thread arenas)/.test(name);
      if (address >= this.firstFree && !transient) new Uint8Array(buffer, address, bytes).fill(0);
    }
    this.setWeights(weights);
  }

  private async evaluatePart(
    { number, source }: { number: number; source: DataSource },
    first: number,
    end: number,
    outputOf: (row: number) => number,
  ): Promise<Evaluation> {
    const order = this.addressOf(orderBuffer(this.arrangement.shared, source));
    let loss = 0;
    let correct = 0;
    for (let start = first; start < end; start += longestBurst * evaluationBatch) {
      const batches: { first: number; rows: number }[] = [];
      const stop = Math.min(end, start + longestBurst * evaluationBatch);
      for (let row = start; row < stop; row += evaluationBatch) {
        batches.push({ first: row, rows: Math.min(evaluationBatch, stop - row) });
      }
      const view = new DataView(this.memory.buffer);
      for (const [index, batch] of batches.entries()) {
        const record = { step: 0, rows: batch.rows, learningRate: 0, stepSize: 0, results: this.resultAt(index) };
        const places = { order: order + batch.first * 4, output: outputOf(batch.first) };
        writeRecord(view, this.records + index * recordBytes, { ...record, ...places });
      }
      const burst = { program: number, records: this.records, steps: batches.length };
      await this.play({ ...burst, stopAtNonFiniteLoss: false, stopOnRequest: false });
      for (const [index, batch] of batches.entries()) {
        const result = readResult(view, this.resultAt(index), 0);
        loss += result.loss * batch.rows;
        correct += result.correct;
      }
    }
    return { loss, correct, rows: end - first };
  }

  private withPenalty(evaluation: Evaluation): Evaluation {
    let penalty = 0;
    for (const weight of penalizedWeights(this.model)) {
      penalty += weight.l2 * this.weightView(weight).reduce((sum, value) => sum + value * value, 0);
    }
    return { ...evaluation, loss: evaluation.loss / evaluation.rows + penalty };
  }

  private async play(burst: Burst): Promise<number> {
    Atomics.store(new Int32Array(this.memory.buffer), this.place.stopRequest >> 2, 0);
    const team = this.startedTeam();
    const { program, number } = [...this.arrangement.programs.values()].find(({ number }) => number === burst.program)!;
    if (!this.taught.has(program)) {
      team.learn(number, program);
      this.taught.add(program);
    }
    return team.play(burst);
  }

  private startedTeam(): Team {
    if (!this.team) {
      const { module, memory, place, threads } = this;
      this.team = new Team({ module, memory, place, threads });
      abandoned.register(this, this.team);
    }
    return this.team;
  }

  private programOf(kind: ProgramKind) {
    const found = this.arrangement.programs.get(kind);
    if (!found) throw new InklingError('argument', `there is no program "${kind}" yet: call prepareTraining first.`);
    return found;
  }

  private get resultStride(): number {
    return resultBytes(this.penalties);
  }

  private resultAt(index: number): number {
    return this.results + index * this.resultStride;
  }

  private addressOf(buffer: Buffer): number {
    return this.arrangement.resolved.addressOf(buffer);
  }

  private addressesOf(source: DataSource): DataAddresses {
    const { shared } = this.arrangement;
    return {
      inputs: this.addressOf(inputBuffer(shared, this.model, source)),
      targets: this.addressOf(targetBuffer(shared, this.model, source)),
      sampleWeights: this.addressOf(sampleWeightBuffer(shared, source)),
    };
  }

  private weightView(weight: ModelWeight): Float32Array {
    const address = this.addressOf(weightBuffer(this.arrangement.shared, weight));
    return new Float32Array(this.memory.buffer, address, sizeOf(weight.shape));
  }

  private stateViews(): { name: string; weight: ModelWeight; view: Float32Array }[] {
    const { training, shared } = this.arrangement;
    if (!training) return [];
    return stateSlots(training.rule).flatMap((slot) =>
      trainableWeights(this.model).map((weight) => {
        const address = this.addressOf(stateBuffer(shared, slot, weight));
        return {
          name: `${slot}/${weight.path}`,
          weight,
          view: new Float32Array(this.memory.buffer, address, sizeOf(weight.shape)),
        };
      }),
    );
  }
}
