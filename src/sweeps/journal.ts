/**
 * The log of a sweep, in the file format of Optuna's JournalStorage: an operation a line, only ever appended to.
 * Optuna's `load_study`, its dashboard and `tail -f` read it while the sweep runs.
 */

import { hostname } from 'node:os';
import { InklingError } from '../errors.js';
import type { Distribution, Value } from './distribution.js';
import { appendLines, cutHalfLine, readFrom } from './journal-file.js';
import { withJournalLock } from './journal-lock.js';
import {
  attributeOperations,
  type Operation,
  reportOperations,
  studyOperation,
  type TrialReport,
  trialOperations,
} from './journal-operations.js';
import { type JournalTrial, JournalTrials } from './journal-trials.js';

export const journalName = 'journal.log';

/** One study in one file. What other processes append is seen after `refresh`. */
export class Journal {
  readonly path: string;
  private readonly worker = `${hostname()}-${process.pid}`;
  private readonly found = new JournalTrials();
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
    if (journal.found.studyName === undefined) {
      await journal.append([studyOperation(studyName)]);
    } else if (journal.found.studyName !== studyName) {
      throw new InklingError(
        'file',
        `${path} holds the study ${JSON.stringify(journal.found.studyName)}, not ${JSON.stringify(studyName)}. Choose another folder.`,
      );
    }
    return journal;
  }

  get trials(): readonly JournalTrial[] {
    return this.found.trials;
  }

  /** Reads what was appended since. */
  async refresh(): Promise<void> {
    await this.inTurn(() => this.readOn());
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
        await this.write(trialOperations(this.trials.length, parameters, distributions, attributes));
      });
      const number = this.trials.length;
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
    rest: Omit<TrialReport, 'values'> = {},
  ): Promise<void> {
    await this.append(reportOperations(number, { values, ...rest }));
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
    await appendLines(this.path, text);
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
    try {
      this.found.apply(line);
    } catch (cause) {
      throw new InklingError(
        'file',
        `${this.path} is not the journal of a sweep: a line of it cannot be read: ${line.slice(0, 80)}`,
        { cause },
      );
    }
  }

  /** One after the other: two writers of one process would wait for each other's lock. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }
}
