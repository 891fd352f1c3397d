/** `inkling predict`: reads pictures, one after the other, and says how far to trust each answer. */

import { InklingError } from '../errors.js';
import type { Recognition } from '../inference/recognition.js';
import type { Recognizer } from '../inference/recognizer.js';
import { decodePicture } from '../pictures/decode-picture.js';
import type { Picture } from '../pictures/picture.js';
import type { ExplanationFolder } from './explanation-folder.js';
import type { Shard } from './option-values.js';
import type { Output } from './output.js';
import { findPictures, type PictureFile, standardInput } from './picture-files.js';
import { ManyTable, manyObject, PredictionTable, singleObject } from './prediction-text.js';
import { chooseRecognizer } from './recognizer-choice.js';
import { printable } from './terminal-text.js';

export interface PredictOptions {
  readonly model?: string;
  /** A folder for pictures of what the network saw. */
  readonly explain?: string;
  /** Several digits in each picture. */
  readonly many?: boolean;
  /** A file with a path a line, or `-` for standard input. */
  readonly filesFrom?: string;
  /** Which part of the pictures; default all. */
  readonly shard?: Shard;
  /** A file for objects, a line each, that is gone on with where there is one. */
  readonly out?: string;
}

/**
 * Answers every picture that can be read; of the others it says what was wrong.
 * @returns whether all pictures were answered
 * @throws InklingError (argument) for paths that cannot be meant, (file, model) where the model or the folder to
 * explain into cannot be used
 */
export async function predict(paths: readonly string[], options: PredictOptions, output: Output): Promise<boolean> {
  checkPaths(paths, options.filesFrom);
  const { model, explain, many = false, filesFrom, shard, out } = options;
  const isBulk = filesFrom !== undefined || shard !== undefined || out !== undefined;
  if (isBulk && explain !== undefined) {
    throw new InklingError(
      'argument',
      '--explain draws pictures one by one, and does not go with --files-from, --shard and --out. Leave it out.',
    );
  }
  const recognizer = await chooseRecognizer(model);
  if (many && recognizer.preprocessing.method !== 'digits') {
    throw new InklingError(
      'argument',
      '--many: this model takes each picture whole and does not look for several things in it. Leave --many out, and cut the picture into parts ' +
        'first; a model for ink on paper is trained with "inkling train --prepare digits".',
    );
  }
  if (isBulk) {
    const { predictInBulk } = await import('./bulk-prediction.js');
    return predictInBulk(recognizer, paths, { filesFrom, shard, out, many }, output);
  }
  const explanations = explain === undefined ? undefined : await openExplanations(explain, recognizer);
  const files: PictureFile[] = [];
  for (const path of paths) files.push(...(await findPictures(path)));
  const answers = many ? new ManyDigits(recognizer, output) : new OneDigitEach(recognizer, output, files);
  let failures = 0;
  for (const { name, read } of files) {
    try {
      const picture = await decodePicture(await read(), { name: name === standardInput ? 'standard input' : name });
      const digits = await answers.answer(name, picture);
      await explanations?.write(name, picture, digits);
    } catch (error) {
      if (!(error instanceof InklingError)) throw error;
      failures++;
      output.failure(printable(error.message));
      output.line({ file: name, error: error.message });
    }
  }
  if (explanations && explanations.written > 0) {
    const { written } = explanations;
    output.text(`\nExplained in ${explain}: ${written} ${written === 1 ? 'picture' : 'pictures'}`);
  }
  return failures === 0;
}

function checkPaths(paths: readonly string[], filesFrom: string | undefined): void {
  if (paths.some((path) => path === '') || (paths.length === 0 && filesFrom === undefined)) {
    throw new InklingError(
      'argument',
      `${paths.length === 0 ? 'There is no path' : 'A path is empty'}: expected a picture, a folder of them, or - for standard input. ` +
        'See "inkling predict --help".',
    );
  }
  if ([...paths, filesFrom].filter((path) => path === standardInput).length > 1) {
    throw new InklingError('argument', 'Standard input (-) is given twice, and can be read once. Leave one out.');
  }
}

async function openExplanations(folder: string, recognizer: Recognizer): Promise<ExplanationFolder> {
  if (recognizer.members.length > 1) {
    throw new InklingError(
      'argument',
      `--explain: this model is an ensemble of ${recognizer.members.length}, and each saw something of its own. Leave --explain out, or read with ` +
        'one of its members, such as the folder member-1 in it.',
    );
  }
  const { ExplanationFolder } = await import('./explanation-folder.js');
  return ExplanationFolder.open(folder, recognizer);
}

/** Reads pictures and prints what they show. */
interface Answers {
  answer(name: string, picture: Picture): Promise<readonly Recognition[]>;
}

class OneDigitEach implements Answers {
  private readonly recognizer: Recognizer;
  private readonly output: Output;
  private readonly table: PredictionTable;
  private isFirst = true;

  constructor(recognizer: Recognizer, output: Output, files: readonly PictureFile[]) {
    this.recognizer = recognizer;
    this.output = output;
    const names = files.map(({ name }) => name);
    this.table = new PredictionTable(names, recognizer.classNames);
  }

  async answer(name: string, picture: Picture): Promise<readonly Recognition[]> {
    const { output, table } = this;
    const digits = [await this.recognizer.recognize(picture)];
    if (this.isFirst) output.text(output.style('bold', table.header));
    this.isFirst = false;
    output.result(table.row(name, digits[0]));
    output.line({ file: name, ...singleObject(digits[0]) });
    return digits;
  }
}

class ManyDigits implements Answers {
  private readonly recognizer: Recognizer;
  private readonly output: Output;
  private readonly table: ManyTable;

  constructor(recognizer: Recognizer, output: Output) {
    this.recognizer = recognizer;
    this.output = output;
    this.table = new ManyTable(recognizer.classNames);
  }

  async answer(name: string, picture: Picture): Promise<readonly Recognition[]> {
    const { output, table } = this;
    const detection = await this.recognizer.detect(picture);
    const { digits } = detection;
    output.result(output.style('bold', table.title(name, detection)));
    if (digits.length > 0) output.text([table.header, ...digits.map((digit) => table.row(digit))].join('\n'));
    const dropped = table.dropped(detection);
    if (dropped !== undefined) output.text(dropped);
    output.line({ file: name, ...manyObject(detection) });
    return digits;
  }
}
