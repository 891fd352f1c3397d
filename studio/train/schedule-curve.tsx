/** The learning rate over the whole training, as the schedule, epochs, batch size and learning rate above ask for it. */

import { schedulePoints } from './schedule-points.js';
import { stepsPerEpoch, type TrainingConfig } from './training-config.js';
import './schedule-curve.css';

const [width, height] = [240, 72];
const rows = 11;

const short = (value: number) => String(Number(value.toPrecision(3)));
const count = (value: number) => value.toLocaleString('en');

export function ScheduleCurve({ config }: { readonly config: TrainingConfig }) {
  const points = schedulePoints(config, width / 2);
  const total = config.epochs * stepsPerEpoch(config);
  const most = Math.max(...points.map(({ learningRate }) => learningRate));
  const x = (step: number) => (total === 1 ? 0 : (width * (step - 1)) / (total - 1));
  const y = (learningRate: number) => 2 + (height - 4) * (1 - learningRate / most);
  const line = points.map(({ step, learningRate }) => `${x(step).toFixed(1)},${y(learningRate).toFixed(1)}`).join(' ');
  const [first, last] = [points[0].learningRate, points[points.length - 1].learningRate];
  return (
    <figure class="schedule">
      <figcaption>The learning rate over the training</figcaption>
      <div class="plot">
        <span class="hint number">{short(most)}</span>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Learning rate from ${short(first)} at step 1 to ${short(last)} at step ${count(total)}, at most ${short(most)}; the table below has more`}
        >
          <polyline points={line} />
        </svg>
        <span class="hint number">0</span>
        <span class="hint number steps">
          <span>step 1</span>
          <span>{count(total)}</span>
        </span>
      </div>
      <details>
        <summary>As a table</summary>
        <table class="number">
          <thead>
            <tr>
              <th scope="col">step</th>
              <th scope="col">learning rate</th>
            </tr>
          </thead>
          <tbody>
            {schedulePoints(config, rows).map(({ step, learningRate }) => (
              <tr key={step}>
                <td>{count(step)}</td>
                <td>{short(learningRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
