/** `inkling predict`: reads pictures of digits, one after the other, and says how far to trust each answer. */

import { InklingError } from '../errors.js';
import { decodePicture } from '../inference/decode-picture.js';
import type { Picture } from '../inference/picture.js';
import { blank, type Recognition } from '../inference/recognition.js';
import type { Recognizer } from '../inference/recognizer.js';
import type { ExplanationFolder } from './explanation-folder.js';
import type { Output } from './output.js';
import { findPictures, type PictureFile } from './picture-files.js';
import { boxObject, PredictionTable, predictionObject } from './prediction-text.js';
import { chooseRecognizer } from './recognizer-choice.js';

export interface PredictOptions {
  readonly model?: string;
  /** A folder for pictures of what the network saw. */
  readonly explain?: string;
  /** Several digits in each picture. */
  readonly many?: boolean;
}

/**
 * Answers every picture that can be read; of the others it says what was wrong.
 * @returns whether all pictures were answered
 * @throws InklingError where the model cannot be used
 */
export async function predict(paths: readonly string[], options: PredictOptions, output: Output): Promise<boolean> {
  const { model, explain, many = false } = options;
  const recognizer = await chooseRecognizer(model);
  const failures = new Failures(output);
  const files: PictureFile[] = [];
  for (const path of paths) await failures.orElse(path, async () => void files.push(...(await findPictures(path))));
  const table = new PredictionTable(
    files.map(({ name }) => name),
    many,
  );
  if (files.length > 0) output.text(output.style('bold', table.header));
  const explanations = explain === undefined ? undefined : await openExplanations(explain, recognizer);
  for (const { name, read } of files) {
    await failures.orElse(name, async () => {
      const picture = await decodePicture(await read(), name === '-' ? 'standard input' : name);
      const digits = await (many ? readMany(recognizer, picture) : recognizer.recognize([picture]));
      for (const digit of digits) output.result(table.row(name, digit));
      output.line(many ? manyObject(name, digits) : { file: name, ...predictionObject(digits[0]) });
      await explanations?.write(name, picture, digits);
    });
  }
  if (explanations && explanations.written > 0)
    output.text(`\nExplained in ${explain}: ${explanations.written} pictures`);
  return failures.count === 0;
}

/** A blank picture is a row too. */
async function readMany(recognizer: Recognizer, picture: Picture): Promise<Recognition[]> {
  const digits = await recognizer.recognizeAll(picture);
  return digits.length > 0 ? digits : [blank];
}

function manyObject(file: string, digits: readonly Recognition[]) {
  const seen = digits.filter(({ state }) => state !== 'blank');
  const answers = seen.flatMap(({ answer }) => answer ?? []);
  return {
    file,
    answer: answers.length > 0 ? answers.join('') : null,
    digits: seen.map((digit) => ({ ...predictionObject(digit), box: boxObject(digit) })),
  };
}

async function openExplanations(folder: string, recognizer: Recognizer): Promise<ExplanationFolder> {
  const { ExplanationFolder } = await import('./explanation-folder.js');
  return new ExplanationFolder(folder, recognizer);
}

/** What cannot be read is told where it comes, and the rest goes on. */
class Failures {
  count = 0;
  private readonly output: Output;

  constructor(output: Output) {
    this.output = output;
  }

  async orElse(file: string, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (!(error instanceof InklingError) || error.kind === 'argument') throw error;
      this.count++;
      this.output.failure(error.message);
      this.output.line({ file, error: error.message });
    }
  }
}
