/** Curves over the steps of a training, live: a uPlot whose data is replaced ten times a second at most. */

import { useEffect, useRef } from 'preact/hooks';
import './language-tag.js';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { theme } from '../shell/theme.js';
import './curve-chart.css';

export interface Curve {
  readonly name: string;
  /** A custom property of the page's colours, such as `--series-1`. */
  readonly colour: string;
  readonly dash?: readonly number[];
  /** Points rather than a line: where values are far apart. */
  readonly points?: boolean;
}

interface CurveChartProps {
  readonly title: string;
  readonly curves: readonly Curve[];
  /** The steps, and the values of each curve at them; null where there is none. */
  readonly data: () => readonly [steps: number[], ...values: (number | null)[][]];
  /** Whatever the data depends on: it is drawn again where this is another. */
  readonly version: unknown;
  readonly format: (value: number) => string;
  /** What the curves go over; default: the steps of a training. */
  readonly over?: 'step' | 'epoch';
  /** Steps at which something was changed, to be marked by a line. */
  readonly marks?: (() => readonly number[]) | undefined;
}

const height = 220;
/** From one tick to the next: there is no half of an epoch. */
const wholeNumbers = [1, 2, 5, 10, 20, 50, 100, 200, 500];

export function CurveChart({ title, curves, data, version, format, over = 'step', marks }: CurveChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const mode = theme.value;
  useEffect(() => {
    const element = place.current!;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--text-2'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        scales: { x: { time: false } },
        legend: { live: true },
        cursor: { drag: { x: false, y: false } },
        hooks: { draw: [(drawn) => drawMarks(drawn, marks?.() ?? [], colour('--text-2'))] },
        axes: [
          over === 'epoch' ? { ...axis, incrs: wholeNumbers } : axis,
          { ...axis, size: 56, values: (_, ticks) => ticks.map(format) },
        ],
        series: [
          { label: over },
          ...curves.map(({ name, colour: own, dash, points }) => ({
            label: name,
            stroke: colour(own),
            width: 2,
            dash: dash && [...dash],
            spanGaps: true,
            points: { show: points ?? false, size: 7, fill: colour(own) },
            value: (_: uPlot, value: number | null) => (value === null ? '–' : format(value)),
          })),
        ],
      },
      data() as unknown as uPlot.AlignedData,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
    };
  }, [mode]);
  useEffect(() => plot.current?.setData(data() as unknown as uPlot.AlignedData), [version]);
  return (
    <figure class="curve-chart">
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      <div
        ref={place}
        role="img"
        aria-label={`${title} over the ${over}s of the training; the table of epochs has the numbers`}
      />
    </figure>
  );
}

function drawMarks(
  { ctx: context, bbox: { left, top, width, height: tall }, valToPos }: uPlot,
  steps: readonly number[],
  colour: string,
) {
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = devicePixelRatio;
  context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  context.beginPath();
  for (const step of steps) {
    const x = Math.round(valToPos(step, 'x', true));
    if (x < left || x > left + width) continue;
    context.moveTo(x, top);
    context.lineTo(x, top + tall);
  }
  context.stroke();
  context.restore();
}
