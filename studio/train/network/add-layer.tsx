/** Adds a layer: which kind, and behind which other. */

import type { Layer } from 'inkling';
import { useId, useState } from 'preact/hooks';
import { aboutLayer, layerTypes } from './layer-kinds.js';

interface AddLayerProps {
  readonly layers: readonly Layer[];
  readonly onAdd: (type: Layer['type'], place: number) => void;
}

export function AddLayer({ layers, onAdd }: AddLayerProps) {
  const id = useId();
  const [type, setType] = useState<Layer['type']>('conv2d');
  const [chosen, choose] = useState<number>();
  // Before the last layer, which gives the answer, unless somewhere else was asked for.
  const place = Math.min(chosen ?? layers.length - 1, layers.length);
  const behind = Math.max(place, 0);
  return (
    <div class="row add-layer">
      <label for={`${id}-type`}>Add</label>
      <select id={`${id}-type`} value={type} onChange={(event) => setType(event.currentTarget.value as Layer['type'])}>
        {layerTypes.map((name) => (
          <option key={name} value={name}>
            {name}: {aboutLayer(name)}
          </option>
        ))}
      </select>
      <label for={`${id}-place`}>behind</label>
      <select id={`${id}-place`} value={behind} onChange={(event) => choose(Number(event.currentTarget.value))}>
        <option value={0}>the input</option>
        {layers.map((layer, index) => (
          <option key={`${index}`} value={index + 1}>
            {index + 1} {layer.type}
          </option>
        ))}
      </select>
      <button
        type="button"
        onClick={() => {
          onAdd(type, behind);
          if (chosen !== undefined) choose(behind + 1);
        }}
      >
        Add layer
      </button>
    </div>
  );
}
