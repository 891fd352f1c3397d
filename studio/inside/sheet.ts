/** How the maps of a stage lie on one canvas, side by side, in cells: one cell a value. A vector's maps are of one cell. */

import type { Shape } from 'inkling';
import type { Place } from './place.js';

export interface Sheet {
  readonly maps: number;
  /** Of one map, in cells. */
  readonly mapWidth: number;
  readonly mapHeight: number;
  /** Maps side by side. */
  readonly columns: number;
  /** Cells between maps. */
  readonly gap: number;
  /** Of all. */
  readonly width: number;
  readonly height: number;
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** @param proportion of the sheet, width through height, as near as whole maps come to it */
export function sheetOf(shape: Shape, proportion: number): Sheet {
  const isImage = shape.length === 3;
  const [mapHeight, mapWidth, maps] = isImage ? shape : [1, 1, shape[0]];
  const gap = isImage ? Math.max(1, Math.round(mapWidth / 10)) : 0;
  const widthOf = (columns: number) => columns * (mapWidth + gap) - gap;
  const heightOf = (columns: number) => Math.ceil(maps / columns) * (mapHeight + gap) - gap;
  const distance = (columns: number) => Math.abs(Math.log(widthOf(columns) / heightOf(columns) / proportion));
  let columns = 1;
  for (let tried = 2; tried <= maps; tried++) if (distance(tried) < distance(columns)) columns = tried;
  return { maps, mapWidth, mapHeight, columns, gap, width: widthOf(columns), height: heightOf(columns) };
}

/** The cells of a map, or of a part of it. */
export function rectangleOf(sheet: Sheet, map: number, part?: Rectangle): Rectangle {
  const { mapWidth, mapHeight, columns, gap } = sheet;
  const left = (map % columns) * (mapWidth + gap);
  const top = Math.floor(map / columns) * (mapHeight + gap);
  if (!part) return { x: left, y: top, width: mapWidth, height: mapHeight };
  return { x: left + part.x, y: top + part.y, width: part.width, height: part.height };
}

/** What is at a point of the sheet, in cells; undefined between the maps and behind the last. */
export function placeAt(sheet: Sheet, x: number, y: number): Place | undefined {
  const { mapWidth, mapHeight, columns, gap, maps } = sheet;
  const [mapColumn, mapRow] = [Math.floor(x / (mapWidth + gap)), Math.floor(y / (mapHeight + gap))];
  const column = Math.floor(x - mapColumn * (mapWidth + gap));
  const row = Math.floor(y - mapRow * (mapHeight + gap));
  const map = mapRow * columns + mapColumn;
  const isOnMap = mapColumn >= 0 && mapColumn < columns && map >= 0 && map < maps;
  return isOnMap && column >= 0 && column < mapWidth && row >= 0 && row < mapHeight ? { row, column, map } : undefined;
}
