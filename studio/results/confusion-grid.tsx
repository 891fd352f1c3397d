/** The confusion matrix, a button a cell that opens its images; arrow keys go from cell to cell. */

import { useRef, useState } from 'preact/hooks';
import { digitNames } from '../state/digit-names.js';
import { positionsOf } from './answers.js';
import { Gallery } from './gallery.js';
import { placeAfterKey } from './grid-keys.js';
import type { Tested } from './results-state.js';
import { integer, percent } from './words.js';
import './confusion-grid.css';

export function ConfusionGrid({ tested }: { readonly tested: Tested }) {
  const { confusionMatrix } = tested.evaluation;
  const classes = confusionMatrix.length;
  const [asShares, setAsShares] = useState(false);
  const [focused, setFocused] = useState(0);
  const [opened, setOpened] = useState<number>();
  const grid = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = placeAfterKey(event.key, focused, classes, classes * classes);
    if (next === undefined) return;
    event.preventDefault();
    setFocused(next);
    grid.current!.querySelectorAll('button')[next].focus();
  };
  return (
    <>
      <h2>Which digits it takes for which</h2>
      <fieldset class="row plain">
        <legend class="visually-hidden">What the cells show</legend>
        <button type="button" aria-pressed={!asShares} onClick={() => setAsShares(false)}>
          Images
        </button>
        <button type="button" aria-pressed={asShares} onClick={() => setAsShares(true)}>
          Per cent of the row
        </button>
      </fieldset>
      <table ref={grid} class="confusion-grid" aria-label="Confusion matrix" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">written, then read as</span>
            </th>
            {digitNames.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusionMatrix.map((row, label) => {
            const sum = row.reduce((total, count) => total + count, 0);
            return (
              <tr key={digitNames[label]}>
                <th scope="row">{digitNames[label]}</th>
                {row.map((count, answer) => {
                  const place = label * classes + answer;
                  const share = count / Math.max(1, sum);
                  const text = asShares ? (100 * share).toFixed(share > 0.0995 ? 0 : 1) : String(count);
                  return (
                    <td key={digitNames[answer]}>
                      <button
                        type="button"
                        class={label === answer ? 'right' : count > 0 ? 'wrong' : undefined}
                        style={{ '--share': label === answer ? share : Math.min(1, 30 * share) }}
                        tabIndex={place === focused ? 0 : -1}
                        aria-pressed={place === opened}
                        aria-label={`${digitNames[label]} read as ${digitNames[answer]}: ${text} ${asShares ? 'per cent' : `of ${sum} images`}`}
                        onFocus={() => setFocused(place)}
                        onClick={() => setOpened(place === opened ? undefined : place)}
                      >
                        {count === 0 ? '·' : text}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="hint">
        A row for each digit that was written, a column for each answer: off the diagonal are the mistakes. Open a cell
        to see its images; arrow keys move from cell to cell.
      </p>
      {opened === undefined ? null : (
        <OpenedCell tested={tested} label={Math.floor(opened / classes)} answer={opened % classes} />
      )}
    </>
  );
}

interface OpenedCellProps {
  readonly tested: Tested;
  readonly label: number;
  readonly answer: number;
}

function OpenedCell({ tested, label, answer }: OpenedCellProps) {
  const positions = positionsOf(tested.answers, { label, answer });
  const ofRow = positionsOf(tested.answers, { label }).length;
  const title =
    label === answer ? `${digitNames[label]}, read rightly` : `${digitNames[label]}, read as ${digitNames[answer]}`;
  return (
    <section class="stack" aria-label={title} data-testid="opened-cell">
      <h3>
        {title}: {integer(positions.length)} of {integer(ofRow)} ({percent(positions.length / Math.max(1, ofRow))})
      </h3>
      <Gallery answers={tested.answers} positions={positions} label={title} pageSize={24} />
    </section>
  );
}
