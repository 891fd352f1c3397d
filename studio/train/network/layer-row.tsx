/** A layer in the list: its kind, its options, what becomes of the image in it, and buttons to move and remove it. */

import type { InspectedLayer, Layer } from 'inkling';
import { LayerField } from './layer-field.js';
import { aboutLayer, type Field, fieldsOf } from './layer-kinds.js';
import { shapeText } from './shape-text.js';

interface LayerRowProps {
  readonly layer: Layer;
  /** Counted from 1. */
  readonly number: number;
  readonly isLast: boolean;
  readonly inspected: InspectedLayer;
  readonly problem: string | undefined;
  readonly onOption: (option: string, value: unknown) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

export function LayerRow({ layer, number, isLast, inspected, problem, onOption, onMove, onRemove }: LayerRowProps) {
  const { outputShape, parameters, multiplyAdds } = inspected;
  const moveByKey = (event: KeyboardEvent) => {
    // A select opens by these keys.
    if (!event.altKey || !(event.key === 'ArrowUp' || event.key === 'ArrowDown')) return;
    if (event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  const fields = fieldsOf(layer);
  const rare = fields.filter(({ isRare }) => isRare);
  const usual = fields.filter(({ isRare }) => !isRare);
  const fieldView = (field: Field) => (
    <LayerField key={field.option} field={field} layer={layer} onChange={(value) => onOption(field.option, value)} />
  );
  const label = `Layer ${number}, ${layer.type}`;
  return (
    <li class={problem ? 'layer-row misfit' : 'layer-row'} aria-label={label} onKeyDown={moveByKey}>
      <div class="layer-head">
        <h4>
          <span class="layer-number number">{number}</span> {layer.type}
        </h4>
        <span class="hint layer-about">{aboutLayer(layer.type)}</span>
        {outputShape ? (
          <p class="layer-figures number">
            <span>
              → <strong>{shapeText(outputShape)}</strong>
            </span>
            <span>{parameters.toLocaleString('en')} parameters</span>
            <span>{multiplyAdds.toLocaleString('en')} multiply-adds</span>
          </p>
        ) : null}
        <div class="layer-buttons">
          <button
            type="button"
            aria-label={`Move layer ${number} up`}
            aria-disabled={number === 1}
            onClick={() => onMove(-1)}
          >
            ↑
          </button>
          <button
            type="button"
            aria-label={`Move layer ${number} down`}
            aria-disabled={isLast}
            onClick={() => onMove(1)}
          >
            ↓
          </button>
          <button type="button" class="remove" aria-label={`Remove layer ${number}`} onClick={onRemove}>
            ✕
          </button>
        </div>
      </div>
      {usual.length > 0 ? <div class="layer-fields">{usual.map(fieldView)}</div> : null}
      {rare.length > 0 ? (
        <details>
          <summary class="hint">More options</summary>
          <div class="layer-fields">{rare.map(fieldView)}</div>
        </details>
      ) : null}
      {problem ? <p class="problem">{problem}</p> : null}
    </li>
  );
}
