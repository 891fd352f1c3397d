/**
 * Who gets to read what. Text for people goes to standard output, or to standard error where `--json` keeps standard
 * output for events; `--quiet` leaves of it the lines with results alone. No control character of anybody's text gets
 * through.
 */

import { once } from 'node:events';
import { showsColours, styled, type TextStyle } from './colours.js';
import type { CommandEvent } from './events.js';
import { safeForTerminal } from './terminal-text.js';

export interface OutputOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export class Output {
  /** Where text for people goes. */
  private readonly stream: NodeJS.WriteStream;
  private readonly json: boolean;
  private readonly quiet: boolean;

  constructor({ json = false, quiet = false }: OutputOptions) {
    this.stream = json ? process.stderr : process.stdout;
    this.json = json;
    this.quiet = quiet;
  }

  /** The terminal on which a bar may live: none with `--quiet`, in a pipe or in a file. */
  get liveTerminal(): NodeJS.WriteStream | undefined {
    return this.stream.isTTY && process.env.TERM !== 'dumb' && !this.quiet ? this.stream : undefined;
  }

  get colour(): boolean {
    return showsColours(this.stream);
  }

  /** Columns that a drawing may take. */
  get width(): number {
    return Math.min(this.stream.columns ?? 80, 100);
  }

  /** Columns of the terminal; undefined in a pipe or in a file, where lines may be as long as they are. */
  get lineLength(): number | undefined {
    return this.stream.columns;
  }

  style(style: TextStyle, text: string): string {
    return styled(this.stream, style, text);
  }

  /** A line or more for people. */
  text(text: string): void {
    if (!this.quiet) this.result(text);
  }

  /** A line that `--quiet` prints too. */
  result(text: string): void {
    this.stream.write(`${safeForTerminal(text, this.colour)}\n`);
  }

  /** Something people should know that is neither a result nor a failure. */
  notice(text: string): void {
    if (!this.quiet) this.urgent(text);
  }

  /** A notice that must not be missed: `--quiet` does not hide it. */
  urgent(text: string): void {
    process.stderr.write(`${styled(process.stderr, 'yellow', 'Notice:')} ${safeForTerminal(text, false)}\n`);
  }

  /** A part of the work that failed, while the rest goes on. */
  failure(text: string): void {
    process.stderr.write(`${styled(process.stderr, ['red', 'bold'], 'Error:')} ${safeForTerminal(text, false)}\n`);
  }

  /** A line of JSON, with `--json` alone. */
  event(event: CommandEvent): void {
    this.line(event);
  }

  /** Lines of JSON; resolves when they are on their way, so that a slow reader is waited for. */
  async lines(lines: readonly string[]): Promise<void> {
    if (!process.stdout.write(lines.map((line) => `${line}\n`).join(''))) await once(process.stdout, 'drain');
  }

  /** A line of JSON that is not an event of a course of events, with `--json` alone. */
  line(object: object): void {
    if (this.json) process.stdout.write(`${JSON.stringify(object)}\n`);
  }
}
