/** Lines of an Optuna journal: what each says, in Optuna's numbers and names. */

import type { Distribution, Value } from './distribution.js';

/** Optuna's numbers of operations. */
export const operations = {
  createStudy: 0,
  createTrial: 4,
  parameter: 5,
  end: 6,
  value: 7,
  attribute: 8,
  systemAttribute: 9,
} as const;

/** Optuna's numbers of states. */
export const states = { complete: 1, pruned: 2, fail: 3 } as const;
export type EndState = keyof typeof states;

/** A line, but for who wrote it. */
export type Operation = Readonly<Record<string, unknown>>;

/** How a trial ended, and what is known of it then. */
export interface TrialEnd {
  readonly state: EndState;
  readonly value?: number;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What a trial reached on the way, and perhaps its end. */
export interface TrialReport {
  readonly values: ReadonlyMap<number, number>;
  /** Attributes of Optuna's pruner. */
  readonly system?: Readonly<Record<string, unknown>> | undefined;
  readonly end?: TrialEnd | undefined;
}

export function studyOperation(name: string): Operation {
  // More is better.
  return { op_code: operations.createStudy, study_name: name, directions: [2] };
}

export function trialOperations(
  number: number,
  parameters: Readonly<Record<string, Value>>,
  distributions: Readonly<Record<string, Distribution>>,
  attributes: Readonly<Record<string, unknown>>,
): Operation[] {
  return [
    { op_code: operations.createTrial, study_id: 0, datetime_start: now() },
    ...Object.entries(parameters).map(([name, value]) => ({
      op_code: operations.parameter,
      trial_id: number,
      param_name: name,
      param_value_internal: internalValue(distributions[name], value),
      distribution: distributionJson(distributions[name]),
    })),
    ...attributeOperations(number, attributes),
  ];
}

export function attributeOperations(number: number, attributes: Readonly<Record<string, unknown>>): Operation[] {
  return Object.entries(attributes).map(([name, value]) => ({
    op_code: operations.attribute,
    trial_id: number,
    user_attr: { [name]: value },
  }));
}

export function reportOperations(number: number, { values, system = {}, end }: TrialReport): Operation[] {
  return [
    ...[...values].map(([step, value]) => ({
      op_code: operations.value,
      trial_id: number,
      step,
      intermediate_value: value,
    })),
    ...Object.entries(system).map(([name, value]) => ({
      op_code: operations.systemAttribute,
      trial_id: number,
      system_attr: { [name]: value },
    })),
    ...(end === undefined ? [] : endOperations(number, end)),
  ];
}

function endOperations(number: number, { state, value, attributes = {} }: TrialEnd): Operation[] {
  const end = {
    op_code: operations.end,
    trial_id: number,
    state: states[state],
    values: value === undefined ? null : [value],
    datetime_complete: now(),
  };
  return [...attributeOperations(number, attributes), end];
}

/** Optuna writes its distributions as JSON within the JSON. */
export function distributionJson(distribution: Distribution): string {
  if (distribution.type === 'categorical') {
    return JSON.stringify({ name: 'CategoricalDistribution', attributes: { choices: distribution.choices } });
  }
  const { type, low, high, log, step } = distribution;
  const name = type === 'int' ? 'IntDistribution' : 'FloatDistribution';
  return JSON.stringify({ name, attributes: { log, step, low, high } });
}

function internalValue(distribution: Distribution, value: Value): number {
  return distribution.type === 'categorical' ? distribution.choices.indexOf(value) : Number(value);
}

export function externalValue(
  { name, attributes }: { name: string; attributes: { choices: Value[] } },
  internal: number,
): Value {
  return name === 'CategoricalDistribution' ? attributes.choices[internal] : internal;
}

/** As Python's `datetime.isoformat` has it, which older versions read alone. */
function now(): string {
  return new Date().toISOString().replace('Z', '000+00:00');
}
