/** What is marked on the maps: the value that is looked at, and in the stage before what it was made of. */

import type { Derivation, InputWindow } from './derivations/derivation.js';
import type { Place } from './place.js';
import { type Rectangle, rectangleOf, type Sheet } from './sheet.js';

export function markOfPlace(sheet: Sheet, { row, column, map }: Place): Rectangle {
  return rectangleOf(sheet, map, { x: column, y: row, width: 1, height: 1 });
}

/**
 * @param sheet of the stage before
 * @param place of the value, which a layer that changes each value by itself has in common with its input
 * @param onlyMap the one map of the stage before that is on the sheet, where it is not all of them
 */
export function marksOfSource(
  derivation: Derivation,
  sheet: Sheet,
  place: Place,
  onlyMap?: number,
): readonly Rectangle[] {
  const onSheet = (map: number) => (onlyMap === undefined ? map : 0);
  switch (derivation.kind) {
    case 'convolution':
      return derivation.channels.map(({ channel }) => markOfWindow(sheet, derivation.window, channel));
    case 'pooling':
      return [markOfWindow(sheet, derivation.window, onSheet(derivation.channel))];
    case 'dense':
      // In the vector, or in the image that it was before it was flattened.
      return derivation.largest.map(({ index, place: at }) =>
        sheet.mapWidth * sheet.mapHeight === 1 ? rectangleOf(sheet, index) : markOfPlace(sheet, at),
      );
    case 'softmax':
      return derivation.terms.map(({ index }) => rectangleOf(sheet, index));
    case 'copy':
      return [markOfPlace(sheet, { ...derivation.from, map: onSheet(derivation.from.map) })];
    case 'normalization':
    case 'activation':
      return [markOfPlace(sheet, { ...place, map: onSheet(place.map) })];
    case 'input':
      return [];
  }
}

/** The part of a window that is on the map. */
function markOfWindow(sheet: Sheet, { top, left, height, width }: InputWindow, map: number): Rectangle {
  const [y, x] = [Math.max(0, top), Math.max(0, left)];
  return rectangleOf(sheet, map, {
    x,
    y,
    width: Math.min(sheet.mapWidth, left + width) - x,
    height: Math.min(sheet.mapHeight, top + height) - y,
  });
}
