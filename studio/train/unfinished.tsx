/** Offers to go on with a training that was broken off; tells of another tab that trains. */

import { useEffect } from 'preact/hooks';
import type { KeptTraining } from '../state/kept-training.js';
import { claimedElsewhere } from '../state/training-claim.js';
import { stepsPerEpoch } from './training-config.js';
import { brokenOff, discard, resume, trainsElsewhere, watchUnfinished } from './unfinished-training.js';
import './unfinished.css';

export function Unfinished() {
  useEffect(watchUnfinished, []);
  return (
    <div role="status">
      {trainsElsewhere.value ? (
        <div class="unfinished">
          <p>{claimedElsewhere}</p>
        </div>
      ) : brokenOff.value ? (
        <Offer kept={brokenOff.value} />
      ) : null}
    </div>
  );
}

function Offer({ kept }: { readonly kept: KeptTraining }) {
  const { model, images, epochs, seed } = kept.config;
  const done = Math.floor(kept.steps / stepsPerEpoch(kept.config));
  const when = done === 0 ? `in the first epoch of ${epochs}` : `after epoch ${done} of ${epochs}`;
  return (
    <div class="unfinished stack">
      <p>
        <strong>A training was broken off {when}</strong>: {model}, {images.toLocaleString('en')} images, seed {seed}.
        If you go on, it ends with the same network as if it had never stopped. A new training takes its place.
      </p>
      <div class="row">
        <button type="button" class="primary" onClick={() => void resume(kept)}>
          Go on with it
        </button>
        <button type="button" onClick={() => void discard()}>
          Discard it
        </button>
      </div>
    </div>
  );
}
