/** The picture with a box around each of its digits, and each answer beside its box. */

import { useEffect, useRef } from 'preact/hooks';
import type { Reading } from '../state/reading.js';
import './digit-boxes.css';

interface DigitBoxesProps {
  readonly reading: Reading;
}

export function DigitBoxes({ reading: { pixels, several } }: DigitBoxesProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = pixels;
  useEffect(() => canvas.current!.getContext('2d')!.putImageData(pixels, 0, 0), [pixels]);
  const digits = several!.digits.flatMap((digit) => (digit.box ? [{ ...digit, box: digit.box }] : []));
  const unit = Math.max(width, height) / 100;
  const text = digits.map(({ answer, state }) => (answer === null ? state : `${answer} (${state})`)).join(', ');
  return (
    <figure class="digit-boxes">
      <div>
        <canvas ref={canvas} width={width} height={height} />
        <svg
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={`Digits from left to right, line by line: ${text}`}
        >
          {digits.map(({ box, answer }, index) => (
            <g key={index}>
              <rect
                x={box.left}
                y={box.top}
                width={box.right - box.left}
                height={box.bottom - box.top}
                stroke-width={unit}
              />
              <text x={box.left} y={box.top - 1.5 * unit} font-size={9 * unit}>
                {answer ?? '?'}
              </text>
            </g>
          ))}
        </svg>
      </div>
      <figcaption class="hint">Each box is read by itself: look whether every box holds one digit.</figcaption>
    </figure>
  );
}
