/** The confusion matrix of a run less that of another, both of the test images. */

import { digitNames } from '../state/digit-names.js';
import { numberOf, type Run } from './run.js';
import './confusion-difference.css';

interface ConfusionDifferenceProps {
  readonly before: Run;
  readonly after: Run;
}

export function ConfusionDifference({ before, after }: ConfusionDifferenceProps) {
  const [first, second] = [before.confusion, after.confusion];
  const isComparable =
    first?.length === second?.length && numberOf(before, 'testImages') === numberOf(after, 'testImages');
  if (!first || !second || !isComparable) {
    return <p class="hint">Their confusion matrices are of different test images, or are not known.</p>;
  }
  const rows = second.map((row, actual) => row.map((count, answered) => count - first[actual][answered]));
  const largest = Math.max(1, ...rows.flat().map(Math.abs));
  const names = rows.map((_, label) => (rows.length === digitNames.length ? digitNames[label] : String(label)));
  return (
    <div class="confusion-difference">
      <h3>
        Answers that {after.name} gives more or less often than {before.name}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Difference of the confusion matrices">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">written, then read as</span>
              </th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, actual) => (
              <tr key={names[actual]}>
                <th scope="row">{names[actual]}</th>
                {row.map((difference, answered) => (
                  <td
                    key={names[answered]}
                    class={difference === 0 ? undefined : difference > 0 === (actual === answered) ? 'better' : 'worse'}
                    style={{ '--share': Math.sqrt(Math.abs(difference) / largest) }}
                  >
                    {difference === 0 ? '·' : difference > 0 ? `+${difference}` : `−${-difference}`}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">
        A row for each digit that was written, a column for each answer, of the test images. Blue is better: more right
        answers on the diagonal, fewer wrong ones off it. Orange is worse.
      </p>
    </div>
  );
}
