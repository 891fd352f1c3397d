/** Which pixels spoke for the answer, and which against it. */

import { useMemo } from 'preact/hooks';
import { ColourLegend } from './colour-legend.js';
import type { Look } from './look.js';
import { MapSheet } from './map-sheet.js';
import { sheetOf } from './sheet.js';
import { largestOf } from './value-colours.js';

export function Saliency({ look: { explanation, classNames } }: { readonly look: Look }) {
  const { saliency, answer } = explanation;
  const shape = useMemo(() => [...saliency.shape, 1], [...saliency.shape]);
  const sheet = useMemo(() => sheetOf(shape, 1), [shape]);
  const largest = largestOf(saliency.data);
  const name = classNames[answer];
  return (
    <figure class="saliency">
      <figcaption>
        <h3>What spoke for {name}</h3>
      </figcaption>
      <MapSheet
        shape={shape}
        values={saliency.data}
        sheet={sheet}
        scale={largest}
        label={`Each pixel's share in the answer ${name}`}
      />
      <ColourLegend largest={largest} />
      <p class="hint">
        Blue pixels raise the score of {name} before softmax, its logit; orange ones lower it. It is gradient × input:
        how much the score depends on a pixel, times its ink. Look which strokes decide, and which are in the way.
      </p>
    </figure>
  );
}
