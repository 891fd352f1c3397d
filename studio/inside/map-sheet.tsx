/** All maps of a stage on one canvas, with rectangles around what is spoken of. */

import type { Shape } from 'inkling';
import { useEffect, useRef } from 'preact/hooks';
import { type Theme, theme } from '../shell/theme.js';
import { largestOfMap, type MapScale } from './map-scale.js';
import { indexOf } from './place.js';
import { type Rectangle, rectangleOf, type Sheet } from './sheet.js';
import { colourOf } from './value-colours.js';
import './map-sheet.css';

interface MapSheetProps {
  readonly shape: Shape;
  readonly values: Float32Array;
  readonly sheet: Sheet;
  /** Where the colours end. */
  readonly scale: MapScale;
  /** What the picture shows; left out where the words beside it say so. */
  readonly label?: string;
  /** In cells. */
  readonly marks?: readonly Rectangle[];
}

export function MapSheet({ shape, values, sheet, scale, label, marks = [] }: MapSheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = sheet;
  const colours = theme.value;
  useEffect(() => paint(canvas.current!, shape, values, sheet, scale, colours), [shape, values, sheet, scale, colours]);
  return (
    <div class="map-sheet" style={{ aspectRatio: `${width} / ${height}` }}>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role={label === undefined ? undefined : 'img'}
        aria-label={label}
        aria-hidden={label === undefined ? 'true' : undefined}
      />
      {marks.length > 0 ? (
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {marks.map((mark, index) => (
            <g key={index}>
              <rect class="under" {...mark} />
              <rect {...mark} />
            </g>
          ))}
        </svg>
      ) : null}
    </div>
  );
}

function paint(
  canvas: HTMLCanvasElement,
  shape: Shape,
  values: Float32Array,
  sheet: Sheet,
  scale: MapScale,
  colours: Theme,
): void {
  const image = new ImageData(sheet.width, sheet.height);
  for (let map = 0; map < sheet.maps; map++) {
    const { x, y, width, height } = rectangleOf(sheet, map);
    const largest = largestOfMap(scale, map);
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const value = values[indexOf(shape, { row, column, map })];
        const [red, green, blue] = colourOf(value, largest, colours);
        const at = 4 * ((y + row) * sheet.width + x + column);
        image.data[at] = red;
        image.data[at + 1] = green;
        image.data[at + 2] = blue;
        image.data[at + 3] = 255;
      }
    }
  }
  canvas.getContext('2d')!.putImageData(image, 0, 0);
}
