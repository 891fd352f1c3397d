/** One step: what to do, what to look for, why; a button that sets the page up; the ways on. */

import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import type { Step } from './lessons.js';
import { setUpPage } from './set-up.js';

interface StepCardProps {
  readonly step: Step;
  readonly heading: Ref<HTMLHeadingElement>;
  /** Such as "3 of 8". */
  readonly progress: string;
  /** Whether it is but a line, so that a phone shows the room. */
  readonly isFolded: boolean;
  readonly onFold: (isFolded: boolean) => void;
  /** undefined at the first step. */
  readonly onBack: (() => void) | undefined;
  /** undefined at the last step. */
  readonly onNext: (() => void) | undefined;
  readonly onClose: () => void;
  readonly onFinish: () => void;
}

export function StepCard(props: StepCardProps) {
  const { step, heading, progress, isFolded, onFold, onBack, onNext, onClose, onFinish } = props;
  const [done, setDone] = useState('');
  return (
    <div class="card step">
      <div class="top">
        <p class="hint number">{progress}</p>
        <button
          type="button"
          class="fold"
          aria-label="Text of the step"
          aria-expanded={!isFolded}
          title={isFolded ? 'Show the text' : 'Fold the text away'}
          onClick={() => onFold(!isFolded)}
        >
          {isFolded ? '▴' : '▾'}
        </button>
        <button type="button" aria-label="Close the lesson" title="Close the lesson" onClick={onClose}>
          ×
        </button>
      </div>
      <h2 ref={heading} tabIndex={-1}>
        {step.title}
      </h2>
      {isFolded ? null : (
        <>
          <div class="text">
            {step.text.map((part) => (
              <p key={part}>{part}</p>
            ))}
          </div>
          <div class="row">
            {step.setUps.map((setUp) => (
              <button key={setUp.label} type="button" onClick={() => setDone(setUpPage(setUp))}>
                {setUp.label}
              </button>
            ))}
          </div>
        </>
      )}
      <p class="hint" role="status">
        {done}
      </p>
      <div class="row ways">
        <button type="button" disabled={!onBack} onClick={onBack}>
          Back
        </button>
        <button type="button" class="primary" onClick={onNext ?? onFinish}>
          {onNext ? 'Next' : 'Finish'}
        </button>
      </div>
    </div>
  );
}
