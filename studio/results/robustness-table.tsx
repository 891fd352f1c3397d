/** The numbers behind the charts of distortions, a step a line. */

import type { RobustnessReport } from 'inkling';
import { percent } from './words.js';

type Scores = RobustnessReport['undistorted'];

export function RobustnessTable({ report }: { readonly report: RobustnessReport }) {
  const rows: { readonly name: string; readonly scores: Scores }[] = [
    { name: 'as they are', scores: report.undistorted },
    ...report.distortions.flatMap(({ title, steps }) =>
      steps.map(({ label, scores }) => ({ name: `${title}, ${label}`, scores })),
    ),
  ];
  return (
    <details>
      <summary>Distortions as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Distortions as a table">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">images</th>
              <th scope="col">network alone</th>
              <th scope="col">as the pad reads</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, scores }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {scores.map((score, index) => (
                  <td key={report.classifiers[index]}>{score ? percent(score.accuracy) : 'cannot take them'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
