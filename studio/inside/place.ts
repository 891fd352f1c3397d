/** A value of a stage by its place: in an image row, column and map; in a vector its number alone. */

import type { Shape } from 'inkling';

export interface Place {
  readonly row: number;
  readonly column: number;
  /** The channel of an image. Of a vector the value's number, in row 0 and column 0. */
  readonly map: number;
}

/** Where in the values of a stage it is, channels fastest. */
export function indexOf(shape: Shape, { row, column, map }: Place): number {
  return shape.length === 3 ? (row * shape[1] + column) * shape[2] + map : map;
}

export function placeOf(shape: Shape, index: number): Place {
  if (shape.length !== 3) return { row: 0, column: 0, map: index };
  const [, width, channels] = shape;
  const pixel = Math.floor(index / channels);
  return { row: Math.floor(pixel / width), column: pixel % width, map: index % channels };
}

/** The nearest place that a shape has. */
export function placeWithin(shape: Shape, { row, column, map }: Place): Place {
  const within = (value: number, size: number) => Math.min(size - 1, Math.max(0, value));
  if (shape.length !== 3) return { row: 0, column: 0, map: within(map, shape[0]) };
  return { row: within(row, shape[0]), column: within(column, shape[1]), map: within(map, shape[2]) };
}

/** In words, counted from 1. */
export function nameOfPlace(shape: Shape, { row, column, map }: Place): string {
  if (shape.length !== 3) return `value ${map + 1}`;
  const at = `row ${row + 1}, column ${column + 1}`;
  return shape[2] === 1 ? at : `map ${map + 1}, ${at}`;
}
