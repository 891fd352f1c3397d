/** Drawing by keyboard: arrow keys move a pen over a grid, space lowers and raises it. */

import { useState } from 'preact/hooks';
import { announce } from '../shell/announcer.js';
import { beginStroke, clearDrawing, endStroke, extendStroke, undo } from '../state/drawing.js';
import { padSide } from './strokes.js';

/** Steps across the pad: as fine as what the network sees. */
const steps = 28;
const step = padSide / steps;

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface KeyboardPenProps {
  readonly penWidth: number;
}

export function KeyboardPen({ penWidth }: KeyboardPenProps) {
  const [place, setPlace] = useState({ x: steps / 2, y: steps / 2 });
  const [isDown, setIsDown] = useState(false);
  const pointAt = ({ x, y }: typeof place) => ({ x: x * step, y: y * step, pressure: 0.5 });
  const raise = () => {
    setIsDown(false);
    endStroke();
  };
  const press = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (move) {
      const far = event.shiftKey ? 4 : 1;
      const within = (value: number) => Math.min(steps, Math.max(0, value));
      const next = { x: within(place.x + far * move[0]), y: within(place.y + far * move[1]) };
      setPlace(next);
      if (isDown) extendStroke([pointAt(next)]);
    } else if (event.key === ' ') {
      setIsDown(!isDown);
      if (isDown) endStroke();
      else beginStroke({ width: penWidth, points: [pointAt(place)] });
      announce(isDown ? 'Pen raised' : 'Pen lowered');
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      raise();
      clearDrawing();
      announce('Cleared');
    } else if (event.key === 'z' && (event.ctrlKey || event.metaKey)) {
      raise();
      undo();
    } else {
      return;
    }
    event.preventDefault();
  };
  const percent = (value: number) => `${(100 * value) / steps}%`;
  const size = `${(100 * penWidth) / padSide}%`;
  return (
    <button
      type="button"
      class="keyboard-pen"
      aria-label="Pad. Arrow keys move the pen, with shift farther; space lowers and raises it; delete clears."
      aria-pressed={isDown}
      onKeyDown={press}
      onBlur={raise}
    >
      <span style={{ left: percent(place.x), top: percent(place.y), width: size, height: size }} />
    </button>
  );
}
