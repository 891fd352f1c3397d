/** The weights of a stage as small pictures, with their colours' numbers and a sentence. */

import { ColourLegend } from './colour-legend.js';
import { type KernelPictures, kernelPictures } from './kernels.js';
import { MapSheet } from './map-sheet.js';
import { rectangleOf, sheetOf } from './sheet.js';
import type { Stage } from './stages.js';
import { largestOf } from './value-colours.js';

interface KernelSheetProps {
  readonly stages: readonly Stage[];
  readonly index: number;
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** The filter or unit that is looked at. */
  readonly map: number;
  /** Whether that one is marked. */
  readonly isMarked: boolean;
}

export function KernelSheet({ stages, index, weights, map, isMarked }: KernelSheetProps) {
  const pictures = kernelPictures(stages, index, weights, map);
  if (!pictures) return null;
  const { shape, values, each } = pictures;
  const sheet = sheetOf(shape, 2);
  const largest = largestOf(values);
  const stage = stages[index];
  return (
    <figure class="kernel-sheet">
      <MapSheet
        shape={shape}
        values={values}
        sheet={sheet}
        scale={largest}
        label={`${shape[2]} pictures of ${shape[0]} by ${shape[1]} weights`}
        marks={isMarked && each !== 'channel' ? [rectangleOf(sheet, map)] : []}
      />
      <ColourLegend largest={largest} />
      <figcaption class="hint">
        {sentenceOf(pictures, stage.kind === 'dense' ? `unit ${map + 1}` : `map ${map + 1}`)}
      </figcaption>
    </figure>
  );
}

function sentenceOf({ shape: [height, width, count], each }: KernelPictures, own: string): string {
  const look = 'blue weights ask for ink there, orange ones for none';
  switch (each) {
    case 'filter':
      return `The ${count} kernels, the patterns that its filters look for, of ${height} × ${width} weights: ${look}. Look for edges and strokes of one direction.`;
    case 'unit':
      return `What each of the ${count} units weighs each pixel with: ${look}. Look for the outline of a digit.`;
    case 'channel':
      return `What ${own} weighs each of the ${count} maps before with, ${height} × ${width} weights for each: blue ones speak for it, orange ones against it. Look which maps it listens to.`;
  }
}
