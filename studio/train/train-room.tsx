/** The room where a network learns: settings, controls, and what can be seen of it meanwhile. */

import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { notify } from '../shell/notices.js';
import { addressParameters, isHidden, replaceParameters } from '../shell/route.js';
import { digitNames } from '../state/digit-names.js';
import { AugmentationPreview } from './augmentation-preview.js';
import { Changes } from './changes.js';
import { ConfusionOverEpochs } from './confusion-over-epochs.js';
import { Controls } from './controls.js';
import { DeadUnits } from './dead-units.js';
import { EpochTable } from './epoch-table.js';
import { Filters } from './filters.js';
import { KeepData } from './keep-data.js';
import { NetworkLayers } from './network/network-layers.js';
import { Outcome } from './outcome.js';
import { PinnedImages } from './pinned-images.js';
import { Settings } from './settings.js';
import { configFromParameters, parametersOf } from './training-config.js';
import { TrainingCurves } from './training-curves.js';
import { begun, config, isActive, snapshot, status } from './training-state.js';
import { Unfinished } from './unfinished.js';
import { View } from './view.js';
import { WeightHistograms } from './weight-histograms.js';
import './train-room.css';

const noFilters = 'Of a network with a convolution its kernels are shown here, once it trains.';

export default function TrainRoom() {
  useEffect(keepAddress, []);
  const shown = snapshot.value;
  return (
    <div class="train-room">
      <section class="card stack" aria-label="Settings">
        <h2>Train a network</h2>
        <Unfinished />
        <Settings />
        {isHidden('model') || isHidden('layers') ? null : <NetworkLayers />}
        {isHidden('augmentation') ? null : <AugmentationPreview />}
        <Controls />
        <KeepData />
      </section>
      <Outcome />
      {status.value === 'idle' && !begun.value ? null : (
        <section class="card stack" aria-label="Progress">
          <TrainingCurves />
          <Changes />
          <EpochTable />
        </section>
      )}
      {begun.value ? (
        <section class="card looks" aria-label="What it has learned so far">
          <View name="pinned" title="What it says of 20 test images">
            <PinnedImages images={begun.value.pinned} probabilities={shown?.pinned} classNames={digitNames} />
          </View>
          <View name="filters" title="Filters of the first layer">
            {shown?.filters ? <Filters filters={shown.filters} /> : <p class="hint">{noFilters}</p>}
          </View>
          <View name="histograms" title="How the weights are spread">
            <WeightHistograms />
          </View>
          <View name="units" title="Units that nothing activates">
            <DeadUnits />
          </View>
          <View name="confusion" title="Which digits it takes for which">
            <ConfusionOverEpochs classNames={digitNames} />
          </View>
        </section>
      ) : null}
    </div>
  );
}

/** The address holds the configuration, so that a link repeats the training, here too. @returns ends it */
function keepAddress(): () => void {
  const ends = [
    effect(() => takeAddress(addressParameters.value)),
    effect(() => replaceParameters(parametersOf(config.value))),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** What runs keeps its configuration. */
function takeAddress(parameters: URLSearchParams): void {
  const own = parametersOf(config.peek());
  if (parameters.size === 0 || parameters.toString() === own.toString()) return;
  if (isActive.peek()) {
    notify(
      'The address asks for other settings while a training runs: stop it, or wait for its end, and open it again.',
    );
    replaceParameters(own);
    return;
  }
  const { config: asked, problems } = configFromParameters(parameters);
  config.value = asked;
  for (const problem of problems) notify(problem);
}
