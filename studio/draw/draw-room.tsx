/** The first room: draw a digit, and see what the network sees and says. */

import { useEffect, useState } from 'preact/hooks';
import { announce } from '../shell/announcer.js';
import { messageOf, notify } from '../shell/notices.js';
import { addressOf, isHidden, shownRooms } from '../shell/route.js';
import { useLoaded } from '../shell/use-loaded.js';
import { digitNames } from '../state/digit-names.js';
import { canUndo, clearDrawing, isEmpty, undo } from '../state/drawing.js';
import { reader, readWithShippedModel } from '../state/reader.js';
import { reading, startReading } from '../state/reading.js';
import { Answer } from './answer.js';
import { Correction } from './correction.js';
import { Pad } from './pad.js';
import { PenChoice } from './pen-choice.js';
import { PictureInput } from './picture-input.js';
import { ProbabilityBars } from './probability-bars.js';
import { Seen } from './seen.js';
import { type PenName, penWidths } from './strokes.js';
import './draw-room.css';

export default function DrawRoom() {
  const [pen, setPen] = useState<PenName>('medium');
  useEffect(() => {
    startReading();
    if (reader.peek() === undefined) {
      readWithShippedModel().catch((error: unknown) => notify(`The model could not be loaded: ${messageOf(error)}`));
    }
  }, []);
  const current = reading.value;
  const recognition = current?.recognition;
  const boxes = useLoaded(current?.several !== undefined, () => import('./digit-boxes.js'));
  const number = current?.several?.number;
  useEffect(() => {
    if (recognition) announce(sentenceOf(number ?? { text: recognition.answer, state: recognition.state }));
  }, [recognition, number]);
  return (
    <div class="draw-room">
      <section class="card stack" aria-label="Pad">
        <PictureInput>
          <Pad penWidth={penWidths[pen]} />
        </PictureInput>
        <div class="row tools">
          {isHidden('pens') ? null : <PenChoice pen={pen} onChoose={setPen} />}
          {isHidden('undo') ? null : (
            <button type="button" disabled={!canUndo.value} onClick={undo}>
              Undo
            </button>
          )}
          {isHidden('clear') ? null : (
            <button type="button" disabled={isEmpty.value} onClick={clearDrawing}>
              Clear
            </button>
          )}
        </div>
      </section>
      <section class="card stack" aria-label="Answer">
        <Answer recognition={recognition} number={number} />
        {current?.several && boxes ? <boxes.DigitBoxes reading={current} /> : null}
        <ProbabilityBars
          classNames={reader.value?.recognizer.classNames ?? digitNames}
          probabilities={recognition?.probabilities ?? null}
        />
        <p class="hint">
          How probable each digit is, together 100 %. Look for a second long bar: that is what it might be instead.
        </p>
        <Seen image={recognition?.image ?? null} />
        {isHidden('correction') ? null : <Correction reading={current} />}
        <p class="hint">
          Read by {reader.value?.name ?? 'a model that is being loaded'}
          {current ? `, in ${current.milliseconds.toFixed(1)} ms` : ''}.{' '}
          {shownRooms.value.some(({ id }) => id === 'inside') ? (
            <a href={addressOf('inside')}>Why it reads so</a>
          ) : null}
        </p>
      </section>
    </div>
  );
}

function sentenceOf({ text, state }: { readonly text: string | null; readonly state: string }): string {
  return text === null ? state : `${text}, ${state}`;
}
