/**
 * What a network still reads: a panel a distortion, accuracy over its steps, a line a classifier, with Wilson's
 * intervals. Accuracies lie between 99.9 and 20 %, where an even scale shows only the worst. Here heights go by the
 * logarithm of one per cent more than is wrong: 98, 99 and 100 % are well apart, 100 % is there, and the lower half of
 * the scale takes little room.
 */

import { type ChartOptions, type ChartSpecification, fitted, ink, palette, theme } from './theme.js';

/** What a classifier got right of the images, fractions from 0 to 1; null where it could not take them. */
export type RobustnessScore = { readonly accuracy: number; readonly interval: readonly [number, number] } | null;

export interface RobustnessPanel {
  readonly title: string;
  readonly unit: string;
  /** What stands for the undistorted images among the steps, where there is such. */
  readonly neutral: { readonly label: string; readonly severity: number } | null;
  readonly steps: readonly {
    readonly label: string;
    readonly severity: number;
    /** A score for each classifier. */
    readonly scores: readonly RobustnessScore[];
  }[];
}

export interface RobustnessScores {
  readonly images: number;
  readonly classifiers: readonly string[];
  readonly undistorted: readonly RobustnessScore[];
  readonly distortions: readonly RobustnessPanel[];
}

type Panel = Extract<ChartSpecification, { layer: unknown }>;

/** Per cent wrong: where the scale has its ticks. */
const ticks = [0, 1, 2, 5, 10, 20, 50, 100];
const colours = [palette.blue, palette.vermillion, palette.green];
const shapes = ['circle', 'square', 'diamond'];
/** Of a plot; fewer stand in a row where they would be narrower. */
const smallestPlot = 165;
const plotWidth = 212;
const columnGap = 22;
/** Beside each plot the numbers of its axis, beside the first the axis' title too. */
const numbersWidth = 32;
const titleWidth = 26;

export function robustnessChart(sheet: RobustnessScores, options: ChartOptions = {}): ChartSpecification {
  const { classifiers, undistorted, distortions } = sheet;
  // A panel that no classifier could take would be empty.
  const read = distortions.filter(({ steps }) => steps.some((step) => step.scores.some((score) => score !== null)));
  const scores = [undistorted, ...distortions.flatMap(({ steps }) => steps.map((step) => step.scores))].flat();
  const worst = Math.max(...scores.map((score) => (score ? 100 * (1 - score.interval[0]) : 0)));
  const bottom = ticks.find((tick) => tick >= Math.max(10, worst)) ?? 100;
  const columnWidth = plotWidth + numbersWidth + columnGap;
  const { padding, inner } = fitted(options, 4 * columnWidth - columnGap + titleWidth);
  const room = inner - titleWidth + columnGap;
  const columns = Math.max(1, Math.min(4, Math.floor(room / (smallestPlot + numbersWidth + columnGap))));
  const width = Math.floor(room / columns) - numbersWidth - columnGap;
  return {
    ...theme,
    padding,
    name: 'robustness',
    description: 'Accuracy of the test images under each distortion, step by step',
    title: {
      text: 'What it still reads',
      subtitle: [
        `Accuracy on the same ${sheet.images} test images with each distortion by itself, step by step.`,
        'Bars are 95 % intervals (Wilson). The scale is finer towards 100 %.',
      ],
    },
    concat: read.map((distortion, index) =>
      panelOf(distortion, undistorted, classifiers, { bottom, width, isFirst: index % columns === 0 }),
    ),
    columns,
    spacing: { row: 26, column: columnGap },
  };
}

function panelOf(
  { title, unit, neutral, steps }: RobustnessPanel,
  undistorted: readonly RobustnessScore[],
  classifiers: readonly string[],
  { bottom, width, isFirst }: { bottom: number; width: number; isFirst: boolean },
): Panel {
  const all = [...steps];
  if (neutral) {
    // Between those below and above it; first where all lie on one side.
    const firstAbove = steps.findIndex(({ severity }) => severity > neutral.severity);
    all.splice(Math.max(0, firstAbove), 0, { ...neutral, scores: undistorted });
  }
  const values = all.flatMap(({ label, scores }) =>
    scores.flatMap((score, classifier) =>
      score
        ? {
            label,
            classifier: classifiers[classifier],
            wrong: 100 * (1 - score.accuracy),
            least: 100 * (1 - score.interval[1]),
            most: 100 * (1 - score.interval[0]),
          }
        : [],
    ),
  );
  const byReader = <Range>(range: Range[]) => ({
    field: 'classifier',
    type: 'nominal' as const,
    title: null,
    scale: { domain: [...classifiers], range: classifiers.map((_, classifier) => range[classifier % range.length]) },
    // Its symbols are as solid as the points, whatever the opacity of the bars.
    legend:
      classifiers.length > 1
        ? {
            orient: 'top' as const,
            direction: 'horizontal' as const,
            symbolSize: 70,
            symbolOpacity: 1,
            symbolStrokeWidth: 0,
          }
        : null,
  });
  return {
    title: { text: title, fontSize: 12, offset: 8 },
    width,
    height: 140,
    data: { values },
    encoding: {
      x: {
        field: 'label',
        type: 'ordinal',
        title: unit,
        scale: { domain: all.map(({ label }) => label), type: 'point', padding: 0.35 },
        axis: {
          labelAngle: 0,
          labelOverlap: 'parity',
          labelSeparation: 4,
          titleFontSize: 11,
          titlePadding: 6,
          ticks: false,
          labelPadding: 6,
        },
      },
      y: {
        field: 'wrong',
        type: 'quantitative',
        title: isFirst ? 'Accuracy (%)' : null,
        scale: { type: 'symlog', constant: 1, domain: [bottom, 0], nice: false, zero: false, clamp: true },
        axis: {
          values: ticks.filter((tick) => tick <= bottom),
          labelExpr: '100 - datum.value',
          domain: false,
          ticks: false,
          gridColor: ink.grid,
        },
      },
      color: byReader(colours),
    },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.45 },
        encoding: { y: { field: 'least', type: 'quantitative' }, y2: { field: 'most' } },
      },
      { mark: { type: 'line', strokeWidth: 1.75 } },
      {
        mark: { type: 'point', filled: true, size: 42, opacity: 1 },
        encoding: { shape: byReader(shapes) },
      },
    ],
  };
}
