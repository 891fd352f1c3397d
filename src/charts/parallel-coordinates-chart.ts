/**
 * Parallel coordinates: an axis for each option and one for the result, a line for each trial. Where there is no width
 * for axes side by side they lie one below another.
 */

import { shortenText } from './fit-text.js';
import { niceRange } from './nice-range.js';
import {
  type ChartOptions,
  type ChartSpecification,
  fitted,
  ink,
  isNarrow,
  sequentialColours,
  theme,
} from './theme.js';

/** An axis of numbers, or of names. */
export interface ParallelAxis {
  readonly name: string;
  /** Names in order; left out for numbers. */
  readonly names?: readonly string[];
  /** Whether numbers are placed by their logarithm. */
  readonly log?: boolean;
}

export interface ParallelLine {
  /** By axis: numbers, or names. undefined where the trial has none there: its line ends before. */
  readonly values: readonly (number | string | undefined)[];
  /** What the colour tells: the last axis's value; undefined for a trial that was stopped. */
  readonly result: number | undefined;
}

type ChartLayer = Extract<ChartSpecification, { layer: unknown }>['layer'][number];

const plotWidth = 900;
const plotHeight = 320;
const rowHeight = 74;
const labelRoom = 46;
const widestLabel = 92;
const mostTicks = 6;

/** @param axes the options, then the result, of which more is better */
export function parallelCoordinatesChart(
  axes: readonly ParallelAxis[],
  lines: readonly ParallelLine[],
  options: ChartOptions = {},
): ChartSpecification {
  const flat = isNarrow(options);
  const placed = axes.map((axis, index) =>
    placeAxis(
      axis,
      lines.flatMap(({ values }) => values[index] ?? []),
    ),
  );
  const { padding, inner } = fitted(options, plotWidth);
  const along = {
    field: 'axis',
    type: 'quantitative' as const,
    axis: null,
    scale: { domain: [0, Math.max(axes.length - 1, 1)], nice: false, zero: false, ...(flat && { reverse: true }) },
  };
  const across = { field: 'place', type: 'quantitative' as const, axis: null, scale: { domain: [0, 1], nice: false } };
  const points = lines.flatMap(({ values, result }, line) =>
    values.flatMap((value, axis) =>
      value === undefined ? [] : [{ line, axis, place: placed[axis].place(value), result }],
    ),
  );
  const results = lines.flatMap(({ result }) => result ?? []);
  const colour = {
    field: 'result',
    type: 'quantitative' as const,
    legend: null,
    scale: { domain: [Math.min(...results), Math.max(...results)], range: sequentialColours.slice(1) },
  };
  const ticks = placed.flatMap(({ ticks }, axis) => ticks.map((tick) => ({ axis, ...tick })));
  const names = axes.map(({ name }, axis) => ({
    axis,
    name: shortenText(name, flat ? inner : widestLabel * 1.4, 12),
    place: flat ? 0 : 1,
  }));
  const order = { field: 'axis', type: 'quantitative' as const };
  const [x, y] = flat ? [across, along] : [along, across];
  const line = { x, y, detail: { field: 'line', type: 'nominal' as const }, order };
  return {
    ...theme,
    padding,
    title: {
      text: 'Options and accuracy, a line a trial',
      subtitle: 'The more a line stands out, the more accurate its trial; dashed and grey: stopped early, or failed.',
    },
    description:
      'Parallel coordinates: an axis for each option that varies and one for the accuracy, a line for each trial',
    width: flat ? inner - 2 * 24 : inner - 2 * labelRoom,
    height: flat ? rowHeight * Math.max(axes.length - 1, 1) : plotHeight,
    layer: [
      {
        data: { values: axes.map((_, axis) => ({ axis, place: 0, end: 1 })) },
        mark: { type: 'rule', color: ink.quiet },
        encoding: flat ? { x, y, x2: { field: 'end' } } : { x, y, y2: { field: 'end' } },
      },
      {
        data: { values: points.filter(({ result }) => result === undefined) },
        mark: { type: 'line', color: ink.quiet, strokeWidth: 1, strokeDash: [3, 3], opacity: 0.6 },
        encoding: line,
      },
      {
        data: { values: points.filter(({ result }) => result !== undefined) },
        mark: { type: 'line', strokeWidth: 1.75, opacity: 0.8 },
        encoding: { ...line, color: colour },
      },
      {
        data: { values: ticks },
        mark: { type: 'point', filled: true, shape: 'circle', size: 18, color: ink.text, opacity: 1 },
        encoding: { x, y },
      },
      ...(flat ? labelsBelow(ticks) : [{ values: ticks, align: 'left' }]).flatMap(({ values, align }) =>
        legible(
          values,
          { x, y, text: { field: 'label', type: 'nominal' } },
          { align, baseline: flat ? 'top' : 'middle', dx: flat ? 0 : 6, dy: flat ? 5 : 0 },
        ),
      ),
      ...legible(
        names,
        { x, y, text: { field: 'name', type: 'nominal' } },
        {
          fontWeight: 'bold',
          fontSize: 12,
          align: flat ? 'left' : 'center',
          baseline: 'bottom',
          dy: flat ? -6 : -10,
        },
      ),
    ],
  };
}

