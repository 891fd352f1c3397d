/// <reference path="./asciichart.d.ts" />
/**
 * Both learning curves as text for a terminal. Training is a solid line with dots, validation a dashed line with
 * diamonds, so that colour is not needed. Of more epochs than columns the lines show a sample.
 */

import asciichart from 'asciichart';
import {
  accuracyMeasure,
  type CurvePoint,
  type History,
  lossMeasure,
  type Measure,
  type Series,
  segmentsOf,
  seriesNames,
} from './history.js';
import { type NiceRange, niceRange } from './nice-range.js';

export interface TerminalCurvesOptions {
  /** Columns of the whole text; at least 44 are used. Default: 72. */
  readonly width?: number;
  /** Rows of each of the two plots, about; at least 5 are used. Default: 10. */
  readonly height?: number;
  /** ANSI colours. Default: false, plain text. */
  readonly colour?: boolean;
}

const looks = {
  Training: { marker: '●', symbols: ['┤', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'], colour: asciichart.lightblue },
  Validation: { marker: '◆', symbols: ['┤', '┤', '╶', '╴', '╌', '╰', '╭', '╮', '╯', '╎'], colour: asciichart.yellow },
};

/** A grid of characters with the y axis on its left; each cell may hold colour codes around its character. */
interface Plot {
  readonly y: NiceRange;
  readonly rowsPerTick: number;
  readonly labelWidth: number;
  /** Columns right of the axis. */
  readonly columns: number;
  /** The column of an epoch; 0 is the axis. */
  readonly columnOf: (epoch: number) => number;
  readonly paint: (series: Series, text: string) => string;
}

/**
 * Accuracy above loss, each with its axes and a legend that names the last values.
 *
 * @returns lines without a line break at the end
 * @throws InklingError unless the epochs are whole numbers that rise
 */
export function terminalCurves(
  history: History,
  { width = 72, height = 10, colour = false }: TerminalCurvesOptions = {},
): string {
  const paint = (series: Series, text: string) => (colour ? asciichart.colored(text, looks[series].colour) : text);
  return [accuracyMeasure(history), lossMeasure(history)]
    .map((measure) => draw(measure, Math.max(44, width), Math.max(5, height), paint))
    .join('\n\n');
}

function draw(measure: Measure, width: number, height: number, paint: Plot['paint']): string {
  const { title, axisTitle, points, alwaysShown, write } = measure;
  const y = niceRange([...alwaysShown, ...points.map(({ value }) => value)]);
  const labelWidth = Math.max(...y.ticks.map((tick) => tick.toFixed(y.decimals).length)) + 2;
  const columns = width - labelWidth - 2;
  const epochs = points.map(({ epoch }) => epoch);
  const first = Math.min(...epochs);
  const last = Math.max(...epochs);
  const columnOf = (epoch: number) =>
    Math.round(first < last ? ((epoch - first) / (last - first)) * columns : columns / 2);
  const rowsPerTick = Math.max(1, Math.round(height / (y.ticks.length - 1)));
  const plot: Plot = { y, rowsPerTick, labelWidth, columns, columnOf, paint };

  // A curve of one point is nothing but the axis.
  const grid = curveGrid(plot, 'Training', [y.low]);
  for (const series of seriesNames) {
    for (const segment of segmentsOf(points, series)) layLine(plot, series, segment, grid);
    layMarkers(
      plot,
      series,
      points.filter((point) => point.series === series),
      grid,
    );
  }
  const legend = seriesNames.flatMap((series) => {
    const end = points.findLast((point) => point.series === series);
    return end === undefined ? [] : paint(series, `${looks[series].marker} ${series} ${write(end.value)}`);
  });
  return [
    title,
    legend.length > 0 ? legend.join('   ') : 'No epoch was completed with finite numbers.',
    '',
    axisTitle,
    ...grid.map((row) => row.join('').trimEnd()),
    ...epochAxis(
      plot,
      niceRange(epochs, Math.floor(columns / 8), 1).ticks.filter((tick) => tick >= first && tick <= last),
    ),
  ].join('\n');
}

/** Draws one series with asciichart, in rows as its unit, so that the grids of all series are alike. */
function curveGrid(
  { y, rowsPerTick, labelWidth, columns }: Plot,
  series: Series,
  values: readonly number[],
): string[][] {
  const labels = y.ticks.map((tick) => tick.toFixed(y.decimals)).reverse();
  const rows = rowsPerTick * (labels.length - 1);
  const format = (_value: number, row: number) =>
    `${row % rowsPerTick === 0 ? labels[row / rowsPerTick] : ''} `.padStart(labelWidth);
  const inRows = values.map((value) => ((value - y.low) / (y.high - y.low)) * rows);
  return asciichart
    .plot(inRows, { min: 0, max: rows, height: rows, offset: 2, symbols: looks[series].symbols, format })
    .split('\n')
    .map((line) => [...line.padEnd(labelWidth + 1 + columns)]);
}

/** Lays a line through the points over the grid. */
function layLine(plot: Plot, series: Series, points: readonly CurvePoint[], grid: string[][]): void {
  const { labelWidth, columns, columnOf, paint } = plot;
  const start = columnOf(points[0].epoch);
  curveGrid(plot, series, valuePerColumn(points, columnOf)).forEach((cells, row) => {
    const line = cells.slice(labelWidth + 1, labelWidth + 1 + columns - start);
    line.forEach((character, column) => {
      if (character !== ' ') grid[row][labelWidth + 1 + start + column] = paint(series, character);
    });
  });
}

/** Lays a series' markers over the grid: all of them, or the last where there are many. */
function layMarkers(plot: Plot, series: Series, points: readonly CurvePoint[], grid: string[][]): void {
  const { y, labelWidth, columns, columnOf, paint } = plot;
  const marked = points.length <= columns / 4 ? points : points.slice(-1);
  for (const { epoch, value } of marked) {
    // As asciichart rounds: upwards from the lowest row.
    const row = grid.length - 1 - Math.round(((value - y.low) / (y.high - y.low)) * (grid.length - 1));
    grid[row][labelWidth + columnOf(epoch)] = paint(series, looks[series].marker);
  }
}

/** The curve's height at each column from its first point to its last, in straight lines between the points. */
function valuePerColumn(points: readonly CurvePoint[], columnOf: Plot['columnOf']): number[] {
  const between = points.slice(1).flatMap((next, i) => {
    const { epoch, value } = points[i];
    const steps = columnOf(next.epoch) - columnOf(epoch);
    return Array.from({ length: steps }, (_, step) => value + ((next.value - value) * step) / steps);
  });
  return [...between, points[points.length - 1].value];
}

function epochAxis({ labelWidth, columns, columnOf }: Plot, epochs: readonly number[]): string[] {
  const margin = ' '.repeat(labelWidth);
  const line = ['└', ...new Array<string>(columns).fill('─')];
  let numbers = '';
  for (const epoch of epochs) {
    const column = columnOf(epoch);
    line[column] = column === 0 ? '├' : column === columns ? '┐' : '┬';
    const number = `${epoch}`;
    numbers = numbers.padEnd(column - Math.floor(number.length / 2)) + number;
  }
  const title = 'Epoch'.padStart(Math.floor(columns / 2) + 3);
  return [line.join(''), numbers, title].map((text) => (margin + text).trimEnd());
}
