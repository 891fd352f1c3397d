/** The trials of a journal, made of its lines one after the other. */

import type { Value } from './distribution.js';
import { type EndState, externalValue, operations, states } from './journal-operations.js';

/** A trial as the journal has it. */
export interface JournalTrial {
  /** Its number, from 0, in the order of creation. */
  readonly number: number;
  readonly state: 'running' | EndState;
  readonly parameters: Readonly<Record<string, Value>>;
  /** The whole result, of a complete trial; of a pruned one the last value. */
  readonly value: number | undefined;
  /** By step, in order. */
  readonly values: ReadonlyMap<number, number>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly systemAttributes: Readonly<Record<string, unknown>>;
}

interface MutableTrial {
  number: number;
  state: JournalTrial['state'];
  parameters: Record<string, Value>;
  value: number | undefined;
  values: Map<number, number>;
  attributes: Record<string, unknown>;
  systemAttributes: Record<string, unknown>;
}

export class JournalTrials {
  readonly trials: MutableTrial[] = [];
  /** undefined before a line has told. */
  studyName: string | undefined;

  /** @throws an error of any kind for what is no line of a journal */
  apply(line: string): void {
    const operation = JSON.parse(line);
    this.replay(operation, operation.trial_id === undefined ? undefined : this.trials[operation.trial_id]);
  }

  /** What is said of a trial that has ended is left out, as Optuna leaves it out. */
  private replay(operation: Record<string, unknown>, trial: MutableTrial | undefined): void {
    const isOpen = trial?.state === 'running';
    switch (operation.op_code) {
      case operations.createStudy:
        this.studyName ??= String(operation.study_name);
        break;
      case operations.createTrial:
        this.trials.push({
          number: this.trials.length,
          state: 'running',
          parameters: {},
          value: undefined,
          values: new Map(),
          attributes: {},
          systemAttributes: {},
        });
        break;
      case operations.parameter:
        if (isOpen) {
          trial.parameters[operation.param_name as string] = externalValue(
            JSON.parse(operation.distribution as string),
            operation.param_value_internal as number,
          );
        }
        break;
      case operations.value:
        if (isOpen) trial.values.set(operation.step as number, operation.intermediate_value as number);
        break;
      case operations.attribute:
        if (isOpen) Object.assign(trial.attributes, operation.user_attr);
        break;
      case operations.systemAttribute:
        if (isOpen) Object.assign(trial.systemAttributes, operation.system_attr);
        break;
      case operations.end: {
        const state = (Object.keys(states) as EndState[]).find((name) => states[name] === operation.state);
        if (!isOpen || state === undefined) break;
        trial.state = state;
        trial.value = (operation.values as number[] | null)?.[0];
        break;
      }
    }
  }
}
