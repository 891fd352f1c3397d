/** The answer in large type, with its state in words. */

import type { Recognition, RecognitionState } from 'inkling';
import './answer.css';

/** What each state means for who reads it. */
const explanations: Record<RecognitionState, string> = {
  digit: 'It is sure of this.',
  sure: 'It is sure of this.',
  'not sure': 'It may be wrong: do not rely on it.',
  'not a digit': 'Something is drawn, but nothing like a digit.',
  'no answer': 'Nothing that this model knows is probable enough.',
  blank: 'Nothing is drawn.',
};

interface AnswerProps {
  readonly recognition: Recognition | undefined;
  /** All digits as one number, where there are several. */
  readonly number: { readonly text: string | null; readonly state: RecognitionState } | undefined;
}

export function Answer({ recognition, number }: AnswerProps) {
  const state = number?.state ?? recognition?.state;
  const text = number ? number.text : recognition?.answer;
  return (
    <div class="answer" data-testid="answer">
      <strong class={text && text.length > 1 ? 'long' : undefined} data-testid="answer-text">
        {text ?? (state === undefined || state === 'blank' ? '·' : '–')}
      </strong>
      <div>
        <span class={`state ${state?.replaceAll(' ', '-') ?? 'none'}`} data-testid="answer-state">
          {state ?? 'draw a digit'}
        </span>
        <p class="hint">
          {state ? explanations[state] : 'With the mouse, a finger, a pen, or the keyboard.'}
          {recognition && number ? ` ${recognition.sideBySide} digits stand side by side.` : ''}
        </p>
      </div>
    </div>
  );
}
