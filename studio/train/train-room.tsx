/** The room where a network learns: settings, controls, and what can be seen of it meanwhile. */

import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { notify } from '../shell/notices.js';
import { addressParameters, replaceParameters } from '../shell/route.js';
import { digitNames } from '../state/digit-names.js';
import { ConfusionOverEpochs } from './confusion-over-epochs.js';
import { Controls } from './controls.js';
import { EpochTable } from './epoch-table.js';
import { Filters } from './filters.js';
import { KeepData } from './keep-data.js';
import { NetworkLayers } from './network/network-layers.js';
import { Outcome } from './outcome.js';
import { PinnedImages } from './pinned-images.js';
import { Settings } from './settings.js';
import { configFromParameters, parametersOf } from './training-config.js';
import { TrainingCurves } from './training-curves.js';
import { begun, config, snapshot, status } from './training-state.js';
import './train-room.css';

export default function TrainRoom() {
  useEffect(keepAddress, []);
  const shown = snapshot.value;
  return (
    <div class="train-room">
      <section class="card stack" aria-label="Settings">
        <h2>Train a network</h2>
        <Settings />
        <NetworkLayers />
        <Controls />
        <KeepData />
      </section>
      <Outcome />
      {status.value === 'idle' && !begun.value ? null : (
        <section class="card stack" aria-label="Progress">
          <TrainingCurves />
          <EpochTable />
        </section>
      )}
      {begun.value ? (
        <section class="card looks" aria-label="What it has learned so far">
          <PinnedImages images={begun.value.pinned} probabilities={shown?.pinned} classNames={digitNames} />
          {shown?.filters ? <Filters filters={shown.filters} /> : null}
          <ConfusionOverEpochs classNames={digitNames} />
        </section>
      ) : null}
    </div>
  );
}

/** The address holds the configuration, so that a link repeats the training. @returns ends it */
function keepAddress(): () => void {
  if (status.peek() === 'idle' && addressParameters.peek().size > 0) {
    const { config: asked, problems } = configFromParameters(addressParameters.peek());
    config.value = asked;
    for (const problem of problems) notify(problem);
  }
  return effect(() => replaceParameters(parametersOf(config.value)));
}
