/** The confusion matrix of the validation images, with a slider over the epochs. */

import { useState } from 'preact/hooks';
import { epochs } from './training-state.js';
import './confusion-over-epochs.css';

interface ConfusionProps {
  readonly classNames: readonly string[];
}

export function ConfusionOverEpochs({ classNames }: ConfusionProps) {
  const all = epochs.value.filter(({ confusion }) => confusion);
  const [chosen, setChosen] = useState<number>();
  const index = Math.min(chosen ?? all.length - 1, all.length - 1);
  if (index < 0) return <p class="hint">It comes after the next epoch that ends while this is open.</p>;
  const { confusion, logs } = all[index];
  return (
    <section class="confusion" aria-label="Confusion matrix">
      <label>
        Epoch {logs.epoch}
        <input
          type="range"
          min={0}
          max={all.length - 1}
          value={index}
          disabled={all.length < 2}
          onInput={({ currentTarget }) => {
            const value = Number(currentTarget.value);
            setChosen(value === all.length - 1 ? undefined : value);
          }}
        />
      </label>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Confusion matrix as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">written, then read as</span>
              </th>
              {classNames.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion!.map((row, actual) => {
              const sum = row.reduce((total, count) => total + count, 0);
              return (
                <tr key={classNames[actual]}>
                  <th scope="row">{classNames[actual]}</th>
                  {row.map((count, answered) => (
                    <td
                      key={classNames[answered]}
                      class={actual === answered ? 'right' : count > 0 ? 'wrong' : undefined}
                      style={{
                        '--share':
                          actual === answered ? count / Math.max(1, sum) : Math.min(1, (20 * count) / Math.max(1, sum)),
                      }}
                    >
                      {count === 0 ? '·' : count}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p class="hint">
        A row for each digit that was written, a column for each answer, of the images set aside for validation. Off the
        diagonal are mistakes: look which digits it mixes up, and with the slider when it stops to.
      </p>
    </section>
  );
}
