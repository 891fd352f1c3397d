/**
 * How memory is arranged for one model: where the threads meet, where programs, weights and data lie. Evaluation is
 * always possible; a training asks for a new plan with room for its data.
 */

import type { Augmentation } from '../data/augmentation.js';
import { InklingError } from '../errors.js';
import { type Model, type ModelWeight, weightsOf } from '../model/model.js';
import type { Rows } from '../model/rows.js';
import { assignAddresses, type PlacedPrograms } from './program/assign-addresses.js';
import { weightBuffer } from './program/blocks/weights.js';
import { MemoryLayout, type Region } from './program/memory-layout.js';
import type { Program } from './program/program.js';
import { type Buffer, type ProgramBuilder, SharedBuffers } from './program/program-builder.js';
import {
  type DataSource,
  evaluationProgram,
  inputBuffer,
  inspectionProgram,
  orderBuffer,
  sampleWeightBuffer,
  targetBuffer,
  trainingProgram,
} from './program/programs.js';
import { recordBytes, resultBytes } from './program/step-record.js';
import { penalizedWeights, type UpdateRule } from './program/update-rule.js';
import { type ControlBlock, maxThreads } from './threads/executor.js';
import { type DataAddresses, sourceOf } from './write-rows.js';

/** Rows of a batch in evaluation. Results do not depend on it. */
export const evaluationBatch = 256;
/** Rows that are copied into memory at a time for evaluation. */
export const stagingRows = 2048;
/** Steps that one step batch can have. */
export const maxStepsPerBatch = 512;

/** What is trained on and how. */
export interface TrainingSetup {
  readonly rows: Rows;
  readonly batchSize: number;
  readonly rule: UpdateRule;
  readonly seed: number;
  /**
   * How training images are changed by chance, each time anew; default: not at all. uint8 images `[N, H, W, C]` alone.
   */
  readonly augmentation?: Augmentation | undefined;
  /** Whether to measure where the steps' time goes; default: not. */
  readonly profile?: boolean | undefined;
}

export type ProgramKind =
  | 'training'
  | 'inspection'
  | `${DataSource['name']}/${DataSource['inputType']}/${DataSource['targetType']}`;

/** A program, the number by which the threads know it, and the data it reads. */
export interface PlacedProgram {
  readonly number: number;
  readonly program: Program;
  readonly source: DataSource;
}

export class MemoryPlan {
  readonly model: Model;
  readonly training: TrainingSetup | undefined;
  readonly place: ControlBlock;
  readonly shared = new SharedBuffers();
  /** Address of the step records of a step batch. */
  readonly records: number;
  /** Address for probabilities, of as many rows as staging has. */
  readonly output: number;
  /** Address for logits, of as many rows. */
  readonly logits: number;
  readonly programs: ReadonlyMap<ProgramKind, PlacedProgram>;
  private readonly layout = new MemoryLayout();
  /** Weights with an L2 penalty. */
  readonly penalized: readonly ModelWeight[];
  /** Bytes of one step's results. */
  readonly resultStride: number;
  private readonly results: number;
  private readonly placed: PlacedPrograms;

  constructor(model: Model, options: { threads: number; labelSmoothing: number; training: TrainingSetup | undefined }) {
    const { layout, shared } = this;
    const { training } = options;
    this.model = model;
    this.training = training;
    this.penalized = penalizedWeights(model);
    this.resultStride = resultBytes(this.penalized.length);
    // What comes first has the same address in every plan of a model: threads know it from the day they join.
    this.place = {
      barrier: layout.reserve('barrier', 128),
      stopRequest: layout.reserve('stop request', 4),
      lastStep: layout.reserve('last step', 8),
      records: layout.reserve('running step records', maxThreads * recordBytes),
    };
    this.records = layout.reserve('step records', maxStepsPerBatch * recordBytes, true);
    this.results = layout.reserve('step results', maxStepsPerBatch * this.resultStride, true);
    this.output = layout.reserve('probabilities', stagingRows * model.classes * 4, true);
    this.logits = layout.reserve('logits', stagingRows * model.classes * 4, true);
    for (const weight of weightsOf(model)) weightBuffer(shared, weight);
    const kinds = kindsOf(training);
    const builders = kinds.map(({ kind, source }) => this.write(kind, source, options.labelSmoothing));
    const trainingRows = training ? Math.min(training.batchSize, training.rows.inputs.shape[0]) : 0;
    const batchRows = Math.max(evaluationBatch, trainingRows);
    const sizes = { records: this.place.records, threads: options.threads, batchRows };
    this.placed = assignAddresses(builders, shared, layout, sizes);
    this.programs = new Map(
      kinds.map(({ kind, source }, number) => [kind, { number, program: this.placed.programs[number], source }]),
    );
  }

  /** All memory that it takes. */
  get bytes(): number {
    return this.layout.bytes;
  }

  /** The memory map. */
  get regions(): readonly Region[] {
    return this.layout.regions;
  }

  /** Regions that must be zero before a training begins; what the others hold is written before it is read. */
  get zeroedRegions(): Region[] {
    return this.regions.filter(({ zeroed }) => zeroed);
  }

  /** @throws InklingError (argument) where the program is one of training and nothing was prepared */
  programOf(kind: ProgramKind): PlacedProgram {
    const found = this.programs.get(kind);
    if (!found) throw new InklingError('argument', `There is no program "${kind}" yet: call prepareTraining first.`);
    return found;
  }

  addressOf(buffer: Buffer): number {
    return this.placed.addressOf(buffer);
  }

  /** Where the row numbers of a data source lie. */
  orderOf(source: DataSource): number {
    return this.addressOf(orderBuffer(this.shared, source));
  }

  dataOf(source: DataSource): DataAddresses {
    const { shared, model } = this;
    return {
      inputs: this.addressOf(inputBuffer(shared, model, source)),
      targets: this.addressOf(targetBuffer(shared, model, source)),
      sampleWeights: this.addressOf(sampleWeightBuffer(shared, source)),
    };
  }

  /** Address of the results of step `index` of a step batch. */
  resultAt(index: number): number {
    return this.results + index * this.resultStride;
  }

  private write(kind: ProgramKind, source: DataSource, labelSmoothing: number): ProgramBuilder {
    const { model, shared, training } = this;
    orderBuffer(shared, source);
    sampleWeightBuffer(shared, source);
    if (training && kind === 'training') return trainingProgram(model, shared, { ...training, source, labelSmoothing });
    if (training && kind === 'inspection') {
      return inspectionProgram(model, shared, { ...training, source, labelSmoothing });
    }
    return evaluationProgram(model, shared, source, labelSmoothing);
  }
}

/** The programs there are, each with the data it reads: one of evaluation for each kind of data. */
function kindsOf(training: TrainingSetup | undefined): { kind: ProgramKind; source: DataSource }[] {
  const sources: DataSource[] = [];
  for (const inputType of ['uint8', 'float32'] as const) {
    for (const targetType of ['labels', 'distributions'] as const) {
      sources.push({ name: 'staging', rows: stagingRows, inputType, targetType });
    }
  }
  const source = training && sourceOf('training', training.rows.inputs.shape[0], training.rows);
  if (source) sources.push(source);
  return [
    ...(source ? (['training', 'inspection'] as const).map((kind) => ({ kind, source })) : []),
    ...sources.map((source) => ({ kind: evaluationKind(source), source })),
  ];
}

/** The program that evaluates such data. */
export function evaluationKind({ name, inputType, targetType }: Omit<DataSource, 'rows'>): ProgramKind {
  return `${name}/${inputType}/${targetType}`;
}
