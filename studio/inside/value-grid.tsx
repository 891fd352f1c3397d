/** A few numbers in rows and columns, each on its colour: a window of the input, a kernel, their products. */

import { theme } from '../shell/theme.js';
import { formatNumber } from './numbers.js';
import { colourOf, cssOf, textColourOn } from './value-colours.js';
import './value-grid.css';

interface ValueGridProps {
  /** Row by row; undefined for what is outside of the image. */
  readonly values: readonly (number | undefined)[];
  readonly columns: number;
  /** Where the colours end. */
  readonly largest: number;
  readonly title: string;
  /** Which of them stands out. */
  readonly winner?: number | undefined;
}

export function ValueGrid({ values, columns, largest, title, winner }: ValueGridProps) {
  const rows = Array.from({ length: values.length / columns }, (_, row) =>
    values.slice(row * columns, (row + 1) * columns),
  );
  return (
    <table class="value-grid number">
      <caption>{title}</caption>
      <tbody>
        {rows.map((row, rowIndex) => (
          <tr key={rowIndex}>
            {row.map((value, column) => {
              const colour = colourOf(value ?? 0, largest, theme.value);
              const isWinner = winner === rowIndex * columns + column;
              return (
                <td
                  key={column}
                  class={value === undefined ? 'padding' : isWinner ? 'winner' : undefined}
                  style={value === undefined ? undefined : { background: cssOf(colour), color: textColourOn(colour) }}
                >
                  {value === undefined ? '0' : formatNumber(value, 2)}
                  {isWinner ? <span class="visually-hidden"> wins</span> : null}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
