/** 2,000 images as numerals on one canvas, with the image under the pointer. */

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answers, FeatureMap } from '../conductor/topics/results.js';
import { announce } from '../shell/announcer.js';
import { PixelImage } from '../shell/pixel-image.js';
import { theme } from '../shell/theme.js';
import { digitNames } from '../state/digit-names.js';
import { isRight } from './answers.js';
import { imageShape, pixelsAnImage } from './image-shape.js';
import { pointAfterKey, pointNear } from './map-points.js';

interface FeatureScatterProps {
  readonly map: FeatureMap;
  /** `[images, 2]`: where they lie. */
  readonly points: Float32Array;
  readonly answers: Answers;
  /** All digits where it is undefined. */
  readonly digit: number | undefined;
  readonly chosen: number | undefined;
  readonly onChoose: (point: number) => void;
}

const margin = 16;
/** Pixels from a numeral within which the pointer is on it. */
const reach = 14;

export function FeatureScatter({ map, points, answers, digit, chosen, onChoose }: FeatureScatterProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [pointed, setPointed] = useState<number>();
  const places = placesOf(points, size);
  const mode = theme.value;
  useEffect(() => {
    const element = canvas.current!;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => draw(canvas.current!, places, map, answers, digit), [map, points, answers, digit, size, mode]);
  const isShown = (point: number) => digit === undefined || answers.labels[map.positions[point]] === digit;
  const shownPlaces = () => places.map((value, i) => (isShown(i >> 1) ? value : Number.NaN));
  const pointAt = ({ offsetX, offsetY }: PointerEvent | MouseEvent) =>
    pointNear(shownPlaces(), offsetX, offsetY, reach);
  const choose = (point: number | undefined) => {
    if (point === undefined) return;
    onChoose(point);
    const position = map.positions[point];
    announce(
      `Image ${answers.indices[position]}, a ${digitNames[answers.labels[position]]}, read as ${digitNames[answers.answers[position]]}`,
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const start = chosen !== undefined && isShown(chosen) ? chosen : undefined;
    choose(
      start === undefined
        ? pointNear(shownPlaces(), size.width / 2, size.height / 2, Number.POSITIVE_INFINITY)
        : pointAfterKey(shownPlaces(), start, event.key),
    );
  };
  return (
    <div class="scatter">
      <button
        type="button"
        aria-label="Map of images. Arrow keys go from image to image; the table below has the numbers."
        data-testid="map"
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setPointed(pointAt(event))}
        onPointerLeave={() => setPointed(undefined)}
        onClick={(event) => choose(event.detail > 0 ? pointAt(event) : undefined)}
      >
        <canvas ref={canvas} />
      </button>
      {chosen === undefined ? null : <Ring x={places[2 * chosen]} y={places[2 * chosen + 1]} />}
      {pointed === undefined ? null : <Thumbnail map={map} point={pointed} places={places} size={size} />}
    </div>
  );
}

function Ring({ x, y }: { readonly x: number; readonly y: number }) {
  return <span class="ring" aria-hidden="true" style={{ left: `${x}px`, top: `${y}px` }} />;
}

interface ThumbnailProps {
  readonly map: FeatureMap;
  readonly point: number;
  readonly places: Float32Array;
  readonly size: { readonly width: number };
}

function Thumbnail({ map, point, places, size }: ThumbnailProps) {
  const x = Math.min(places[2 * point] + 12, size.width - 72);
  const y = Math.max(places[2 * point + 1] - 76, 0);
  return (
    <div class="thumbnail" aria-hidden="true" style={{ left: `${x}px`, top: `${y}px` }}>
      <PixelImage pixels={map.images.subarray(point * pixelsAnImage, (point + 1) * pixelsAnImage)} shape={imageShape} />
    </div>
  );
}

/** Where each point is on the canvas, in CSS pixels. */
function placesOf(points: Float32Array, { width, height }: { readonly width: number; readonly height: number }) {
  const lowest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const highest = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  points.forEach((value, i) => {
    lowest[i % 2] = Math.min(lowest[i % 2], value);
    highest[i % 2] = Math.max(highest[i % 2], value);
  });
  const scales = [width, height].map((side, axis) => (side - 2 * margin) / (highest[axis] - lowest[axis] || 1));
  return points.map((value, i) => margin + (value - lowest[i % 2]) * scales[i % 2]);
}

function draw(
  canvas: HTMLCanvasElement,
  places: Float32Array,
  { positions }: FeatureMap,
  answers: Answers,
  digit: number | undefined,
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0) return;
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d')!;
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const colours = digitNames.map((_, index) => style.getPropertyValue(`--digit-${index}`).trim());
  context.font = '600 11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.strokeStyle = style.getPropertyValue('--bad').trim();
  context.lineWidth = 2;
  positions.forEach((position, point) => {
    const label = answers.labels[position];
    context.globalAlpha = digit === undefined || label === digit ? 0.9 : 0.08;
    const [x, y] = [places[2 * point], places[2 * point + 1]];
    context.fillStyle = colours[label];
    context.fillText(digitNames[label], x, y);
    if (isRight(answers, position)) return;
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.stroke();
  });
  context.globalAlpha = 1;
  context.font = '700 20px system-ui, sans-serif';
  context.strokeStyle = style.getPropertyValue('--surface').trim();
  context.lineWidth = 5;
  context.lineJoin = 'round';
  for (const [label, name] of digitNames.entries()) {
    if (digit !== undefined && digit !== label) continue;
    const own = Array.from(positions.keys()).filter((point) => answers.labels[positions[point]] === label);
    const [x, y] = [0, 1].map((axis) => median(own.map((point) => places[2 * point + axis])));
    context.strokeText(name, x, y);
    context.fillStyle = colours[label];
    context.fillText(name, x, y);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
