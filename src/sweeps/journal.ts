/**
 * The log of a sweep, in the file format of Optuna's JournalStorage: an operation a line, only ever appended to.
 * Optuna's `load_study`, its dashboard and `tail -f` read it while the sweep runs.
 */

import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { InklingError } from '../errors.js';
import { fileError } from '../platform/node-file-error.js';
import type { Distribution, Value } from './distribution.js';
import { withJournalLock } from './journal-lock.js';

export const journalName = 'journal.log';

/** Optuna's numbers of operations. */
const operations = {
  createStudy: 0,
  studyAttribute: 2,
  createTrial: 4,
  parameter: 5,
  end: 6,
  value: 7,
  attribute: 8,
  systemAttribute: 9,
} as const;

/** Optuna's numbers of states. */
const states = { complete: 1, pruned: 2, fail: 3 } as const;
export type EndState = keyof typeof states;

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

type Operation = Readonly<Record<string, unknown>>;

/** How a trial ended, and what is known of it then. */
export interface TrialEnd {
  readonly state: EndState;
  readonly value?: number;
  readonly attributes?: Readonly<Record<string, unknown>>;
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

/** One study in one file. What other processes append is seen after `refresh`. */
export class Journal {
  readonly path: string;
  private readonly worker = `${hostname()}-${process.pid}`;
  private readonly found: MutableTrial[] = [];
  private studyName: string | undefined;
  /** Bytes read so far: whole lines. */
  private read = 0;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Opens the file, and makes it with its study where it is missing. Half a line at the end, which a process or a
   * machine that died has left, is cut off.
   * @throws InklingError (file) where it cannot be read or written, or is not such a journal
   */
  static async open(path: string, studyName: string): Promise<Journal> {
    const journal = new Journal(path);
    await withJournalLock(path, () => cutHalfLine(path));
    await journal.refresh();
    if (journal.studyName === undefined) {
      await journal.append([{ op_code: operations.createStudy, study_name: studyName, directions: [2] }]);
    } else if (journal.studyName !== studyName) {
      throw new InklingError(
        'file',
        `${path} holds the study ${JSON.stringify(journal.studyName)}, not ${JSON.stringify(studyName)}. Choose another folder.`,
      );
    }
    return journal;
  }

  get trials(): readonly JournalTrial[] {
    return this.found;
  }

  /** Reads what was appended since. */
  async refresh(): Promise<void> {
    await this.inTurn(() => this.readOn());
  }

  async setStudyAttributes(attributes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.append(
      Object.entries(attributes).map(([name, value]) => ({
        op_code: operations.studyAttribute,
        study_id: 0,
        user_attr: { [name]: value },
      })),
    );
  }

  /** @returns the new trial's number */
  async createTrial(
    parameters: Readonly<Record<string, Value>>,
    distributions: Readonly<Record<string, Distribution>>,
    attributes: Readonly<Record<string, unknown>>,
  ): Promise<number> {
    return this.inTurn(async () => {
      await withJournalLock(this.path, async () => {
        await this.readOn();
        const number = this.found.length;
        await this.write([
          { op_code: operations.createTrial, study_id: 0, datetime_start: now() },
          ...Object.entries(parameters).map(([name, value]) => ({
            op_code: operations.parameter,
            trial_id: number,
            param_name: name,
            param_value_internal: internalValue(distributions[name], value),
            distribution: distributionJson(distributions[name]),
          })),
          ...attributeOperations(number, attributes),
        ]);
      });
      const number = this.found.length;
      await this.readOn();
      return number;
    });
  }

  async setAttributes(number: number, attributes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.append(attributeOperations(number, attributes));
  }

  /** Adds values by step, attributes of ours and of Optuna's pruner, and perhaps the end: all of it or nothing. */
  async report(
    number: number,
    values: ReadonlyMap<number, number>,
    { system = {}, end }: { system?: Readonly<Record<string, unknown>>; end?: TrialEnd } = {},
  ): Promise<void> {
    await this.append([
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
      ...(end === undefined
        ? []
        : [
            ...attributeOperations(number, end.attributes ?? {}),
            {
              op_code: operations.end,
              trial_id: number,
              state: states[end.state],
              values: end.value === undefined ? null : [end.value],
              datetime_complete: now(),
            },
          ]),
    ]);
  }

  private async append(lines: readonly Operation[]): Promise<void> {
    if (lines.length === 0) return;
    await this.inTurn(async () => {
      await withJournalLock(this.path, () => this.write(lines));
      await this.readOn();
    });
  }

  private async write(lines: readonly Operation[]): Promise<void> {
    const text = lines
      .map(({ op_code, ...rest }) => `${JSON.stringify({ op_code, worker_id: this.worker, ...rest })}\n`)
      .join('');
    try {
      const handle = await open(this.path, 'a');
      try {
        const { size } = await handle.stat();
        try {
          await handle.writeFile(text);
          await handle.sync();
        } catch (error) {
          await handle.truncate(size).catch(() => {});
          throw error;
        }
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw fileError('write', this.path, error);
    }
  }

  private async readOn(): Promise<void> {
    const bytes = await readFrom(this.path, this.read);
    const end = bytes.lastIndexOf(10) + 1;
    for (const line of new TextDecoder().decode(bytes.subarray(0, end)).split('\n')) {
      if (line !== '') this.apply(line);
    }
    this.read += end;
  }

  private apply(line: string): void {
    let operation: Record<string, unknown>;
    try {
      operation = JSON.parse(line);
      this.replay(operation, operation.trial_id === undefined ? undefined : this.found[operation.trial_id as number]);
    } catch (cause) {
      throw new InklingError(
        'file',
        `${this.path} is not the journal of a sweep: a line of it cannot be read: ${line.slice(0, 80)}`,
        { cause },
      );
    }
  }

  /** What is said of a trial that has ended is left out, as Optuna leaves it out. */
  private replay(operation: Record<string, unknown>, trial: MutableTrial | undefined): void {
    const isOpen = trial?.state === 'running';
    switch (operation.op_code) {
      case operations.createStudy:
        this.studyName ??= String(operation.study_name);
        break;
      case operations.createTrial:
        this.found.push({
          number: this.found.length,
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

  /** One after the other: two writers of one process would wait for each other's lock. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }
}

function attributeOperations(number: number, attributes: Readonly<Record<string, unknown>>): Operation[] {
  return Object.entries(attributes).map(([name, value]) => ({
    op_code: operations.attribute,
    trial_id: number,
    user_attr: { [name]: value },
  }));
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

function externalValue(
  { name, attributes }: { name: string; attributes: { choices: Value[] } },
  internal: number,
): Value {
  return name === 'CategoricalDistribution' ? attributes.choices[internal] : internal;
}

/** As Python's `datetime.isoformat` has it, which older versions read alone. */
function now(): string {
  return new Date().toISOString().replace('Z', '000+00:00');
}

async function cutHalfLine(path: string): Promise<void> {
  try {
    const handle = await open(path, 'a+');
    try {
      const text = await handle.readFile();
      const end = text.lastIndexOf(10) + 1;
      if (end < text.length) await handle.truncate(end);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError('write', path, error);
  }
}

async function readFrom(path: string, offset: number): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const bytes = new Uint8Array(Math.max(size - offset, 0));
      await handle.read(bytes, 0, bytes.length, offset);
      return bytes;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError('read', path, error);
  }
}
