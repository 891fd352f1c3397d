/** How wide the pen is. */

import { type PenName, padSide, penWidths } from './strokes.js';
import './pen-choice.css';

const sentences: Readonly<Record<PenName, string>> = {
  thin: 'look whether it still reads faint strokes',
  medium: 'about as wide as the strokes it learned from',
  thick: 'look whether holes, as in an 8, stay open',
};

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
            title={`${name} pen: ${sentences[name]}`}
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
