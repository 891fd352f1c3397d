/** One quantity of several trainings over their epochs, a curve a run. Colour, dash and shape tell them apart. */

import { curveAxes } from './curve-axes.js';
import { shortenText } from './fit-text.js';
import { textWidth } from './text-width.js';
import { type ChartOptions, type ChartSpecification, ink, palette, theme } from './theme.js';

/** One run's values; what is not finite leaves a gap. */
export interface RunCurve {
  /** Unique among the curves. */
  readonly name: string;
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
}

export interface ComparisonCurves {
  /** Of the drawing's ids: letters and digits. */
  readonly name: string;
  readonly title: string;
  readonly axisTitle: string;
  readonly curves: readonly RunCurve[];
}

const colours = [...Object.values(palette), ink.text];
const dashes = [
  [1, 0],
  [6, 4],
  [2, 3],
];
const shapes = ['circle', 'square', 'diamond', 'triangle-up', 'cross'];
/** Beyond this many points a curve the points would hide the line. */
const maxPoints = 40;
const widestName = 180;
/** Of a legend's entry, beside its name. */
const symbolRoom = 34;

export function comparisonCurves(
  { name, title, axisTitle, curves }: ComparisonCurves,
  options: ChartOptions = {},
): ChartSpecification {
  const values = curves.flatMap(({ name, points }) => segmented(points).map((point) => ({ series: name, ...point })));
  const { padding, inner, width, encoding } = curveAxes(
    { epochs: values.map(({ epoch }) => epoch), values: values.map(({ value }) => value), axisTitle },
    options,
  );
  const names = curves.map(({ name }) => name);
  const shown = Object.fromEntries(names.map((text) => [text, shortenText(text, widestName, 11)]));
  const column = Math.ceil(Math.max(...Object.values(shown).map((text) => textWidth(text, 11)))) + symbolRoom;
  const legend = {
    orient: 'bottom',
    direction: 'horizontal',
    title: null,
    columns: Math.max(1, Math.floor(inner / column)),
    labelLimit: widestName + 10,
    labelExpr: `${JSON.stringify(shown)}[datum.label]`,
    symbolSize: 70,
    symbolOpacity: 1,
  } as const;
  const bySeries = <Range>(range: readonly Range[], place: (index: number) => number) => ({
    field: 'series',
    type: 'nominal' as const,
    scale: { domain: names, range: names.map((_, index) => range[place(index) % range.length]) },
    legend,
  });
  const longest = Math.max(0, ...curves.map(({ points }) => points.length));
  return {
    ...theme,
    padding,
    name,
    description: `${title} over the epochs, a curve a run`,
    title: values.length === 0 ? { text: title, subtitle: 'No run has such values.' } : title,
    width,
    height: 280,
    data: { values },
    encoding: { ...encoding, color: bySeries(colours, (index) => index) },
    layer: [
      {
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          strokeDash: bySeries(dashes, (index) => Math.floor(index / colours.length)),
          detail: { field: 'segment', type: 'nominal' },
        },
      },
      {
        ...(longest > maxPoints && { transform: [{ filter: 'false' }] }),
        mark: { type: 'point', filled: true, size: 45, opacity: 1 },
        encoding: { shape: bySeries(shapes, (index) => index) },
      },
    ],
  };
}

/** A line is not drawn across an epoch that has no value. */
function segmented(points: RunCurve['points']) {
  let segment = 0;
  return points.flatMap(({ epoch, value }) => {
    if (Number.isFinite(value)) return [{ epoch, value, segment }];
    segment++;
    return [];
  });
}
