/** The list of layers from the input on, a row each, and a menu that adds one. */

import type { Layer, ModelInspection } from 'inkling';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../shell/announcer.js';
import { AddLayer } from './add-layer.js';
import { keyOf, withLayer, withLayerMoved, withOption, withoutLayer } from './layer-list.js';
import { LayerRow } from './layer-row.js';
import { inputShape } from './network.js';
import { shapeText } from './shape-text.js';

interface LayerListProps {
  readonly layers: readonly Layer[];
  readonly inspection: ModelInspection;
  readonly onChange: (layers: readonly Layer[]) => void;
}

export function LayerList({ layers, inspection, onChange }: LayerListProps) {
  const list = useRef<HTMLOListElement>(null);
  /** What is to have the focus when the list has been drawn: an element that was moved along, or one to be found. */
  const toFocus = useRef<(() => Element | null | undefined) | undefined>(undefined);
  useLayoutEffect(() => {
    const element = toFocus.current?.();
    toFocus.current = undefined;
    if (element instanceof HTMLElement) element.focus();
  });
  const row = (place: number) => list.current?.children[place];

  const misfit = inspection.layers.findIndex(({ problem }) => problem !== undefined);
  // What is wrong with the whole is wrong with its end.
  const atFault = misfit >= 0 ? misfit : inspection.problem === undefined ? -1 : layers.length - 1;
  const problemAt = (place: number) =>
    place === atFault ? (inspection.layers[place].problem ?? inspection.problem) : undefined;

  const move = (place: number, by: -1 | 1) => {
    const moved = withLayerMoved(layers, place, by);
    if (moved === layers) return;
    const focused = document.activeElement;
    toFocus.current = () => focused;
    announce(`${layers[place].type} is layer ${place + by + 1} of ${layers.length} now`);
    onChange(moved);
  };
  const remove = (place: number) => {
    const near = Math.min(place, layers.length - 2);
    toFocus.current = () => row(near)?.querySelector('.remove') ?? list.current?.parentElement?.querySelector('select');
    announce(`Layer ${place + 1}, ${layers[place].type}, is removed`);
    onChange(withoutLayer(layers, place));
  };
  const add = (type: Layer['type'], place: number) => {
    toFocus.current = () => row(place)?.querySelector('input, select') ?? row(place)?.querySelector('.remove');
    announce(`${type} is layer ${place + 1} of ${layers.length + 1}`);
    onChange(withLayer(layers, type, place));
  };

  return (
    <div class="layer-list">
      <p class="layer-input number">
        Input <strong>{shapeText(inputShape)}</strong>
      </p>
      <ol ref={list}>
        {layers.map((layer, place) => (
          <LayerRow
            key={keyOf(layer)}
            layer={layer}
            number={place + 1}
            isLast={place === layers.length - 1}
            inspected={inspection.layers[place]}
            problem={problemAt(place)}
            onOption={(option, value) => onChange(withOption(layers, place, option, value))}
            onMove={(by) => move(place, by)}
            onRemove={() => remove(place)}
          />
        ))}
      </ol>
      <AddLayer layers={layers} onAdd={add} />
      <p class="hint">
        By keyboard, in a layer: Alt with the arrow up or down moves it. The last layer has one output a digit: dense
        with 10 units and softmax.
      </p>
      <Misfit text={inspection.problem} place={atFault} />
    </div>
  );
}

/** Says that it cannot be trained as it stands; a screen reader hears it when typing has come to rest. */
function Misfit({ text, place }: { readonly text: string | undefined; readonly place: number }) {
  const [spoken, setSpoken] = useState(text);
  useEffect(() => {
    if (text === spoken) return;
    const timer = setTimeout(() => {
      setSpoken(text);
      announce(text ?? 'The network fits');
    }, 800);
    return () => clearTimeout(timer);
  }, [text, spoken]);
  if (text === undefined) return null;
  return (
    <p class="problem">
      {place < 0 ? text : `It cannot be trained yet: layer ${place + 1} does not fit, and says why.`}
    </p>
  );
}
