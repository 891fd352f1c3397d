/** Two or more runs side by side: curves, what they were told to do differently, and what they take for what. */

import { configurationDifferences } from 'inkling';
import { ConfusionDifference } from './confusion-difference.js';
import { percent } from './numbers.js';
import { numberOf, type Run } from './run.js';
import { RunCurves } from './run-curves.js';
import './comparison.css';

interface ComparisonProps {
  readonly runs: readonly Run[];
}

export function Comparison({ runs }: ComparisonProps) {
  return (
    <section class="card stack comparison" aria-label="Comparison">
      <h2>{runs.length} runs compared</h2>
      <RunCurves runs={runs} />
      <div class="side-by-side">
        <Differences runs={runs} />
        {runs.length === 2 ? <ConfusionDifference before={runs[0]} after={runs[1]} /> : null}
      </div>
    </section>
  );
}

function Differences({ runs }: ComparisonProps) {
  const differences = configurationDifferences(runs.map(({ summary }) => summary));
  return (
    <div>
      <h3>In what they differ</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Differences as a table">
        <table class="run-numbers">
          <thead>
            <tr>
              <th scope="col">
                <span class="visually-hidden">what</span>
              </th>
              {runs.map(({ id, name }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">test accuracy</th>
              {runs.map((run) => (
                <td key={run.id}>{percent(numberOf(run, 'testAccuracy'))}</td>
              ))}
            </tr>
            {differences.map(({ setting, values }) => (
              <tr key={setting}>
                <th scope="row">
                  <code>{setting}</code>
                </th>
                {values.map((value, index) => (
                  <td key={runs[index].id}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {differences.length === 0 ? <p class="hint">They were told to do the same.</p> : null}
    </div>
  );
}
