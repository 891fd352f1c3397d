/** Loss and accuracy, from the first batch on: of each step as they come, of the validation images after each epoch. */

import { CurveChart } from './curve-chart.js';
import { stepsPerEpoch } from './training-config.js';
import { changes, epochs, stepCount, steps, trained } from './training-state.js';

/** More points than pixels say nothing more. */
const mostPoints = 600;

const percent = (value: number) => `${(100 * value).toFixed(value > 0.99 && value < 1 ? 1 : 0)} %`;
const plain = (value: number) => (value >= 0.1 ? value.toFixed(2) : value.toPrecision(2));

const scientific = (value: number) => (value === 0 ? '0' : value.toPrecision(2));

export function TrainingCurves() {
  const version = `${stepCount.value} ${epochs.value.length} ${changes.value.length}`;
  return (
    <div class="curves">
      <CurveChart
        title="Loss"
        version={version}
        format={plain}
        curves={[
          { name: 'training', colour: '--series-1' },
          { name: 'validation', colour: '--series-2', points: true },
        ]}
        data={() => curvesOf('loss')}
        marks={marks}
      />
      <CurveChart
        title="Accuracy"
        version={version}
        format={percent}
        curves={[
          { name: 'training', colour: '--series-1' },
          { name: 'validation', colour: '--series-2', points: true },
        ]}
        data={() => curvesOf('accuracy')}
        marks={marks}
      />
      <CurveChart
        title="Learning rate"
        version={version}
        format={scientific}
        curves={[{ name: 'learning rate', colour: '--series-3' }]}
        data={learningRates}
        marks={marks}
      />
      <p class="hint">
        Loss: how wrong the answers are, so it should fall. Accuracy: how many are right, so it should rise. Training is
        measured on the images it learns from, validation on images set aside: where the two part, it learns by heart.
      </p>
    </div>
  );
}

const marks = () => changes.peek().map(({ step }) => step);

/** That of the last step of each point. */
function learningRates(): [number[], number[]] {
  const each = stepsPerPoint();
  const last = Array.from({ length: Math.ceil(steps.length / each) }, (_, point) =>
    Math.min((point + 1) * each, steps.length),
  );
  return [last, last.map((count) => steps[count - 1].learningRate)];
}

function stepsPerPoint(): number {
  return Math.max(1, Math.ceil(steps.length / mostPoints));
}

/** Means over as many steps as make at most `mostPoints` points; validation after the last step of its epoch. */
function curvesOf(name: 'loss' | 'accuracy'): [number[], (number | null)[], (number | null)[]] {
  const each = stepsPerPoint();
  const rows = new Map<number, [training: number | null, validation: number | null]>();
  for (let start = 0; start < steps.length; start += each) {
    const part = steps.slice(start, start + each);
    const images = part.reduce((sum, step) => sum + step.images, 0);
    const mean = part.reduce((sum, step) => sum + step[name] * step.images, 0) / images;
    rows.set(part[part.length - 1].step + 1, [mean, null]);
  }
  const perEpoch = trained.peek() ? stepsPerEpoch(trained.peek()!) : 1;
  for (const { logs } of epochs.peek()) {
    const value = name === 'loss' ? logs.valLoss : logs.valAccuracy;
    const at = logs.epoch * perEpoch;
    if (value !== undefined) rows.set(at, [rows.get(at)?.[0] ?? null, value]);
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  return [sorted.map(([step]) => step), sorted.map(([, [value]]) => value), sorted.map(([, [, value]]) => value)];
}
