/** Says what the drawing really is, and keeps it: "That was wrong". */

import { useEffect, useState } from 'preact/hooks';
import { messageOf, notify } from '../shell/notices.js';
import { RoomLink } from '../shell/room-link.js';
import { digitNames } from '../state/digit-names.js';
import { openedPicture, strokes } from '../state/drawing.js';
import type { Reading } from '../state/reading.js';
import './correction.css';

interface CorrectionProps {
  /** undefined while nothing is drawn. */
  readonly reading: Reading | undefined;
}

export function Correction({ reading }: CorrectionProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  const [kept, setKept] = useState<{ readonly id: string; readonly label: number }>();
  const image = reading?.recognition.image;
  // Another drawing is another question.
  useEffect(() => {
    setIsChoosing(false);
    setKept(undefined);
  }, [strokes.value, openedPicture.value]);
  if (!reading || image?.shape.join() !== '28,28,1') return null;
  if (reading.several) {
    return <p class="hint">Was it wrong? Draw its digits one at a time to teach it.</p>;
  }
  const keep = async (label: number) => {
    try {
      // What keeps them is loaded when something is to be kept.
      const { keepDrawing } = await import('../own/keep-drawing.js');
      const { id } = await keepDrawing(reading, label);
      setKept({ id, label });
      setIsChoosing(false);
    } catch (error) {
      notify(`The drawing could not be kept: ${messageOf(error)}`);
    }
  };
  if (kept) {
    return (
      <div class="row correction">
        <p>
          Kept as a {kept.label} in <RoomLink room="own">My digits</RoomLink>, to train on.
        </p>
        <button
          type="button"
          onClick={async () => {
            const { deleteDigits } = await import('../own/own-digits.js');
            await deleteDigits([kept.id]);
            setKept(undefined);
          }}
        >
          Take it back
        </button>
      </div>
    );
  }
  const { answer } = reading.recognition;
  return (
    <div class="correction">
      <div class="row">
        <button type="button" aria-expanded={isChoosing} onClick={() => setIsChoosing(!isChoosing)}>
          {answer === null ? 'It is a digit…' : 'That was wrong…'}
        </button>
        {answer !== null && digitNames.includes(answer) ? (
          <button type="button" onClick={() => void keep(digitNames.indexOf(answer))}>
            Right: keep it as a {answer}
          </button>
        ) : null}
      </div>
      {isChoosing ? (
        <fieldset>
          <legend>Which digit is it?</legend>
          {digitNames.map((name, label) => (
            <button key={name} type="button" onClick={() => void keep(label)}>
              {name}
            </button>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
