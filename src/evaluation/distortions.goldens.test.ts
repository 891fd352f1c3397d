import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { blur, drawInCorner, rotate, scaleAboutCentre } from './distortions/geometry.js';
import { changeStrokeWidth } from './distortions/stroke-width.js';

interface Case {
  readonly distortion: 'rotation' | 'scale' | 'blur' | 'strokeWidth' | 'canvas';
  readonly image: 'noisy' | 'drawn';
  readonly severity: number;
  readonly shape: readonly [number, number];
  readonly values: readonly number[];
}

/** Made by SciPy and Pillow: see make-distortions.py. */
const goldens = JSON.parse(readFileSync(new URL('../../test/goldens/distortions.json', import.meta.url), 'utf8'));

function distorted({ distortion, image, severity, shape: [rows, columns] }: Case): Uint8Array {
  const input = { data: Uint8Array.from(goldens.images[image]), shape: [1, ...goldens.shape, 1] };
  switch (distortion) {
    case 'rotation':
      return rotate(input, Math.abs(severity), [severity > 0 ? 0 : 1]).data;
    case 'scale':
      return scaleAboutCentre(input, severity).data;
    case 'blur':
      return blur(input, severity).data;
    case 'strokeWidth':
      return changeStrokeWidth(input, severity).data;
    case 'canvas': {
      const { data, shape } = drawInCorner(input, severity, [0]);
      return Uint8Array.from({ length: rows * columns }, (_, index) => {
        return data[Math.floor(index / columns) * shape[2] + (index % columns)];
      });
    }
  }
}

// Ours are rounded to bytes; strokes are computed with 128 levels.
const tolerances = { rotation: 0.501, scale: 0.501, blur: 0.501, canvas: 0.51, strokeWidth: 2 };

test.each<Case>(goldens.cases)('$distortion by $severity as SciPy and Pillow have it', (golden) => {
  const actual = distorted(golden);
  expect(actual).toHaveLength(golden.values.length);
  const tolerance = tolerances[golden.distortion];
  const far = golden.values.flatMap((value, index) =>
    Math.abs(actual[index] - value) <= tolerance ? [] : [`${index}: ${actual[index]}, not ${value}`],
  );
  expect(far).toStrictEqual([]);
});
