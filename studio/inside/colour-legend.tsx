/** Which colour stands for which number. */

import { theme } from '../shell/theme.js';
import { formatNumber } from './numbers.js';
import { colourOf, cssOf } from './value-colours.js';
import './colour-legend.css';

interface ColourLegendProps {
  readonly largest: number;
  /** Whether there are values below 0; default true. */
  readonly isSigned?: boolean;
}

export function ColourLegend({ largest, isSigned = true }: ColourLegendProps) {
  const stops = isSigned ? [-1, -0.5, 0, 0.5, 1] : [0, 0.5, 1];
  const colours = stops.map((share) => cssOf(colourOf(share * largest, largest, theme.value)));
  const numbers = isSigned ? [-largest, 0, largest] : [0, largest];
  return (
    <div class="colour-legend">
      <span class="strip" style={{ background: `linear-gradient(to right, ${colours.join(', ')})` }} />
      <span class="numbers number">
        {numbers.map((value) => (
          <span key={value}>{formatNumber(value, 2)}</span>
        ))}
      </span>
    </div>
  );
}
