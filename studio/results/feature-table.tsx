/** The map in numbers, a digit a line. */

import type { Answers, FeatureMap } from '../conductor/topics/results.js';
import { digitNames } from '../state/digit-names.js';
import { isRight } from './answers.js';

interface FeatureTableProps {
  readonly map: FeatureMap;
  /** `[images, 2]`: where they lie. */
  readonly points: Float32Array;
  readonly answers: Answers;
}

export function FeatureTable({ map: { positions }, points, answers }: FeatureTableProps) {
  const rows = digitNames.map((name, digit) => {
    const own = Array.from(positions.keys()).filter((point) => answers.labels[positions[point]] === digit);
    const mean = (axis: number) => own.reduce((sum, point) => sum + points[2 * point + axis], 0) / (own.length || 1);
    return {
      name,
      count: own.length,
      wrong: own.filter((point) => !isRight(answers, positions[point])).length,
      centre: [mean(0), mean(1)],
    };
  });
  return (
    <details>
      <summary>The map as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="The map as a table">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">digit</th>
              <th scope="col">images</th>
              <th scope="col">read wrongly</th>
              <th scope="col">middle, to the right</th>
              <th scope="col">middle, down</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, count, wrong, centre }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{count}</td>
                <td>{wrong}</td>
                <td>{centre[0].toFixed(2)}</td>
                <td>{centre[1].toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
