/** All images by label and by answer, those to train on too. */

import { useState } from 'preact/hooks';
import { ask } from '../conductor/client.js';
import { messageOf, notify } from '../shell/notices.js';
import { positionsOf } from './answers.js';
import { DigitSelect } from './digit-select.js';
import { Gallery } from './gallery.js';
import { answerTrainingImages, progress, type Tested, trainingAnswers } from './results-state.js';
import { integer, partNames } from './words.js';

export function DataBrowser({ tested }: { readonly tested: Tested }) {
  const [ofTraining, setOfTraining] = useState(false);
  const [label, setLabel] = useState<number>();
  const [answer, setAnswer] = useState<number>();
  const [rightness, setRightness] = useState('any');
  const answers = ofTraining ? trainingAnswers.value : tested.answers;
  const isRight = rightness === 'any' ? undefined : rightness === 'right';
  const positions = answers ? positionsOf(answers, { label, answer, isRight }) : [];
  return (
    <>
      <h2>All images</h2>
      <div class="row">
        <label>
          From
          <select
            value={ofTraining ? 'training' : 'tested'}
            onInput={({ currentTarget }) => setOfTraining(currentTarget.value === 'training')}
          >
            <option value="tested">{partNames[tested.part]}</option>
            <option value="training">training images</option>
          </select>
        </label>
        <DigitSelect name="Labelled" value={label} onChoose={setLabel} />
        <DigitSelect name="Read as" value={answer} onChoose={setAnswer} />
        <label>
          Answer
          <select value={rightness} onInput={({ currentTarget }) => setRightness(currentTarget.value)}>
            <option value="any">right or wrong</option>
            <option value="right">right</option>
            <option value="wrong">wrong</option>
          </select>
        </label>
      </div>
      {answers ? (
        <>
          <p class="hint" role="status">
            {integer(positions.length)} of {integer(answers.labels.length)} images. Look for how differently people
            write the same digit; open one to see how probable each digit was.
          </p>
          <Gallery
            answers={answers}
            positions={positions}
            label={`${partNames[answers.part]} that were asked for`}
            pageSize={40}
          />
        </>
      ) : (
        <ReadTraining />
      )}
    </>
  );
}

function ReadTraining() {
  const now = progress.value?.what === 'training' ? progress.value : undefined;
  return now ? (
    <div class="row">
      <progress max={now.total} value={now.done} aria-label="Training images read" />
      <span class="hint number">
        {integer(now.done)} of {integer(now.total)} images
      </span>
      <button type="button" onClick={() => void ask('results', 'cancel', undefined)}>
        Cancel
      </button>
    </div>
  ) : (
    <>
      <p class="hint">
        The network has learned from most of them, so its accuracy on them says little; its mistakes on them are often
        images whose label is doubtful.
      </p>
      <div class="row">
        <button
          type="button"
          onClick={() =>
            void answerTrainingImages().catch((error: unknown) =>
              notify(`The training images were not read: ${messageOf(error)}`),
            )
          }
        >
          Read the 60,000 training images
        </button>
      </div>
    </>
  );
}
