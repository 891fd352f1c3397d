/** The wrong answers, the worst first. */

import { useState } from 'preact/hooks';
import { mistakesOf } from './answers.js';
import { DigitSelect } from './digit-select.js';
import { Gallery } from './gallery.js';
import { knownWrongLabels, whatPeopleSay } from './known-wrong-labels.js';
import type { Tested } from './results-state.js';
import { integer } from './words.js';

export function Mistakes({ tested }: { readonly tested: Tested }) {
  const { answers } = tested;
  const [by, setBy] = useState<'probability' | 'loss'>('probability');
  const [label, setLabel] = useState<number>();
  const [answer, setAnswer] = useState<number>();
  const all = mistakesOf(answers, by);
  const shown = all.filter(
    (position) =>
      (label === undefined || answers.labels[position] === label) &&
      (answer === undefined || answers.answers[position] === answer),
  );
  const doubted = all.filter((position) => whatPeopleSay(answers.indices[position]) !== undefined).length;
  return (
    <>
      <h2>Worst mistakes</h2>
      <div class="row">
        <label>
          First
          <select value={by} onInput={({ currentTarget }) => setBy(currentTarget.value as 'probability' | 'loss')}>
            <option value="probability">the surest answers</option>
            <option value="loss">the highest loss</option>
          </select>
        </label>
        <DigitSelect name="Labelled" value={label} onChoose={setLabel} />
        <DigitSelect name="Read as" value={answer} onChoose={setAnswer} />
      </div>
      <Gallery answers={answers} positions={shown} label="Worst mistakes" pageSize={24} />
      <p class="hint">
        {integer(all.length)} answers are not what the label says: "4 → 9" is a 4 that was read as a 9, with the
        probability of that answer. Look whether you would have read it rightly.
        {tested.part === 'test'
          ? ` Some of MNIST's labels are themselves wrong: five people who looked at them did not agree with ${knownWrongLabels} labels of the test images (Northcutt and others, 2021). ${doubted} of these mistakes are among them and marked "label doubted".`
          : ''}
      </p>
    </>
  );
}
