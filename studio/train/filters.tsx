/** The kernels of the first convolution as small pictures: what strokes each filter looks for. */

import { useEffect, useRef } from 'preact/hooks';
import type { TrainingSnapshot } from '../conductor/topics/training.js';
import './filters.css';

interface FiltersProps {
  readonly filters: NonNullable<TrainingSnapshot['filters']>;
}

const [pixel, gap, columns] = [12, 10, 8];

export function Filters({ filters: { shape, data } }: FiltersProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width, channels, count] = shape;
  const rows = Math.ceil(count / columns);
  const [cellWidth, cellHeight] = [width * pixel + gap, height * pixel + gap];
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    context.clearRect(0, 0, canvas.current!.width, canvas.current!.height);
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
    for (let filter = 0; filter < count; filter++) {
      const left = (filter % columns) * cellWidth;
      const top = Math.floor(filter / columns) * cellHeight;
      for (let at = 0; at < width * height; at++) {
        // Of several channels the first: of grey images there is one.
        const value = data[at * channels * count + filter] / largest;
        context.fillStyle = colourOf(value);
        context.fillRect(left + (at % width) * pixel, top + Math.floor(at / width) * pixel, pixel, pixel);
      }
    }
  }, [data]);
  return (
    <figure class="filters">
      <canvas
        ref={canvas}
        width={columns * cellWidth - gap}
        height={rows * cellHeight - gap}
        role="img"
        aria-label={`${count} kernels of ${height} by ${width} weights`}
      />
      <p class="hint">
        Each small square is a kernel, the pattern that one filter looks for: blue weights ask for ink there, orange
        ones for none. At first they are noise; look how edges and strokes appear as it learns.
      </p>
    </figure>
  );
}

/** Blue above 0, orange below, white at 0: people tell them apart however they see colours. */
function colourOf(value: number): string {
  const [red, green, blue] = value >= 0 ? [0, 90, 178] : [200, 95, 0];
  const strength = Math.abs(value);
  const mix = (channel: number) => Math.round(250 + (channel - 250) * strength);
  return `rgb(${mix(red)} ${mix(green)} ${mix(blue)})`;
}
