/** A line on a terminal that is drawn over again, and goes when it is done. */

import type { Terminal } from '../platform/contract.js';

/** Where a terminal does not tell its width, as some that are not quite terminals. */
const usualColumns = 80;
const milliseconds = 100;
const toLineStart = '\r';
const clearToEnd = '\x1b[K';

export class LiveLine {
  private readonly terminal: Terminal;
  private drawnAt: number | undefined;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  /**
   * Draws the line; `sometimes` not where it was drawn less than a tenth of a second ago. The cursor stays to be seen
   * and nothing of the terminal is set, so that nothing has to be put right however the process ends.
   * @param line gives what fits into a number of columns
   */
  draw(line: (columns: number) => string, how: 'sometimes' | 'now'): void {
    const now = performance.now();
    if (how === 'sometimes' && this.drawnAt !== undefined && now - this.drawnAt < milliseconds) return;
    this.drawnAt = now;
    const columns = this.terminal.columns || usualColumns;
    // The last column stays free: some terminals begin a new line when it is written to.
    this.terminal.write(`${toLineStart}${line(columns).slice(0, columns - 1)}${clearToEnd}`);
  }

  /** Takes the line off the terminal. */
  clear(): void {
    if (this.drawnAt !== undefined) this.terminal.write(`${toLineStart}${clearToEnd}`);
    this.drawnAt = undefined;
  }
}
