/** What `inkling predict` says of a picture: rows of a table for people, objects for programs. */

import { percentage } from '../charts/percentage.js';
import type { Detection } from '../inference/detection.js';
import type { Recognition } from '../inference/recognition.js';
import type { Box } from '../preprocessing/connected-components.js';
import { type DroppedMark, type DropReason, mayBeWriting } from '../preprocessing/dropped-marks.js';
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

/** What looked like ink and was left out. */
export interface DroppedObject {
  readonly reason: DropReason;
  readonly box: BoxObject;
}

/** One digit was asked for. */
export interface SingleObject extends PredictionObject {
  /** How many there seem to be. */
  readonly sideBySide: number;
  readonly dropped: readonly DroppedObject[];
}

/** Several digits of one picture. */
export interface ManyObject {
  /** All answers in reading order; null where there is none. */
  readonly answer: string | null;
  /** Of the number. */
  readonly state: Recognition['state'];
  readonly digits: readonly (PredictionObject & { readonly line: number; readonly box: BoxObject | null })[];
  readonly dropped: readonly DroppedObject[];
}

export function singleObject(recognition: Recognition): SingleObject {
  const { sideBySide, dropped } = recognition;
  return { ...predictionObject(recognition), sideBySide, dropped: dropped.map(droppedObject) };
}

export function predictionObject(recognition: Recognition): PredictionObject {
  const { state, answer, probability, runnerUp, probabilities } = recognition;
  return { state, answer, probability, runnerUp, probabilities };
}

export function manyObject({ number: { text, state }, digits, dropped }: Detection): ManyObject {
  return {
    answer: text,
    state,
    digits: digits.map((digit) => ({
      ...predictionObject(digit),
      line: digit.line,
      box: digit.box && boxObject(digit.box),
    })),
    dropped: dropped.map(droppedObject),
  };
}

function droppedObject({ reason, box }: DroppedMark): DroppedObject {
  return { reason, box: boxObject(box) };
}

function boxObject({ left, top, right, bottom }: Box): BoxObject {
  return { left, top, width: right - left, height: bottom - top };
}

function placeText(box: Box): string {
  const { left, top, width, height } = boxObject(box);
  return `${width} x ${height} at ${left}, ${top}`;
}

/** For people: what a mark that was left out is taken for. */
const droppedNames: Record<DropReason, string> = {
  edge: 'mark at the edge',
  rule: 'rule',
  shadow: 'shadow',
  speck: 'speck',
  surroundings: 'surroundings of the paper',
  point: 'decimal point',
  minus: 'minus sign',
  stray: 'stray mark',
  faint: 'faint mark',
  other: 'other mark',
};

/** Without what the paper is. @returns undefined where nothing else was left out */
function leftOut(dropped: readonly DroppedMark[]): string | undefined {
  const count = dropped.filter(mayBeWriting).length;
  return count > 0 ? `${count} ${count === 1 ? 'mark' : 'marks'} left out` : undefined;
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

/** Behind the state, since it speaks of this picture alone. Marks side by side are left out as well, all but one. */
function manyHint({ state, sideBySide, dropped }: Recognition): string {
  if (sideBySide > 1) return ` (${sideBySide} marks side by side: --many reads each)`;
  const marks = state === 'digit' || state === 'sure' ? undefined : leftOut(dropped);
  return marks === undefined ? '' : ` (${marks})`;
}

/** One picture, several digits: a line with all of them, such as `house.png: 4072`, and below it a row for each. */
export class ManyTable {
  private readonly cells: DigitCells;

  constructor(classNames: readonly string[]) {
    this.cells = new DigitCells(classNames);
  }

  /** With how many of the answers may be wrong, how much of what is drawn is not a digit, and how much was left out. */
  title(name: string, { digits, number, dropped }: Detection): string {
    const count = (state: Recognition['state']) => digits.filter((digit) => digit.state === state).length;
    const notSure = count('not sure');
    const answered = digits.filter((digit) => digit.answer !== null).length;
    const [noDigits, withoutAnswer] = [count('not a digit'), count('no answer')];
    const none = withoutAnswer > 0 ? 'no answer' : 'no digit';
    const answer = digits.length === 0 ? 'blank' : (number.text ?? none);
    const doubts: string[] = [];
    if (notSure > 0) doubts.push(`${notSure} of ${answered} not sure`);
    if (noDigits > 0 && answered > 0) doubts.push(`${noDigits} more not a digit`);
    if (withoutAnswer > 0 && answered > 0) doubts.push(`${withoutAnswer} more without an answer`);
    const marks = leftOut(dropped);
    if (marks !== undefined) doubts.push(marks);
    return `${printable(name)}: ${printable(answer)}${doubts.length > 0 ? ` (${doubts.join(', ')})` : ''}`;
  }

  get header(): string {
    return `  ${this.cells.header}  ${padded('state', 11)}  box`;
  }

  row(recognition: Recognition): string {
    const place = recognition.box ? placeText(recognition.box) : nothing;
    return `  ${this.cells.row(recognition)}  ${padded(recognition.state, 11)}  ${place}`;
  }

  /** What was left out and where it is, in one line. @returns undefined where nothing was */
  dropped({ dropped }: Detection): string | undefined {
    const marks = dropped.filter(mayBeWriting).map(({ reason, box }) => `${droppedNames[reason]} ${placeText(box)}`);
    return marks.length > 0 ? `  left out: ${marks.join('; ')}` : undefined;
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
