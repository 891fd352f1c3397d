/** Probability against the share of right answers, a point a bin, with the interval that so few answers leave. */

import { type ReliabilityBin, wilsonInterval } from 'inkling';
import { integer, percent } from './words.js';
import './reliability-diagram.css';

const side = 260;
const margin = { left: 46, bottom: 38, top: 8, right: 10 };

export function ReliabilityDiagram({ bins }: { readonly bins: readonly ReliabilityBin[] }) {
  const filled = bins.filter(({ count }) => count > 0) as readonly (ReliabilityBin & {
    readonly confidence: number;
    readonly accuracy: number;
  })[];
  const most = Math.max(...filled.map(({ count }) => count));
  const x = (value: number) => margin.left + value * side;
  const y = (value: number) => margin.top + (1 - value) * side;
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return (
    <figure class="reliability">
      <svg
        viewBox={`0 0 ${margin.left + side + margin.right} ${margin.top + side + margin.bottom}`}
        role="img"
        aria-label="Reliability diagram; the table below has the numbers"
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <text x={x(0) - 6} y={y(tick) + 4} text-anchor="end">
              {100 * tick} %
            </text>
            <text x={x(tick)} y={y(0) + 16} text-anchor="middle">
              {100 * tick}
            </text>
          </g>
        ))}
        <text x={x(0.5)} y={y(0) + 32} text-anchor="middle">
          probability of the answer, per cent
        </text>
        <line class="ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {filled.map(({ low, confidence, accuracy, count }) => {
          const [from, to] = wilsonInterval(Math.round(accuracy * count), count);
          return (
            <g key={low}>
              <line class="interval" x1={x(confidence)} x2={x(confidence)} y1={y(from)} y2={y(to)} />
              <circle cx={x(confidence)} cy={y(accuracy)} r={3 + 5 * Math.sqrt(count / most)} />
            </g>
          );
        })}
      </svg>
      <figcaption class="hint">
        Up: the share of answers that are right, among those of about the same probability; the bars are 95 % intervals,
        the largest point has the most images. On the dashed line probabilities can be taken at their word; below it the
        network is too sure of itself.
      </figcaption>
      <details>
        <summary>Reliability as a table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section class="scroll" tabIndex={0} aria-label="Reliability as a table">
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col">probability</th>
                <th scope="col">images</th>
                <th scope="col">mean probability</th>
                <th scope="col">right</th>
              </tr>
            </thead>
            <tbody>
              {filled.map(({ low, high, count, confidence, accuracy }) => (
                <tr key={low}>
                  <th scope="row">
                    {percent(low, 0)} to {percent(high, 0)}
                  </th>
                  <td>{integer(count)}</td>
                  <td>{percent(confidence)}</td>
                  <td>{percent(accuracy)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
