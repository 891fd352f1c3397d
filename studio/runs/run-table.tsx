/** All runs, a line each; those that are ticked are looked at below. */

import { dateOf, percent } from './numbers.js';
import { numberOf, type Run, shortConfiguration, textOf } from './run.js';
import { selectedIds } from './runs-state.js';
import './run-table.css';

interface RunTableProps {
  readonly runs: readonly Run[];
}

export function RunTable({ runs }: RunTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll run-table" tabIndex={0} aria-label="Runs as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">name</th>
            <th scope="col">validation</th>
            <th scope="col">test</th>
            <th scope="col">epochs</th>
            <th scope="col">date</th>
            <th scope="col">weightsSha256</th>
            <th scope="col">configuration</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Line key={run.id} run={run} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Line({ run }: { readonly run: Run }) {
  const { id, name, place, time } = run;
  const isSelected = selectedIds.value.includes(id);
  const [epochs, asked] = [numberOf(run, 'epochs'), numberOf(run, 'requestedEpochs')];
  return (
    <tr class={isSelected ? 'selected' : undefined}>
      <th scope="row">
        <label>
          <input
            type="checkbox"
            checked={isSelected}
            onChange={({ currentTarget }) => {
              const others = selectedIds.peek().filter((other) => other !== id);
              selectedIds.value = currentTarget.checked ? [...others, id] : others;
            }}
          />
          <span>
            {name}
            {place === 'folder' ? <span class="hint"> · folder</span> : null}
          </span>
        </label>
      </th>
      <td>{percent(numberOf(run, 'valAccuracy'))}</td>
      <td>{percent(numberOf(run, 'testAccuracy'))}</td>
      <td>{asked !== null && asked !== epochs ? `${epochs} of ${asked}` : epochs}</td>
      <td>{dateOf(time)}</td>
      <td>
        <code>{textOf(run, 'weightsSha256')?.slice(0, 8)}</code>
      </td>
      <td>{shortConfiguration(run)}</td>
    </tr>
  );
}
