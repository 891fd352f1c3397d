/** What a training came to: its test accuracy, its fingerprint, and the command that repeats it. */

import { Copyable } from '../shell/copyable.js';
import { enterRoom, isHidden } from '../shell/route.js';
import { SaveNetwork } from './network/save-network.js';
import { commandOf } from './training-config.js';
import { begun, changes, result, trained } from './training-state.js';
import { readWithTrainedModel } from './use-on-pad.js';
import './outcome.css';

export function Outcome() {
  const ended = result.value;
  const config = trained.value;
  if (!ended || !config || !begun.value) return null;
  const { accuracy, accuracyInterval, loss } = ended.test;
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  const isRepeatable = changes.value.length === 0 && ended.outcome === 'finished';
  return (
    <section class="card stack outcome" aria-label="Result">
      <h2>{ended.outcome === 'finished' ? 'It has learned' : 'Stopped'}</h2>
      <p class="big number">{percent(accuracy)}</p>
      <p>
        of the 10,000 test images, which it did not learn from, are read rightly. With other images of the kind it would
        likely lie between {percent(accuracyInterval[0])} and {percent(accuracyInterval[1])} (95 % interval). Test loss{' '}
        {loss.toFixed(4)}, after {ended.seconds.toFixed(1)} s of training.
      </p>
      <div class="row">
        <button
          type="button"
          class="primary"
          onClick={() => {
            readWithTrainedModel(ended, config);
            enterRoom('draw');
          }}
        >
          Draw with this network
        </button>
      </div>
      {isHidden('command') ? null : (
        <div>
          <h3>The same bytes anywhere</h3>
          {isRepeatable ? (
            <>
              <p class="hint">
                This page's address repeats the training, and so does this command; its weightsSha256, the fingerprint
                of all weights, is the same.
              </p>
              <Copyable text={commandOf(config, begun.value.arithmetic)} />
              {config.layers ? (
                <div class="row">
                  <SaveNetwork layers={config.layers} />
                  <span class="hint">The command reads its layers from this file.</span>
                </div>
              ) : null}
            </>
          ) : (
            <p class="hint">
              {ended.outcome === 'stopped'
                ? 'It was stopped before its end: no command repeats it.'
                : `The learning rate was changed by hand ${changes.value.length === 1 ? 'once' : `${changes.value.length} times`}: no command repeats it.`}
            </p>
          )}
          <p class="hash">
            weightsSha256 <code>{ended.weightsSha256}</code>
          </p>
        </div>
      )}
    </section>
  );
}
