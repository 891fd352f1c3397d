/** Loss and accuracy of runs over each other, epoch by epoch, and the numbers as a table. */

import { type Curve, CurveChart } from '../train/curve-chart.js';
import { fourDigits, percent } from './numbers.js';
import type { Run, RunEpoch } from './run.js';
import './run-curves.css';

interface RunCurvesProps {
  readonly runs: readonly Run[];
}

const colours = 5;
/** Beside its colour each run has a dash of its own. */
const dashes = [undefined, [8, 4], [2, 4], [12, 4, 2, 4], [4, 2]] as const;

type Measure = Exclude<keyof RunEpoch, 'epoch'>;

export function RunCurves({ runs }: RunCurvesProps) {
  const shown = runs.filter(({ epochs }) => epochs.length > 0);
  if (shown.length === 0) return <p class="hint">There is no history of its epochs.</p>;
  const isOne = shown.length === 1;
  return (
    <div class="stack">
      <div class="run-curves">
        {isOne ? (
          <>
            <Chart runs={shown} title="Loss" measures={['loss', 'valLoss']} />
            <Chart runs={shown} title="Accuracy" measures={['accuracy', 'valAccuracy']} />
          </>
        ) : (
          <>
            <Chart runs={shown} title="Validation loss" measures={['valLoss']} />
            <Chart runs={shown} title="Validation accuracy" measures={['valAccuracy']} />
          </>
        )}
      </div>
      <Numbers runs={shown} />
    </div>
  );
}

interface ChartProps {
  readonly runs: readonly Run[];
  readonly title: string;
  readonly measures: readonly Measure[];
}

const words: Readonly<Record<Measure, string>> = {
  loss: 'training',
  accuracy: 'training',
  valLoss: 'validation',
  valAccuracy: 'validation',
};

function Chart({ runs, title, measures }: ChartProps) {
  const last = Math.max(...runs.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch)));
  const lines = runs.flatMap((run) => measures.map((measure) => ({ run, measure })));
  const curves = lines.map(({ run, measure }, index): Curve => {
    const dash = dashes[index % dashes.length];
    return {
      name: measures.length > 1 ? words[measure] : run.name,
      colour: `--series-${(index % colours) + 1}`,
      points: true,
      ...(dash && { dash }),
    };
  });
  const key = lines.map(({ run, measure }) => `${run.id} ${run.name} ${measure}`).join('\n');
  return (
    <CurveChart
      // Another choice of runs is another chart.
      key={key}
      title={title}
      over="epoch"
      version={key}
      curves={curves}
      format={title.toLowerCase().includes('accuracy') ? percent : fourDigits}
      data={() => [
        Array.from({ length: last }, (_, index) => index + 1),
        ...lines.map(({ run, measure }) => {
          const values = new Map(run.epochs.map((epoch) => [epoch.epoch, epoch[measure]]));
          return Array.from({ length: last }, (_, index) => values.get(index + 1) ?? null);
        }),
      ]}
    />
  );
}

function Numbers({ runs }: RunCurvesProps) {
  return (
    <details>
      <summary>Epochs as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Epochs as a table">
        <table class="run-numbers">
          <thead>
            <tr>
              <th scope="col">run</th>
              <th scope="col">epoch</th>
              <th scope="col">loss</th>
              <th scope="col">accuracy</th>
              <th scope="col">validation loss</th>
              <th scope="col">validation accuracy</th>
            </tr>
          </thead>
          <tbody>
            {runs.flatMap(({ id, name, epochs }) =>
              epochs.map(({ epoch, loss, accuracy, valLoss, valAccuracy }) => (
                <tr key={`${id} ${epoch}`}>
                  <th scope="row">{name}</th>
                  <td>{epoch}</td>
                  <td>{fourDigits(loss)}</td>
                  <td>{percent(accuracy)}</td>
                  <td>{fourDigits(valLoss)}</td>
                  <td>{percent(valAccuracy)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
    </details>
  );
}
