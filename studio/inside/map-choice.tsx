/** All maps of a stage, of which a click chooses one to be looked at. */

import { useMemo } from 'preact/hooks';
import { scaleOf } from './map-scale.js';
import { MapSheet } from './map-sheet.js';
import { placeAt, rectangleOf, sheetOf } from './sheet.js';
import type { Stage } from './stages.js';

interface MapChoiceProps {
  readonly stage: Stage;
  readonly map: number;
  readonly onChoose: (map: number) => void;
}

const keys: Readonly<Record<string, 'left' | 'right' | 'up' | 'down'>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export function MapChoice({ stage: { shape, values, name }, map, onChoose }: MapChoiceProps) {
  const sheet = useMemo(() => sheetOf(shape, 1.6), [...shape]);
  const steps = { left: -1, right: 1, up: -sheet.columns, down: sheet.columns };
  const press = (event: KeyboardEvent) => {
    const key = keys[event.key];
    if (!key) return;
    const next = map + steps[key];
    if (next >= 0 && next < sheet.maps) onChoose(next);
    event.preventDefault();
  };
  const click = ({ clientX, clientY, currentTarget }: MouseEvent) => {
    const { left, top, width, height } = (currentTarget as Element).getBoundingClientRect();
    const at = placeAt(sheet, ((clientX - left) * sheet.width) / width, ((clientY - top) * sheet.height) / height);
    if (at) onChoose(at.map);
  };
  return (
    <div class="value-picker">
      <div class="field" style={{ aspectRatio: `${sheet.width} / ${sheet.height}` }}>
        <MapSheet
          shape={shape}
          values={values}
          sheet={sheet}
          scale={scaleOf(shape, values)}
          marks={[rectangleOf(sheet, map)]}
        />
        <button
          type="button"
          aria-label={`Map ${map + 1} of ${sheet.maps} of ${name}. Arrow keys choose another.`}
          onKeyDown={press}
          onClick={click}
        />
      </div>
    </div>
  );
}
