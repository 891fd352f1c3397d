/** A digit to look at where nothing is drawn: a 3 of one stroke. */

import { type Point, penWidths, type Stroke } from '../draw/strokes.js';

/** Points of an arc, angles in degrees clockwise from the right. */
function arc(centreX: number, centreY: number, radius: number, from: number, to: number): Point[] {
  const steps = 16;
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return { x: centreX + radius * Math.cos(angle), y: centreY + radius * Math.sin(angle), pressure: 0.5 };
  });
}

export const exampleStrokes: readonly Stroke[] = [
  { width: penWidths.medium, points: [...arc(134, 92, 44, -155, 85), ...arc(134, 184, 50, -85, 150)] },
];
