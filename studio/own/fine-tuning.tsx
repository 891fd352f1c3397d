/** One click trains the network that reads the pad on with the own digits; what it was before and is after. */

import { useEffect } from 'preact/hooks';
import { messageOf, notify } from '../shell/notices.js';
import { enterRoom } from '../shell/route.js';
import type { OwnDigit } from '../state/database.js';
import { reader, readWithShippedModel } from '../state/reader.js';
import { discard, drawWithTuned, type FineTuned, fineTune, phase, problem, tuned } from './fine-tuning-state.js';
import './fine-tuning.css';

interface FineTuningProps {
  readonly digits: readonly OwnDigit[];
}

export function FineTuning({ digits }: FineTuningProps) {
  useEffect(() => {
    if (reader.peek()) return;
    readWithShippedModel().catch((error: unknown) => notify(`The model could not be loaded: ${messageOf(error)}`));
  }, []);
  const result = tuned.value;
  return (
    <section class="card stack fine-tuning" aria-label="Train on my digits">
      <h2>Train on my digits</h2>
      <p>
        Trains {reader.value?.name ?? 'the network'} on: a few seconds, in small steps, on your digits among MNIST's, so
        that it does not forget those.
      </p>
      <div class="row">
        <button
          type="button"
          class={result ? undefined : 'primary'}
          disabled={!reader.value || phase.value !== undefined}
          onClick={() => void fineTune(digits)}
        >
          {result ? 'Train again' : 'Train on my digits'}
        </button>
        {phase.value === undefined ? null : <span class="hint">{phase.value}…</span>}
      </div>
      {problem.value ? (
        <p class="problem" role="alert">
          The training did not go through: {problem.value}
        </p>
      ) : null}
      {result ? <Outcome result={result} /> : null}
    </section>
  );
}

function Outcome({ result }: { readonly result: FineTuned }) {
  const { before, after, digits, seconds, weightsSha256 } = result;
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  const own = (right: number) => `${right} of ${digits.length}`;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Before and after">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">read rightly</span>
              </th>
              <th scope="col">before</th>
              <th scope="col">after</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">my digits</th>
              <td>{own(before.ownRight)}</td>
              <td>{own(after.ownRight)}</td>
            </tr>
            <tr>
              <th scope="row">MNIST's 10,000 test images</th>
              <td>{percent(before.mnist)}</td>
              <td>{percent(after.mnist)}</td>
            </tr>
          </tbody>
        </table>
      </section>
      <p class="hint">
        In {seconds.toFixed(1)} s. It has seen your digits in training: draw new ones to see what it has learned. The
        same digits and the same network give the same bytes: weightsSha256 <code>{weightsSha256.slice(0, 12)}…</code>
      </p>
      <div class="row">
        <button
          type="button"
          class="primary"
          onClick={() => {
            drawWithTuned(result);
            enterRoom('draw');
          }}
        >
          Draw with this network
        </button>
        <button type="button" onClick={discard}>
          Discard
        </button>
      </div>
    </>
  );
}
