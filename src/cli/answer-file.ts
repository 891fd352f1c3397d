/** A file of answers, an object a line, that a broken-off work has left and the next one goes on with. */

import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InklingError, shortJson } from '../errors.js';
import { fileError } from '../platform/node-file-error.js';
import { makeFolder } from '../platform/node-files.js';
import { textLines } from './text-lines.js';

/** What every line begins with: "file" is the first key of an answer. */
const lineStart = '{"file":';

/** A line that is there. */
export interface StoredAnswer {
  readonly text: string;
  /** The name of the picture. */
  readonly file: string;
  readonly isError: boolean;
}

export class AnswerFile {
  readonly path: string;
  private readonly handle: FileHandle;
  /** Bytes of whole lines that were read or written. */
  private size = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.handle = handle;
  }

  /** Makes the file and its folder where they are missing. @throws InklingError (file) */
  static async open(path: string): Promise<AnswerFile> {
    try {
      await makeFolder(dirname(path));
      return new AnswerFile(path, await open(path, 'a'));
    } catch (error) {
      throw fileError('write', path, error);
    }
  }

  /**
   * The whole lines that are there; of half a line behind them it is only seen that it may be one of an answer.
   * @throws InklingError (argument) for a line that is no answer, (file)
   */
  async *stored(): AsyncGenerator<StoredAnswer> {
    let number = 0;
    for await (const { text, end, isWhole } of this.lines()) {
      number++;
      if (isWhole) {
        yield this.answerOf(text, number);
        this.size = end;
      } else if (!lineStart.startsWith(text.slice(0, lineStart.length))) {
        throw this.noAnswer(text, number);
      }
    }
  }

  /** When all that is stored was read, and can be gone on with. @throws InklingError (file) */
  async cutHalfLine(): Promise<void> {
    try {
      await this.handle.truncate(this.size);
    } catch (error) {
      throw fileError('write', this.path, error);
    }
  }

  /**
   * All of the lines or none.
   * @param lines with their ends
   * @throws InklingError (file) where they cannot be written, or somebody else has written
   */
  async append(lines: string): Promise<void> {
    const bytes = Buffer.from(lines);
    try {
      if ((await this.handle.stat()).size !== this.size) {
        throw new InklingError(
          'file',
          `${this.path} was changed by another process. Let one at a time write to it: each shard has a file of its own.`,
        );
      }
      await this.handle.appendFile(bytes);
    } catch (error) {
      if (error instanceof InklingError) throw error;
      // Half a line would be done again, but not what is behind it.
      await this.handle.truncate(this.size).catch(() => {});
      throw fileError('write', this.path, error);
    }
    this.size += bytes.length;
  }

  /** Only then is everything on the disk. @throws InklingError (file) */
  async close(): Promise<void> {
    try {
      await this.handle.sync();
      await this.handle.close();
    } catch (error) {
      throw fileError('write', this.path, error);
    }
  }

  private async *lines() {
    try {
      yield* textLines(createReadStream(this.path));
    } catch (error) {
      throw fileError('read', this.path, error);
    }
  }

  private answerOf(text: string, number: number): StoredAnswer {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = undefined;
    }
    const { file, state, error } = Object(value) as Record<string, unknown>;
    if (typeof file === 'string' && (typeof state === 'string' || typeof error === 'string')) {
      return { text, file, isError: typeof error === 'string' };
    }
    throw this.noAnswer(text, number);
  }

  private noAnswer(text: string, number: number): InklingError {
    return new InklingError(
      'argument',
      `--out ${this.path}: line ${number} is no answer that "inkling predict" wrote. Received: ${shortJson(text)}. Choose another file.`,
    );
  }
}