/** Those at the ends of their axis end with it: there is no room beyond. */
function labelsBelow<Tick extends { readonly place: number }>(ticks: readonly Tick[]) {
  const alignOf = ({ place }: Tick) => (place < 0.01 ? 'left' : place > 0.99 ? 'right' : 'center');
  return ['left', 'center', 'right'].map((align) => ({
    align,
    values: ticks.filter((tick) => alignOf(tick) === align),
  }));
}

/** Labels that stand among lines: the same text in white and fat lies below them. */
function legible(values: readonly object[], encoding: object, mark: object) {
  const layer = (extra: object) => ({ data: { values }, mark: { type: 'text', ...mark, ...extra }, encoding });
  return [
    layer({ color: 'white', stroke: 'white', strokeWidth: 4, strokeJoin: 'round', opacity: 0.85 }),
    layer({}),
  ] as ChartLayer[];
}

interface PlacedAxis {
  /** From 0 to 1. */
  place(value: number | string): number;
  readonly ticks: readonly { readonly place: number; readonly label: string }[];
}

function placeAxis({ names, log = false }: ParallelAxis, values: readonly (number | string)[]): PlacedAxis {
  if (names !== undefined) {
    const place = (value: number | string) =>
      names.length === 1 ? 0.5 : names.indexOf(String(value)) / (names.length - 1);
    const every = Math.ceil(names.length / mostTicks);
    const shown = names.filter((_, index) => index % every === 0);
    return { place, ticks: shown.map((name) => ({ place: place(name), label: shortenText(name, widestLabel, 11) })) };
  }
  const numbers = values.map(Number);
  if (log && numbers.length > 0) {
    const low = Math.floor(Math.log10(Math.min(...numbers)) + 1e-9);
    const high = Math.max(Math.ceil(Math.log10(Math.max(...numbers)) - 1e-9), low + 1);
    const exponents = Array.from({ length: high - low + 1 }, (_, index) => low + index);
    const place = (value: number | string) => (Math.log10(Number(value)) - low) / (high - low);
    return {
      place,
      ticks: exponents.map((exponent) => ({
        place: (exponent - low) / (high - low),
        label: shortNumber(10 ** exponent),
      })),
    };
  }
  const range = niceRange(numbers);
  const place = (value: number | string) => (Number(value) - range.low) / (range.high - range.low);
  return { place, ticks: range.ticks.map((tick) => ({ place: place(tick), label: tick.toFixed(range.decimals) })) };
}

function shortNumber(value: number): string {
  return value >= 0.001 && value < 100_000 ? String(Number(value.toPrecision(3))) : value.toExponential(0);
}
