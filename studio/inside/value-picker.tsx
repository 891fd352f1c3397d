/**
 * A map, or a vector, of which one value is chosen: the mouse chooses what it is over until a click holds it, a tap
 * chooses and holds, arrow keys move, Page Up and Page Down change the map.
 */

import { useState } from 'preact/hooks';
import { announce } from '../shell/announcer.js';
import { largestOfMap, scaleOf } from './map-scale.js';
import { MapSheet } from './map-sheet.js';
import { markOfPlace } from './marks.js';
import { formatNumber } from './numbers.js';
import { indexOf, nameOfPlace, type Place, placeWithin } from './place.js';
import { placeAt, sheetOf } from './sheet.js';
import { SlideButton } from './slide-button.js';
import { type Stage, valuesOfMap } from './stages.js';
import { useMedia } from './use-media.js';
import './value-picker.css';

interface ValuePickerProps {
  readonly stage: Stage;
  readonly place: Place;
  readonly onChoose: (place: Place) => void;
}

const moves: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function ValuePicker({ stage, place, onChoose }: ValuePickerProps) {
  const { shape, values } = stage;
  const [isHeld, setIsHeld] = useState(false);
  const hasMouse = useMedia('(hover: hover)');
  const isImage = shape.length === 3;
  const hasMaps = isImage && shape[2] > 1;
  // Of an image one map; a vector as it is, in rows.
  const shown = isImage ? valuesOfMap(stage, place.map) : values;
  const shownShape = isImage ? [shape[0], shape[1], 1] : shape;
  const sheet = sheetOf(shownShape, 1.6);
  const scale = scaleOf(shape, values);
  const shownPlace = isImage ? { ...place, map: 0 } : place;

  const choose = (next: Place, isSpoken = false) => {
    const within = placeWithin(shape, next);
    onChoose(within);
    if (isSpoken) announce(`${nameOfPlace(shape, within)}: ${formatNumber(values[indexOf(shape, within)])}`);
  };
  const press = (event: KeyboardEvent) => {
    const move = moves[event.key];
    const map = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
    if (move) {
      const [right, down] = event.shiftKey ? [4 * move[0], 4 * move[1]] : move;
      if (isImage) choose({ ...place, row: place.row + down, column: place.column + right }, true);
      else choose({ ...place, map: place.map + right + down * sheet.columns }, true);
    } else if (map !== 0 && isImage) {
      choose({ ...place, map: place.map + map }, true);
    } else {
      return;
    }
    setIsHeld(true);
    event.preventDefault();
  };
  const pointed = (event: PointerEvent | MouseEvent): Place | undefined => {
    const { left, top, width, height } = (event.currentTarget as Element).getBoundingClientRect();
    const at = placeAt(
      sheet,
      ((event.clientX - left) * sheet.width) / width,
      ((event.clientY - top) * sheet.height) / height,
    );
    return at && isImage ? { ...at, map: place.map } : at;
  };
  const follow = (event: PointerEvent) => {
    const at = event.pointerType === 'mouse' && !isHeld ? pointed(event) : undefined;
    if (at) choose(at);
  };
  const click = (event: MouseEvent) => {
    // Of a key that presses the button there is no place.
    if (event.detail === 0) return setIsHeld(!isHeld);
    const at = pointed(event);
    if (at) choose(at);
    setIsHeld(!isHeld || (event as PointerEvent).pointerType === 'touch');
  };
  return (
    <div class="value-picker">
      <div
        class="field"
        style={{ aspectRatio: `${sheet.width} / ${sheet.height}`, maxWidth: `min(22rem, ${2.6 * sheet.width}rem)` }}
      >
        <MapSheet
          shape={shownShape}
          values={shown}
          sheet={sheet}
          scale={isImage ? largestOfMap(scale, place.map) : scale}
          marks={[markOfPlace(sheet, shownPlace)]}
        />
        <button
          type="button"
          aria-label={`${nameOfPlace(shape, place)} of ${stage.name}. Arrow keys move, with shift farther${hasMaps ? '; page up and page down change the map' : ''}.`}
          data-testid="value-picker"
          onKeyDown={press}
          onPointerMove={follow}
          onClick={click}
        />
      </div>
      {isImage ? <SlideButton shape={shape} place={place} onChoose={choose} /> : null}
      <p class="hint">
        {hasMouse
          ? isHeld
            ? 'Held: click again to let the mouse choose.'
            : 'The mouse chooses, a click holds.'
          : 'Tap to choose.'}{' '}
        Arrow keys move{hasMaps ? '; Page Up and Page Down change the map' : ''}.
      </p>
    </div>
  );
}
