/** The stage before the one that is open, with what the value was made of. */

import { useMemo } from 'preact/hooks';
import type { Derivation } from './derivations/derivation.js';
import { largestOfMap, scaleOf } from './map-scale.js';
import { MapSheet } from './map-sheet.js';
import { marksOfSource } from './marks.js';
import type { Place } from './place.js';
import { sheetOf } from './sheet.js';
import { type Stage, stageBeforeFlatten, valuesOfMap } from './stages.js';

interface SourceProps {
  readonly stages: readonly Stage[];
  /** Of the stage that is open. */
  readonly index: number;
  readonly derivation: Derivation;
  readonly place: Place;
}

/** The widest that a cell is shown. */
const cellRem = 2.2;

export function Source({ stages, index, derivation, place }: SourceProps) {
  // What a dense layer weighs is shown as the image that it was before it was flattened: the values are the same.
  const isDense = derivation.kind === 'dense';
  const before = isDense ? stageBeforeFlatten(stages, index - 1) : stages[index - 1];
  const isImage = before.shape.length === 3;
  const map = isImage ? onlyMapOf(derivation, place) : undefined;
  const shape = useMemo(
    () => (map === undefined ? before.shape : [before.shape[0], before.shape[1], 1]),
    [...before.shape, map === undefined],
  );
  const values = useMemo(() => (map === undefined ? before.values : valuesOfMap(before, map)), [before, map]);
  const sheet = useMemo(() => sheetOf(shape, 1.5), [shape]);
  const scale = scaleOf(before.shape, before.values);
  const marks = marksOfSource(derivation, sheet, place, map);
  const name = map === undefined || before.shape[2] === 1 ? before.name : `map ${map + 1} of ${before.name}`;
  return (
    <>
      <h3>Where it comes from</h3>
      <div class="source" style={{ maxWidth: `min(22rem, ${cellRem * sheet.width}rem)` }}>
        <MapSheet
          shape={shape}
          values={values}
          sheet={sheet}
          scale={map === undefined ? scale : largestOfMap(scale, map)}
          label={`${name}, with what the value was made of marked`}
          marks={marks}
        />
      </div>
      <p class="hint">
        The stage before: {name}. Marked is what the value was made of; look what the drawing has there.
      </p>
    </>
  );
}

/** The map before that a value is made of, where it is one alone. */
function onlyMapOf(derivation: Derivation, place: Place): number | undefined {
  switch (derivation.kind) {
    case 'pooling':
      return derivation.channel;
    case 'copy':
      return derivation.from.map;
    case 'normalization':
    case 'activation':
      return place.map;
    default:
      return undefined;
  }
}
