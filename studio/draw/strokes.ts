/** Strokes of a pen on the pad, and how they are put on a canvas. */

/** The pad's side in pixels of what is read. Everything that is drawn is in these units. */
export const padSide = 280;

export interface Point {
  readonly x: number;
  readonly y: number;
  /** 0 to 1; a mouse has none and counts as 0.5. */
  readonly pressure: number;
}

export interface Stroke {
  /** At a pressure of 0.5. */
  readonly width: number;
  readonly points: readonly Point[];
}

/** Pens that digits are usually written with, as wide as strokes of MNIST's digits are for their height. */
export const penWidths = { thin: 8, medium: 16, thick: 26 } as const;
export type PenName = keyof typeof penWidths;

const ink = '#16181d';

/** The width of a line where the pen presses so much: half to one and a half times the pen's. */
function widthAt({ width }: Stroke, pressure: number): number {
  return width * (0.5 + pressure);
}

/** Each segment is round at its ends, so that a dot is a dot and corners have no gaps. */
export function paintStroke(canvas: CanvasRenderingContext2D, stroke: Stroke, from = 0): void {
  canvas.strokeStyle = ink;
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  const { points } = stroke;
  for (let index = Math.max(from, 0); index < points.length; index++) {
    const before = points[Math.max(0, index - 1)];
    const { x, y, pressure } = points[index];
    canvas.lineWidth = widthAt(stroke, pressure);
    canvas.beginPath();
    canvas.moveTo(before.x, before.y);
    canvas.lineTo(x, y);
    canvas.stroke();
  }
}

/** Dark on white, opaque: what the recognizer reads. */
export function paintAll(canvas: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
  canvas.fillStyle = '#ffffff';
  canvas.fillRect(0, 0, padSide, padSide);
  for (const stroke of strokes) paintStroke(canvas, stroke);
}
