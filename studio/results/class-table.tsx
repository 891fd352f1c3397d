/** Precision, recall and F1 of each digit. */

import type { ClassificationReport } from 'inkling';
import { integer, percent } from './words.js';

export function ClassTable({ report }: { readonly report: ClassificationReport }) {
  const rows = [...report.classes, { name: 'all (macro)', ...report.macroAverage }];
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Each digit as a table">
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">digit</th>
              <th scope="col">precision</th>
              <th scope="col">recall</th>
              <th scope="col">F1</th>
              <th scope="col">images</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, precision, recall, f1, support }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{percent(precision)}</td>
                <td>{percent(recall)}</td>
                <td>{percent(f1)}</td>
                <td>{integer(support)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">
        Precision: of the images that it called a 4, how many were one. Recall: of the 4s, how many it called so. F1 is
        low where either is: look for the digit with the lowest.
      </p>
    </>
  );
}
