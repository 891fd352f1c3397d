/**
 * Reading pictures by the million: one after the other from folders and lists, an object a line, in memory that does
 * not grow with their number. A file of answers is gone on with where it ends.
 */

import { createReadStream } from 'node:fs';
import { InklingError } from '../errors.js';
import type { Recognizer } from '../inference/recognizer.js';
import { decodePicture } from '../pictures/decode-picture.js';
import type { Picture } from '../pictures/picture.js';
import { fileError } from '../platform/node-file-error.js';
import { LiveLine } from '../progress/live-line.js';
import { duration, integer } from '../report/number-format.js';
import { AnswerFile } from './answer-file.js';
import type { Shard } from './option-values.js';
import type { Output } from './output.js';
import { type PictureFile, picturesOf, standardInput } from './picture-files.js';
import { manyObject, singleObject } from './prediction-text.js';
import { textLines } from './text-lines.js';

export interface BulkOptions {
  readonly filesFrom: string | undefined;
  readonly shard: Shard | undefined;
  /** Default: standard output. */
  readonly out: string | undefined;
  readonly many: boolean;
}

/** A batch is read together: of small pictures so many, of large ones fewer, by their pixels. */
const batchPictures = 32;
const batchPixels = 4_000_000;

/**
 * Answers all pictures in order; one that cannot be read is a line with an error.
 * @returns whether all were answered, those among them that the file had before
 * @throws InklingError (argument) where the file holds answers to other pictures or of another model, (file) where the
 * list cannot be read or the answers cannot be written
 */
export async function predictInBulk(
  recognizer: Recognizer,
  paths: readonly string[],
  { filesFrom, shard, out, many }: BulkOptions,
  output: Output,
): Promise<boolean> {
  const pictures = partOf(allPictures(paths, filesFrom), shard);
  const reader = new BulkReader(recognizer, many);
  const file = out === undefined ? undefined : await AnswerFile.open(out);
  const before = file ? await skipStored(file, pictures, reader) : { answers: 0, errors: 0 };
  if (before.answers > 0) output.notice(`${out} has ${integer(before.answers)} answers: going on behind them.`);
  const terminal = output.liveTerminal;
  const live = terminal && new LiveLine(terminal);
  const start = performance.now();
  const perSecond = (count: number) => `${integer((1000 * count) / (performance.now() - start))} pictures/s`;
  const counts = { pictures: 0, errors: 0 };
  try {
    for await (const { lines, errors } of reader.answer(pictures)) {
      counts.pictures += lines.length;
      counts.errors += errors;
      if (file) await file.append(lines.map((line) => `${line}\n`).join(''));
      else await output.lines(lines);
      live?.draw(() => `${integer(counts.pictures)} pictures, ${perSecond(counts.pictures)}`, 'sometimes');
    }
    await file?.close();
  } finally {
    live?.clear();
  }
  const time = duration((performance.now() - start) / 1000);
  output.text(`Read ${integer(counts.pictures)} pictures in ${time}, ${perSecond(counts.pictures)}`);
  const errors = before.errors + counts.errors;
  if (errors > 0) {
    output.failure(`${integer(errors)} of the pictures could not be read: their lines have "error" and say why.`);
  }
  return errors === 0;
}

async function* allPictures(paths: readonly string[], filesFrom: string | undefined): AsyncGenerator<PictureFile> {
  for (const path of paths) yield* picturesOf(path);
  if (filesFrom === undefined) return;
  const isStandardInput = filesFrom === standardInput;
  const name = isStandardInput ? 'standard input' : filesFrom;
  try {
    for await (const { text } of textLines(isStandardInput ? process.stdin : createReadStream(filesFrom))) {
      // A file may be called so; standard input has the list.
      if (text !== '') yield* picturesOf(text === standardInput ? `./${text}` : text);
    }
  } catch (error) {
    throw fileError('read', name, error);
  }
}

async function* partOf(pictures: AsyncGenerator<PictureFile>, shard: Shard | undefined): AsyncGenerator<PictureFile> {
  let index = 0;
  for await (const picture of pictures) {
    if (shard === undefined || index % shard.count === shard.index - 1) yield picture;
    index++;
  }
}

/**
 * Goes past the pictures that the file has answers to. Their names must be the same; the last answer is made once more,
 * since the same model gives the same bytes. Until then nothing in the file is touched.
 */
