/** A small chart a distortion: accuracy over its steps, a line a reader. */

import type { RobustnessReport } from 'inkling';
import './robustness-charts.css';

const width = 190;
const height = 120;
const margin = { left: 34, right: 8, top: 6, bottom: 22 };

export function RobustnessCharts({ report }: { readonly report: RobustnessReport }) {
  return (
    <figure class="robustness">
      <ul class="legend">
        {report.classifiers.map((name, index) => (
          <li key={name}>
            <svg viewBox="0 0 24 10" aria-hidden="true">
              <line class={`line-${index}`} x1="0" x2="24" y1="5" y2="5" />
              <Mark index={index} x={12} y={5} />
            </svg>
            {index === 0 ? 'network alone' : 'as the pad reads'}
          </li>
        ))}
      </ul>
      <div class="panels">
        {report.distortions.map((distortion) => (
          <Panel key={distortion.name} distortion={distortion} report={report} />
        ))}
      </div>
    </figure>
  );
}

/**
 * Accuracies lie near 100 %, where an even scale shows nothing: heights go by the logarithm of one per cent more than is
 * wrong, as in the report of a run. @returns 0 at 100 %, 1 at 0 %
 */
function depthOf(accuracy: number): number {
  return Math.log1p(100 * (1 - accuracy)) / Math.log(101);
}

const ticks = [1, 0.98, 0.9, 0.5, 0];
/** More labels than these do not fit beside each other: then every other one is written. */
const mostLabels = 6;

interface PanelProps {
  readonly distortion: RobustnessReport['distortions'][number];
  readonly report: RobustnessReport;
}

function Panel({ distortion: { title, unit, neutral, steps }, report }: PanelProps) {
  const undistorted = neutral ? [{ ...neutral, scores: report.undistorted }] : [];
  const all = [...undistorted, ...steps].sort((a, b) => a.severity - b.severity);
  // Less contrast is stronger the smaller the number: from the undistorted on, as the others.
  if (neutral && steps.every(({ severity }) => severity < neutral.severity)) all.reverse();
  const x = (step: number) => margin.left + (all.length === 1 ? 0.5 : step / (all.length - 1)) * width;
  const y = (accuracy: number) => margin.top + depthOf(accuracy) * height;
  return (
    <div>
      <h3>{title}</h3>
      <svg
        viewBox={`0 0 ${margin.left + width + margin.right} ${margin.top + height + margin.bottom}`}
        role="img"
        aria-label={`${title}: accuracy at each step; the table below has the numbers`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={margin.left} x2={margin.left + width} y1={y(tick)} y2={y(tick)} />
            <text x={margin.left - 5} y={y(tick) + 4} text-anchor="end">
              {Math.round(100 * tick)}
            </text>
          </g>
        ))}
        {all.map(({ label }, step) =>
          all.length > mostLabels && step % 2 === 1 ? null : (
            <text key={label} x={x(step)} y={y(0) + 16} text-anchor={step === all.length - 1 ? 'end' : 'middle'}>
              {label}
            </text>
          ),
        )}
        {report.classifiers.map((name, index) => {
          const scores = all.flatMap(({ scores }, step) => (scores[index] ? [{ step, ...scores[index] }] : []));
          const band = [
            ...scores.map(({ step, interval }) => `${x(step)},${y(interval[1])}`),
            ...scores.toReversed().map(({ step, interval }) => `${x(step)},${y(interval[0])}`),
          ];
          return (
            <g key={name} class={`line-${index}`}>
              <polygon points={band.join(' ')} />
              <polyline points={scores.map(({ step, accuracy }) => `${x(step)},${y(accuracy)}`).join(' ')} />
              {scores.map(({ step, accuracy }) => (
                <Mark key={step} index={index} x={x(step)} y={y(accuracy)} />
              ))}
            </g>
          );
        })}
      </svg>
      <p class="hint">{unit}</p>
    </div>
  );
}

/** Circles and squares, so that the lines differ by more than colour. */
function Mark({ index, x, y }: { readonly index: number; readonly x: number; readonly y: number }) {
  return index === 0 ? (
    <circle class="mark-0" cx={x} cy={y} r="3" />
  ) : (
    <rect class="mark-1" x={x - 3} y={y - 3} width="6" height="6" />
  );
}
