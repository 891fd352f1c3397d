/** The scores in large type. */

import { ClassTable } from './class-table.js';
import type { Tested } from './results-state.js';
import { integer, partNames, percent } from './words.js';
import './scores.css';

export function Scores({ tested }: { readonly tested: Tested }) {
  const { accuracy, accuracyInterval, loss, top2Accuracy, report } = tested.evaluation;
  const count = tested.answers.labels.length;
  const wrong = count - Math.round(accuracy * count);
  return (
    <>
      <h2>Scores</h2>
      <p class="big number" data-testid="accuracy">
        {percent(accuracy)}
      </p>
      <p>
        of {integer(count)} {partNames[tested.part]} are read rightly, {integer(wrong)} wrongly. With other images of
        the same kind it would likely lie between {percent(accuracyInterval[0])} and {percent(accuracyInterval[1])} (95
        % interval, Wilson).
      </p>
      <dl class="scores">
        <div>
          <dt>Loss</dt>
          <dd>{loss.toFixed(4)}</dd>
        </div>
        <div>
          <dt>Macro F1</dt>
          <dd>{percent(report.macroAverage.f1)}</dd>
        </div>
        <div>
          <dt>Top 2</dt>
          <dd>{percent(top2Accuracy)}</dd>
        </div>
        <div>
          <dt>Time</dt>
          <dd>{tested.seconds.toFixed(1)} s</dd>
        </div>
      </dl>
      <p class="hint">
        Loss: how wrong the answers are, sure mistakes most; smaller is better. Macro F1: the mean of the digits' F1
        below. Top 2: how often the right digit is the first or the second choice.
      </p>
      <ClassTable report={report} />
    </>
  );
}
