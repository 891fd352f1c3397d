/** What `inkling predict` says of a picture: rows of a table for people, objects for programs. */

import { percentage } from '../charts/percentage.js';
import type { Recognition } from '../inference/recognition.js';
import { columnsOf, padded, printable, shortened } from './terminal-text.js';

export interface PredictionObject {
  readonly state: Recognition['state'];
  readonly answer: string | null;
  readonly probability: number | null;
  readonly runnerUp: string | null;
  readonly probabilities: readonly number[] | null;
}

/** Where a digit is in its picture, in pixels. */
export interface BoxObject {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Several digits of one picture. */
export interface ManyObject {
  /** All answers in reading order; null where there is none. */
  readonly answer: string | null;
  readonly digits: readonly (PredictionObject & { readonly box: BoxObject | null })[];
}

/** One digit was asked for: how many there seem to be is told too. */
export function singleObject(recognition: Recognition): PredictionObject & { readonly sideBySide: number } {
  return { ...predictionObject(recognition), sideBySide: recognition.sideBySide };
}

export function predictionObject(recognition: Recognition): PredictionObject {
  const { state, answer, probability, runnerUp, probabilities } = recognition;
  return { state, answer, probability, runnerUp, probabilities };
}

export function manyObject(digits: readonly Recognition[], classNames: readonly string[]): ManyObject {
  return {
    answer: wholeAnswer(digits, classNames),
    digits: digits.map((digit) => ({ ...predictionObject(digit), box: boxObject(digit) })),
  };
}

/**
 * Digits are written as a number, longer names of classes with spaces between them. What is not a digit is left out.
 */
function wholeAnswer(digits: readonly Recognition[], classNames: readonly string[]): string | null {
  const answers = digits.flatMap(({ answer }) => answer ?? []);
  const between = classNames.every((name) => [...name].length === 1) ? '' : ' ';
  return answers.length > 0 ? answers.join(between) : null;
}

function boxObject({ box }: Recognition): BoxObject | null {
  return box && { left: box.left, top: box.top, width: box.right - box.left, height: box.bottom - box.top };
}

const nothing = '–';
/** Longer names of files show their end, longer names of classes too. */
const [widestFile, widestClass] = [60, 24];

const titles = { answer: 'answer', probability: 'probability', runnerUp: 'runner-up' };

/** One picture, one digit, one row. Columns stay where they are, whatever a row says. */
export class PredictionTable {
  private readonly fileWidth: number;
  private readonly cells: DigitCells;

  /** @param names of the files to come: they give the first column its width */
  constructor(names: readonly string[], classNames: readonly string[]) {
    const widest = names.reduce((most, name) => Math.max(most, columnsOf(printable(name))), 4);
    this.fileWidth = Math.min(widest, widestFile);
    this.cells = new DigitCells(classNames);
  }

  get header(): string {
    return `${padded('file', this.fileWidth)}  ${this.cells.header}  state`;
  }

  row(name: string, recognition: Recognition): string {
    const file = padded(shortened(printable(name), this.fileWidth), this.fileWidth);
    return `${file}  ${this.cells.row(recognition)}  ${recognition.state}${manyHint(recognition)}`;
  }
}

/** Behind the state, since it speaks of this picture alone. */
function manyHint({ sideBySide }: Recognition): string {
  return sideBySide > 1 ? ` (${sideBySide} marks side by side: --many reads each)` : '';
}

/** One picture, several digits: a line with all of them, such as `house.png: 4072`, and below it a row for each. */
export class ManyTable {
  private readonly classNames: readonly string[];
  private readonly cells: DigitCells;

  constructor(classNames: readonly string[]) {
    this.classNames = classNames;
    this.cells = new DigitCells(classNames);
  }

  /** With how many of the answers may be wrong, and how much of what is drawn is not a digit. */
  title(name: string, digits: readonly Recognition[]): string {
    const count = (state: Recognition['state']) => digits.filter((digit) => digit.state === state).length;
    const notSure = count('not sure');
    const answered = digits.filter((digit) => digit.answer !== null).length;
    const [noDigits, withoutAnswer] = [count('not a digit'), count('no answer')];
    const none = withoutAnswer > 0 ? 'no answer' : 'no digit';
    const answer = digits.length === 0 ? 'blank' : (wholeAnswer(digits, this.classNames) ?? none);
    const doubts: string[] = [];
    if (notSure > 0) doubts.push(`${notSure} of ${answered} not sure`);
    if (noDigits > 0 && answered > 0) doubts.push(`${noDigits} more not a digit`);
    if (withoutAnswer > 0 && answered > 0) doubts.push(`${withoutAnswer} more without an answer`);
    return `${printable(name)}: ${printable(answer)}${doubts.length > 0 ? ` (${doubts.join(', ')})` : ''}`;
  }

  get header(): string {
    return `  ${this.cells.header}  ${padded('state', 11)}  box`;
  }

  row(recognition: Recognition): string {
    const box = boxObject(recognition);
    const place = box ? `${box.width} x ${box.height} at ${box.left}, ${box.top}` : nothing;
    return `  ${this.cells.row(recognition)}  ${padded(recognition.state, 11)}  ${place}`;
  }
}

/** Answer, probability and runner-up in columns. */
class DigitCells {
  private readonly classWidth: number;

  constructor(classNames: readonly string[]) {
    const widest = classNames.reduce((most, name) => Math.max(most, columnsOf(printable(name))), 1);
    this.classWidth = Math.min(widest, widestClass);
  }

  get header(): string {
    return this.line(titles.answer, titles.probability, titles.runnerUp);
  }

  row({ answer, probability, runnerUp }: Recognition): string {
    const name = (text: string | null) => (text === null ? nothing : shortened(printable(text), this.classWidth));
    return this.line(name(answer), probability === null ? nothing : percentage(probability), name(runnerUp));
  }

  private line(answer: string, probability: string, runnerUp: string): string {
    const width = (title: string) => Math.max(title.length, this.classWidth);
    return [
      padded(answer, width(titles.answer), 'right'),
      padded(probability, titles.probability.length, 'right'),
      padded(runnerUp, width(titles.runnerUp), 'right'),
    ].join('  ');
  }
}
