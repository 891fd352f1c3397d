/** The layers of the network: what the preset comes to, or a list to edit in its place. */

import { signal } from '@preact/signals';
import type { Layer } from 'inkling';
import { config, isActive, problem } from '../training-state.js';
import { LayerList } from './layer-list-view.js';
import { inspectNetwork, modelOf } from './network.js';
import { SaveNetwork } from './save-network.js';
import './network-layers.css';

/** The list as it was edited last, so that a preset does not lose it. */
const lastEdited = signal<readonly Layer[] | undefined>(undefined);

function setLayers(layers: readonly Layer[] | undefined): void {
  // A refusal of the list as it was says nothing of the new one.
  problem.value = undefined;
  if (layers) lastEdited.value = layers;
  config.value = { ...config.peek(), layers };
}

export function NetworkLayers() {
  const { layers, model } = config.value;
  const inspection = inspectNetwork({ layers, model });
  const { parameters, multiplyAdds } = inspection;
  const totals = `${parameters.toLocaleString('en')} parameters, ${multiplyAdds.toLocaleString('en')} multiply-adds an image`;
  return (
    <fieldset class="network-layers" disabled={isActive.value}>
      <legend class="visually-hidden">Layers of the network</legend>
      {layers ? (
        <>
          <div class="row">
            <h3>Its layers</h3>
            <button type="button" onClick={() => setLayers(undefined)}>
              Back to the preset
            </button>
            <SaveNetwork layers={layers} />
          </div>
          <LayerList layers={layers} inspection={inspection} onChange={setLayers} />
          <p class="layer-totals number">
            <strong>Together</strong> {totals}
          </p>
        </>
      ) : (
        <div class="row">
          <button type="button" onClick={() => setLayers(modelOf({ layers, model }).layers)}>
            Edit its layers
          </button>
          {lastEdited.value ? (
            <button type="button" onClick={() => setLayers(lastEdited.value)}>
              Take my layers again
            </button>
          ) : null}
          <span class="hint number">
            {inspection.layers.length} layers, {totals}
          </span>
        </div>
      )}
    </fieldset>
  );
}
