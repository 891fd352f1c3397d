/**
 * Evaluates rows with a model's evaluation programs, a part at a time: loss, right answers, probabilities and logits.
 */

import type { Rows } from '../model/rows.js';
import type { Tensor } from '../numerics/tensor.js';
import {
  evaluationBatch,
  evaluationKind,
  type MemoryPlan,
  maxStepsPerBatch,
  type PlacedProgram,
  stagingRows,
} from './memory-plan.js';
import { readResult, recordBytes, writeRecord } from './program/step-record.js';
import { weightView } from './stored-values.js';
import type { StepBatch } from './threads/executor.js';
import { sourceOf, writeRows } from './write-rows.js';

export interface Evaluation {
  /** Mean over the rows, with the L2 penalties. */
  readonly loss: number;
  readonly correct: number;
  readonly rows: number;
}

export interface EvaluatedRows extends Evaluation {
  /** `[N, classes]` */
  readonly probabilities: Tensor<Float32Array>;
  /** `[N, classes]`: what the last layer gave before softmax. */
  readonly logits: Tensor<Float32Array>;
}

/** Where an evaluation takes place. */
export interface ExecutionContext {
  readonly memory: WebAssembly.Memory;
  readonly plan: MemoryPlan;
  /** @param rows of all steps together */
  execute(stepBatch: Pick<StepBatch, 'program' | 'records' | 'steps'>, rows: number): Promise<void>;
}

/** Evaluates rows `first` to `end` of the order of the training data. */
export async function evaluateOrder(stage: ExecutionContext, first: number, end: number): Promise<Evaluation> {
  const { plan } = stage;
  const { source } = plan.programOf('training');
  const program = plan.programOf(evaluationKind(source));
  return withPenalty(stage, await evaluatePart(stage, program, first, end, () => 0));
}

/** Evaluates rows that fit the model. Loss and correct mean nothing where there are no targets. */
export async function evaluateRows(stage: ExecutionContext, rows: Rows): Promise<EvaluatedRows> {
  const { plan, memory } = stage;
  const { model } = plan;
  const { classes } = model;
  const count = rows.inputs.shape[0];
  const program = plan.programOf(evaluationKind(sourceOf('staging', stagingRows, rows)));
  const order = plan.orderOf(program.source);
  const probabilities = new Float32Array(count * classes);
  const logits = new Float32Array(count * classes);
  let total: Evaluation = { loss: 0, correct: 0, rows: 0 };
  for (let first = 0; first < count; first += stagingRows) {
    const end = Math.min(first + stagingRows, count);
    const { buffer } = memory;
    writeRows(buffer, plan.dataOf(program.source), model, rows, first, end);
    new Uint32Array(buffer, order, end - first).forEach((_, row, all) => {
      all[row] = row;
    });
    const part = await evaluatePart(stage, program, 0, end - first, (row) => row * classes * 4);
    total = { loss: total.loss + part.loss, correct: total.correct + part.correct, rows: total.rows + part.rows };
    const values = (end - first) * classes;
    probabilities.set(new Float32Array(buffer, plan.output, values), first * classes);
    logits.set(new Float32Array(buffer, plan.logits, values), first * classes);
  }
  const shape = [count, classes];
  return {
    ...withPenalty(stage, total),
    probabilities: { data: probabilities, shape },
    logits: { data: logits, shape },
  };
}

/** @param offsetOf how many bytes into the places for probabilities and logits those of a row go */
async function evaluatePart(
  { memory, plan, execute }: ExecutionContext,
  { number, source }: PlacedProgram,
  first: number,
  end: number,
  offsetOf: (row: number) => number,
): Promise<Evaluation> {
  const order = plan.orderOf(source);
  let loss = 0;
  let correct = 0;
  for (let start = first; start < end; start += maxStepsPerBatch * evaluationBatch) {
    const batches: { first: number; rows: number }[] = [];
    const stop = Math.min(end, start + maxStepsPerBatch * evaluationBatch);
    for (let row = start; row < stop; row += evaluationBatch) {
      batches.push({ first: row, rows: Math.min(evaluationBatch, stop - row) });
    }
    const view = new DataView(memory.buffer);
    // Shards without rows leave no result.
    new Uint8Array(memory.buffer, plan.resultAt(0), batches.length * plan.resultStride).fill(0);
    for (const [index, batch] of batches.entries()) {
      const record = {
        step: 0,
        rows: batch.rows,
        learningRate: 0,
        stepSize: 0,
        results: plan.resultAt(index),
      };
      const offset = offsetOf(batch.first);
      const places = { output: plan.output + offset, logits: plan.logits + offset };
      const whole = { ...record, ...places, order: order + batch.first * 4 };
      writeRecord(view, plan.records + index * recordBytes, whole);
    }
    await execute({ program: number, records: plan.records, steps: batches.length }, stop - start);
    for (const [index, batch] of batches.entries()) {
      const result = readResult(view, plan.resultAt(index), 0);
      loss += result.loss * batch.rows;
      correct += result.correct;
    }
  }
  return { loss, correct, rows: end - first };
}

function withPenalty({ memory, plan }: ExecutionContext, evaluation: Evaluation): Evaluation {
  let penalty = 0;
  for (const weight of plan.penalized) {
    const values = weightView(memory.buffer, plan, weight);
    penalty += weight.l2 * values.reduce((sum, value) => sum + value * value, 0);
  }
  return { ...evaluation, loss: evaluation.loss / evaluation.rows + penalty };
}
