/** Placing against Pillow's means over blocks and SciPy's centre of mass; ours are rounded to bytes. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { placeDigit } from './place-digit.js';
import { preprocessingLikeMnist } from './settings.js';

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly image: readonly number[];
}

/** Made by SciPy and Pillow: see make-placing.py. */
const goldens: { side: number; cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('../../test/goldens/placing.json', import.meta.url), 'utf8'),
);
// Strokes stay as they are, whatever their width.
const preprocessing = { ...preprocessingLikeMnist([28, 28], 'light on dark'), strokeWidths: [0.01, 19] as const };

it.each(goldens.cases)('the $name is where SciPy and Pillow put it', ({ shape, image }) => {
  const { side } = goldens;
  const placed = placeDigit({ width: side, height: side, data: Float32Array.from(shape) }, preprocessing);
  const differences = image.map((value, i) => Math.abs(placed[i] - value));
  const largest = Math.max(...differences);
  const off = (moved: number) =>
    image.reduce((sum, value, i) => sum + Math.abs((placed[i + moved] ?? 0) - value), 0) / 784;
  expect(largest).toBeLessThan(0.51);
  // A pixel aside would be far off.
  for (const moved of [-1, 1, -28, 28]) expect(off(moved)).toBeGreaterThan(5);
});