async function skipStored(file: AnswerFile, pictures: AsyncGenerator<PictureFile>, reader: BulkReader) {
  const other = (why: string): never => {
    throw new InklingError(
      'argument',
      `--out ${file.path}: ${why}. Choose another file, or delete this one to begin anew.`,
    );
  };
  const counts = { answers: 0, errors: 0 };
  let last: { picture: PictureFile; text: string } | undefined;
  for await (const { text, file: name, isError } of file.stored()) {
    const next = await pictures.next();
    counts.answers++;
    if (next.done) return other(`it has answers to more pictures than there are (${integer(counts.answers - 1)})`);
    const picture = next.value;
    if (picture.name !== name) {
      other(
        `line ${counts.answers} is of ${name}, where ${picture.name} is expected: it holds answers to other pictures`,
      );
    }
    if (isError) counts.errors++;
    else if (name !== standardInput) last = { picture, text };
  }
  if (last) {
    const { line, isError } = await reader.answerOne(last.picture);
    // A picture that is gone by now says nothing of the model.
    if (!isError && line !== last.text) {
      other(`this model, with these options, answers ${last.picture.name} otherwise than is written there`);
    }
  }
  await file.cutHalfLine();
  return counts;
}

interface AnswerLine {
  readonly line: string;
  readonly isError: boolean;
}

/** A picture that was decoded, or why it could not be. */
interface Decoded {
  readonly name: string;
  readonly picture: Picture | InklingError;
}

class BulkReader {
  private readonly recognizer: Recognizer;
  private readonly many: boolean;

  constructor(recognizer: Recognizer, many: boolean) {
    this.recognizer = recognizer;
    this.many = many;
  }

  /** A batch of lines at a time, in the order of the pictures. */
  async *answer(pictures: AsyncIterable<PictureFile>): AsyncGenerator<{ lines: string[]; errors: number }> {
    let batch: Decoded[] = [];
    let pixels = 0;
    for await (const file of pictures) {
      const decoded = await decode(file);
      batch.push(decoded);
      if (!(decoded.picture instanceof InklingError)) pixels += decoded.picture.width * decoded.picture.height;
      if (batch.length < batchPictures && pixels < batchPixels) continue;
      yield await this.answerBatch(batch);
      [batch, pixels] = [[], 0];
    }
    if (batch.length > 0) yield await this.answerBatch(batch);
  }

  async answerOne(file: PictureFile): Promise<AnswerLine> {
    return this.answerAlone(await decode(file));
  }

  private async answerBatch(batch: readonly Decoded[]): Promise<{ lines: string[]; errors: number }> {
    const answers = (await this.answerTogether(batch)) ?? (await this.answerEach(batch));
    return { lines: answers.map(({ line }) => line), errors: answers.filter(({ isError }) => isError).length };
  }

  /** @returns undefined where they must be read one by one: several digits in each, or one that cannot be read */
  private async answerTogether(batch: readonly Decoded[]): Promise<AnswerLine[] | undefined> {
    if (this.many) return undefined;
    const pictures = batch.flatMap(({ picture }) => (picture instanceof InklingError ? [] : [picture]));
    try {
      const recognitions = await this.recognizer.recognizeBatch(pictures);
      return batch.map(({ name, picture }) =>
        picture instanceof InklingError
          ? errorLine(name, picture)
          : answerLine(name, singleObject(recognitions.shift()!)),
      );
    } catch (error) {
      if (error instanceof InklingError) return undefined;
      throw error;
    }
  }

  private async answerEach(batch: readonly Decoded[]): Promise<AnswerLine[]> {
    const answers: AnswerLine[] = [];
    for (const decoded of batch) answers.push(await this.answerAlone(decoded));
    return answers;
  }

  private async answerAlone({ name, picture }: Decoded): Promise<AnswerLine> {
    const { recognizer, many } = this;
    if (picture instanceof InklingError) return errorLine(name, picture);
    try {
      const said = many
        ? manyObject(await recognizer.detect(picture))
        : singleObject(await recognizer.recognize(picture));
      return answerLine(name, said);
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      return errorLine(name, error);
    }
  }
}

async function decode({ name, read }: PictureFile): Promise<Decoded> {
  try {
    const called = name === standardInput ? 'standard input' : name;
    return { name, picture: await decodePicture(await read(), { name: called }) };
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    return { name, picture: error };
  }
}

function answerLine(file: string, said: object): AnswerLine {
  return { line: JSON.stringify({ file, ...said }), isError: false };
}

function errorLine(file: string, { message }: InklingError): AnswerLine {
  return { line: JSON.stringify({ file, error: message }), isError: true };
}
