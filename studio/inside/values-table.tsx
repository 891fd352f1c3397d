/** The values of a map, or of a vector, as a table; made when it is opened. */

import { useState } from 'preact/hooks';
import { formatNumber } from './numbers.js';
import { indexOf } from './place.js';
import type { Stage } from './stages.js';
import './values-table.css';

interface ValuesTableProps {
  readonly stage: Stage;
  readonly map: number;
}

export function ValuesTable({ stage, map }: ValuesTableProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isImage = stage.shape.length === 3;
  const title = isImage && stage.shape[2] > 1 ? `The values of map ${map + 1} as a table` : 'The values as a table';
  return (
    <details class="values-table" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section class="scroll" tabIndex={0} aria-label={title}>
          {isImage ? <MapTable stage={stage} map={map} /> : <VectorTable stage={stage} />}
        </section>
      ) : null}
    </details>
  );
}

function MapTable({ stage: { shape, values }, map }: ValuesTableProps) {
  const [height, width] = shape;
  const columns = Array.from({ length: width }, (_, column) => column);
  return (
    <table class="number">
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">row, then column</span>
          </th>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column + 1}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: height }, (_, row) => (
          <tr key={row}>
            <th scope="row">{row + 1}</th>
            {columns.map((column) => (
              <td key={column}>{formatNumber(values[indexOf(shape, { row, column, map })], 2)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function VectorTable({ stage: { values } }: { readonly stage: Stage }) {
  return (
    <table class="number">
      <thead>
        <tr>
          <th scope="col">value</th>
          <th scope="col">is</th>
        </tr>
      </thead>
      <tbody>
        {Array.from(values, (value, index) => (
          <tr key={index}>
            <th scope="row">{index + 1}</th>
            <td>{formatNumber(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
