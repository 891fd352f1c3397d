/** What is on the pad: strokes, or a picture that was opened. Other rooms look at the same. */

import { computed, signal } from '@preact/signals';
import { padSide, paintAll, type Stroke } from '../draw/strokes.js';

export interface OpenedPicture {
  readonly name: string;
  readonly pixels: ImageData;
}

/** Whether a pen is down: what it draws is not whole yet. */
export const isPenDown = signal(false);
export const strokes = signal<readonly Stroke[]>([]);
export const openedPicture = signal<OpenedPicture | undefined>(undefined);

/** What was there before each change, the latest last. */
const history: { readonly strokes: readonly Stroke[]; readonly picture: OpenedPicture | undefined }[] = [];
const undoable = signal(false);

export const canUndo = computed(() => undoable.value);
export const isEmpty = computed(() => strokes.value.length === 0 && openedPicture.value === undefined);

function remember(): void {
  history.push({ strokes: strokes.peek(), picture: openedPicture.peek() });
  undoable.value = true;
}

/** A stroke that begins; over an opened picture it begins a new drawing. */
export function beginStroke(stroke: Stroke): void {
  remember();
  isPenDown.value = true;
  strokes.value = openedPicture.peek() ? [stroke] : [...strokes.peek(), stroke];
  openedPicture.value = undefined;
}

export function endStroke(): void {
  isPenDown.value = false;
}

/** The last stroke with more points. */
export function extendStroke(points: readonly Stroke['points'][number][]): void {
  const last = strokes.peek().at(-1);
  if (!last || points.length === 0) return;
  strokes.value = [...strokes.peek().slice(0, -1), { ...last, points: [...last.points, ...points] }];
}

export function openPicture(picture: OpenedPicture): void {
  remember();
  strokes.value = [];
  openedPicture.value = picture;
}

export function clearDrawing(): void {
  if (isEmpty.peek()) return;
  remember();
  strokes.value = [];
  openedPicture.value = undefined;
}

export function undo(): void {
  const before = history.pop();
  undoable.value = history.length > 0;
  if (!before) return;
  strokes.value = before.strokes;
  openedPicture.value = before.picture;
}

let canvas: CanvasRenderingContext2D | undefined;

/** The pixels of what is on the pad, as they are read. */
export function pixelsOfDrawing(): ImageData {
  const picture = openedPicture.peek();
  if (picture) return picture.pixels;
  if (!canvas) {
    const element = document.createElement('canvas');
    element.width = element.height = padSide;
    canvas = element.getContext('2d', { willReadFrequently: true })!;
  }
  paintAll(canvas, strokes.peek());
  return canvas.getImageData(0, 0, padSide, padSide);
}
