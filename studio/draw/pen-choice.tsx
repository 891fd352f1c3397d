/** How wide the pen is. */

import { type PenName, padSide, penWidths } from './strokes.js';
import './pen-choice.css';

interface PenChoiceProps {
  readonly pen: PenName;
  readonly onChoose: (pen: PenName) => void;
}

export function PenChoice({ pen, onChoose }: PenChoiceProps) {
  return (
    <fieldset class="pens">
      <legend class="visually-hidden">Pen</legend>
      {(Object.keys(penWidths) as PenName[]).map((name) => {
        const size = `${(18 * penWidths[name] * 4) / padSide}px`;
        return (
          <button
            key={name}
            type="button"
            aria-label={`${name} pen`}
            title={`${name} pen`}
            aria-pressed={pen === name}
            onClick={() => onChoose(name)}
          >
            <span style={{ width: size, height: size }} />
          </button>
        );
      })}
    </fieldset>
  );
}
