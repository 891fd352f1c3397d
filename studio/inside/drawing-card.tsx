/** The drawing that is looked at: a small pad to draw on, what was read, and which digit and network, where there are several. */

import { useEffect } from 'preact/hooks';
import { Pad } from '../draw/pad.js';
import { percentOf } from '../draw/probability-bars.js';
import { penWidths } from '../draw/strokes.js';
import { announce } from '../shell/announcer.js';
import { beginStroke, canUndo, clearDrawing, isEmpty, undo } from '../state/drawing.js';
import { reader } from '../state/reader.js';
import { exampleStrokes } from './example-drawing.js';
import { chosenDigit, chosenMember, digits, type Look } from './look.js';

export function DrawingCard({ look }: { readonly look: Look | undefined }) {
  const sentence = look && sentenceOf(look);
  useEffect(() => {
    if (sentence) announce(sentence);
  }, [sentence]);
  const members = reader.value?.recognizer.members ?? [];
  return (
    <div class="drawing">
      <div class="small-pad">
        <Pad penWidth={penWidths.medium} />
        {isEmpty.value ? <span aria-hidden="true">Draw here</span> : null}
      </div>
      <div class="stack">
        <h2 class="read" data-testid="inside-answer">
          {sentence ?? 'The network is being loaded.'}
        </h2>
        <div class="row">
          <button type="button" disabled={!canUndo.value} onClick={undo}>
            Undo
          </button>
          <button type="button" disabled={isEmpty.value} onClick={clearDrawing}>
            Clear
          </button>
          {isEmpty.value ? (
            <button
              type="button"
              onClick={() => {
                for (const stroke of exampleStrokes) beginStroke(stroke);
              }}
            >
              Put the example on the pad
            </button>
          ) : null}
        </div>
        {digits.value.length > 1 ? (
          <label>
            Digit
            <select
              value={chosenDigit.value}
              onChange={({ currentTarget }) => {
                chosenDigit.value = Number(currentTarget.value);
              }}
            >
              {digits.value.map(({ answer }, index) => (
                <option key={index} value={index}>
                  {`${index + 1}: ${answer ?? 'no digit'}`}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {members.length > 1 ? (
          <label>
            Network
            <select
              value={chosenMember.value}
              onChange={({ currentTarget }) => {
                chosenMember.value = Number(currentTarget.value);
              }}
            >
              {members.map(({ model }, index) => (
                <option key={index} value={index}>
                  {`${index + 1} of ${members.length}: ${model.config.name}`}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <p class="hint">Read by {reader.value?.name ?? 'a model that is being loaded'}.</p>
      </div>
    </div>
  );
}

function sentenceOf({ explanation: { answer, probabilities }, classNames, state }: Look): string {
  const others = Array.from(probabilities, (probability, index) => ({ probability, index }))
    .filter(({ index }) => index !== answer)
    .sort((a, b) => b.probability - a.probability);
  const [next] = others;
  const shares = `${classNames[answer]}, ${percentOf(probabilities[answer])}; next is ${classNames[next.index]}, ${percentOf(next.probability)}.`;
  switch (state) {
    case undefined:
      return `${isEmpty.value ? 'Nothing is drawn' : 'There is nothing to read'}: this is an example. The network takes it for ${shares}`;
    case 'not a digit':
    case 'no answer':
      return `The network knows nothing like it. Nearest is ${shares}`;
    case 'not sure':
      return `The network is not sure. It takes it for ${shares}`;
    default:
      return `The network takes it for ${shares}`;
  }
}
