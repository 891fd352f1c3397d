/** What `inkling predict` says of a picture: a row of a table for people, an object for programs. */

import type { Recognition } from '../inference/recognition.js';

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

export function predictionObject(recognition: Recognition): PredictionObject {
  const { state, answer, probability, runnerUp, probabilities } = recognition;
  return { state, answer, probability, runnerUp, probabilities };
}

/** @returns null for `blank` */
export function boxObject({ box }: Recognition): BoxObject | null {
  return box && { left: box.left, top: box.top, width: box.right - box.left, height: box.bottom - box.top };
}

const nothing = '–';

/** The columns behind the file's name. */
const columns = ['answer', 'probability', 'runner-up', 'state', 'box'] as const;

/** @param names of the files to come: they give the first column its width */
export class PredictionTable {
  private readonly fileWidth: number;
  private readonly boxes: boolean;

  constructor(names: readonly string[], boxes: boolean) {
    this.fileWidth = Math.max(4, ...names.map((name) => name.length));
    this.boxes = boxes;
  }

  get header(): string {
    return this.line('file', columns);
  }

  row(name: string, recognition: Recognition): string {
    const { answer, probability, runnerUp, state } = recognition;
    const box = boxObject(recognition);
    return this.line(name, [
      answer ?? nothing,
      probability === null ? nothing : percentage(probability),
      runnerUp ?? nothing,
      state,
      box ? `${box.width} x ${box.height} at ${box.left}, ${box.top}` : nothing,
    ]);
  }

  private line(name: string, [answer, probability, runnerUp, state, box]: readonly string[]): string {
    const cells = [
      name.padEnd(this.fileWidth),
      answer.padStart(6),
      probability.padStart(11),
      runnerUp.padStart(9),
      this.boxes ? state.padEnd(11) : state,
    ];
    return (this.boxes ? [...cells, box] : cells).join('  ');
  }
}

/** Two decimals; what is not certain is never written as 100 %. */
function percentage(probability: number): string {
  return probability < 1 && probability >= 0.99995 ? '> 99.99 %' : `${(100 * probability).toFixed(2)} %`;
}
