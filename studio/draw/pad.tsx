/** The pad: mouse, finger and pen draw on it; with the keyboard a pen is moved over a grid. */

import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { beginStroke, endStroke, extendStroke, openedPicture, strokes } from '../state/drawing.js';
import { KeyboardPen } from './keyboard-pen.js';
import { type Point, padSide, paintAll, paintStroke, type Stroke } from './strokes.js';
import './pad.css';

interface PadProps {
  /** In units of the pad. */
  readonly penWidth: number;
}

export function Pad({ penWidth }: PadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => keepPainted(canvas.current!), []);
  return (
    <div class="pad">
      <canvas
        ref={canvas}
        width={padSide}
        height={padSide}
        role="img"
        aria-label="Drawing"
        data-testid="pad"
        onPointerDown={(event) => startStroke(event, penWidth)}
        onPointerMove={continueStroke}
        onPointerUp={continueStroke}
      />
      <KeyboardPen penWidth={penWidth} />
    </div>
  );
}

/** Where an event is on the pad. A mouse and a finger press evenly. */
function pointOf(event: PointerEvent, { left, top, width, height }: DOMRect): Point {
  return {
    x: ((event.clientX - left) * padSide) / width,
    y: ((event.clientY - top) * padSide) / height,
    pressure: event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : 0.5,
  };
}

/** The pointer that draws: a second finger does not. */
let drawing: number | undefined;

function startStroke(event: PointerEvent, width: number): void {
  if (event.button !== 0 || drawing !== undefined) return;
  const element = event.currentTarget as Element;
  element.setPointerCapture(event.pointerId);
  drawing = event.pointerId;
  const end = () => {
    drawing = undefined;
    endStroke();
  };
  element.addEventListener('lostpointercapture', end, { once: true });
  beginStroke({ width, points: [pointOf(event, element.getBoundingClientRect())] });
}

/** A pen or a fast mouse moves several times between two events. */
function continueStroke(event: PointerEvent): void {
  if (event.pointerId !== drawing) return;
  const place = (event.currentTarget as Element).getBoundingClientRect();
  const between = event.getCoalescedEvents?.() ?? [];
  extendStroke((between.length > 0 ? between : [event]).map((one) => pointOf(one, place)));
}

/** Paints the drawing now and whenever it changes; of a stroke that grows what is new alone. @returns ends it */
function keepPainted(canvas: HTMLCanvasElement): () => void {
  const context = canvas.getContext('2d')!;
  let painted: readonly Stroke[] = [];
  return effect(() => {
    const picture = openedPicture.value;
    const all = strokes.value;
    const grown = all.at(-1);
    const known = painted.at(-1);
    const isGrowth =
      !picture &&
      grown !== undefined &&
      known !== undefined &&
      all.length === painted.length &&
      all.every((stroke, index) => stroke === painted[index] || index === all.length - 1) &&
      grown.points[0] === known.points[0] &&
      grown.points.length > known.points.length;
    if (isGrowth) paintStroke(context, grown, known.points.length);
    else paintAll(context, all);
    if (picture) paintPicture(context, picture.pixels);
    painted = all;
  });
}

/** The whole picture within the pad, as large as it fits. */
function paintPicture(context: CanvasRenderingContext2D, pixels: ImageData): void {
  const source = new OffscreenCanvas(pixels.width, pixels.height);
  source.getContext('2d')!.putImageData(pixels, 0, 0);
  const scale = padSide / Math.max(pixels.width, pixels.height);
  const [width, height] = [pixels.width * scale, pixels.height * scale];
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(source, (padSide - width) / 2, (padSide - height) / 2, width, height);
}
