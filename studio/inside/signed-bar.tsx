/** A number as a bar: to the right of the middle where it is above 0, to the left where it is below. */

import { theme } from '../shell/theme.js';
import { colourOf, cssOf } from './value-colours.js';

interface SignedBarProps {
  readonly value: number;
  /** As long as half the width. */
  readonly largest: number;
}

export function SignedBar({ value, largest }: SignedBarProps) {
  const share = largest > 0 ? Math.min(1, Math.abs(value) / largest) : 0;
  const colour = cssOf(colourOf(Math.sign(value), 1, theme.value));
  const left = value < 0 ? 50 - 50 * share : 50;
  return (
    <td class="bar" aria-hidden="true">
      <div>
        <span style={{ left: `${left}%`, width: `${50 * share}%`, background: colour }} />
      </div>
    </td>
  );
}
