/** What is marked on the maps: the value that is looked at, and in the stage before what it was made of. */

import type { Shape } from 'inkling';
import type { Derivation, InputWindow } from './derivations/derivation.js';
import { type Place, placeOf } from './place.js';
import { type Rectangle, rectangleOf, type Sheet } from './sheet.js';

export function markOfPlace(sheet: Sheet, { row, column, map }: Place): Rectangle {
  return rectangleOf(sheet, map, { x: column, y: row, width: 1, height: 1 });
}

/**
 * @param sheet of the stage before
 * @param shape of the stage before
 * @param place of the value, which a layer that changes each value by itself has in common with its input
 */
export function marksOfSource(derivation: Derivation, sheet: Sheet, shape: Shape, place: Place): readonly Rectangle[] {
  switch (derivation.kind) {
    case 'convolution':
      return derivation.channels.map(({ channel }) => markOfWindow(sheet, derivation.window, channel));
    case 'pooling':
      return [markOfWindow(sheet, derivation.window, derivation.channel)];
    case 'dense':
      // The places are of the image that was flattened: their order is the vector's.
      return derivation.largest.map(({ index }) => markOfPlace(sheet, placeOf(shape, index)));
    case 'copy':
      return [markOfPlace(sheet, derivation.from)];
    case 'softmax':
      return derivation.terms.map(({ index }) => rectangleOf(sheet, index));
    case 'input':
      return [];
    default:
      return [markOfPlace(sheet, place)];
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
