/** Where the arrow keys lead in a grid that is filled row by row. */

/** @returns undefined for other keys, and where there is nothing in that direction */
export function placeAfterKey(key: string, place: number, columns: number, count: number): number | undefined {
  const column = place % columns;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: column > 0 ? -1 : 0,
    ArrowRight: column < columns - 1 ? 1 : 0,
    ArrowUp: -columns,
    ArrowDown: columns,
    Home: -column,
    End: Math.min(columns - 1, count - 1 - (place - column)) - column,
  };
  const next = place + (steps[key] ?? 0);
  return next !== place && next >= 0 && next < count ? next : undefined;
}
