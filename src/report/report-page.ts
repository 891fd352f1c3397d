/** `report.html`: a run for people, as one page that needs no other file, no network and no script. */

import { manyClasses } from '../evaluation/confusions.js';
import { countParameters } from '../model/model.js';
import { formatShape } from '../numerics/tensor.js';
import type { Preprocessing } from '../preprocessing/settings.js';
import { calibrationTables } from './calibration-section.js';
import { glossaryList, term } from './glossary.js';
import { type Html, type HtmlValue, html } from './html.js';
import { duration, integer, percent } from './number-format.js';
import { page, section } from './page.js';
import { figure as figureOf, type PageChart } from './page-chart.js';
import {
  classesTable,
  confusionTable,
  describeAugmentation,
  describeConfiguration,
  epochsTable,
  factsTable,
  layersTable,
  profileTable,
  robustnessTable,
} from './report-tables.js';
import type { RunChartName } from './run-charts.js';
import type { RunOutcome, RunRecord } from './run-record.js';

const outcomeNotes: Readonly<Record<RunOutcome, string | undefined>> = {
  finished: undefined,
  interrupted: 'Training was interrupted. All numbers are those of the weights reached by then.',
};

/** The page as a complete HTML document. @param weightsHash the weights' SHA-256 */
export function reportPage(record: RunRecord, charts: readonly PageChart[], weightsHash: string): string {
  const { model, data, timing, history } = record;
  const title = `${model.config.name} on ${data.name}`;
  const figure = (name: RunChartName, options?: Parameters<typeof figureOf>[1]): Html | undefined => {
    const chart = charts.find((candidate) => candidate.name === name);
    return chart && figureOf(chart, options);
  };
  const mistakes = figure('mistakes', { isPhotographic: true });
  const filters = figure('filters');
  const profile = profileTable(record);
  const robustness = robustnessTable(record);
  return page(
    title,
    html`<header>
<p class="kicker">Inkling training report</p>
<h1>${title}</h1>
<p class="when"><time datetime="${timing.finishedAt}">${readableTime(timing.finishedAt)}</time></p>
</header>`,
    html`
${headline(record)}
${section(
  'learning',
  'Learning curves',
  html`<div class="pair">${figure('accuracy', { isTitled: true })}${figure('loss', { isTitled: true })}</div>`,
  history.epochs.length > 0 ? epochsTable(record) : undefined,
)}
${section(
  'confusion',
  'What was taken for what',
  figure('confusion-matrix'),
  html`<details><summary>${
    record.classNames.length < manyClasses ? 'The matrix as a table' : 'The most frequent mistakes'
  }</summary>${confusionTable(record)}</details>`,
)}
${section('classes', 'Class by class', html`<div class="pair">${figure('per-class')}${classesTable(record)}</div>`)}
${
  record.calibrationResult &&
  section(
    'trust',
    'How far to trust its probabilities',
    html`<div class="pair">${figure('reliability')}<div>${calibrationTables(record.calibrationResult)}</div></div>`,
  )
}
${section('mistakes-heading', 'Most confident mistakes', mistakes ?? html`<p>Every test image was recognised.</p>`)}
${
  robustness &&
  section(
    'robustness-heading',
    'What it still reads',
    figure('robustness'),
    html`<details><summary>The accuracies as a table</summary>${robustness}</details>`,
  )
}
${filters && section('filters-heading', 'What the first layer looks for', filters)}
${section('model', 'Model', layersTable(record))}
${profile && section('profile', 'Where the time of the training steps went', profile)}
${section('setup', 'Setup', html`<div class="pair">${setupTables(record, weightsHash)}</div>`)}
${
  record.command === undefined
    ? undefined
    : section(
        'repeat',
        'Repeat this run',
        html`<p>The same seed, data and arithmetic give the same weights, to the last bit, on any number of threads.</p>
<pre><code>${commandParts(record.command)}</code></pre>
`,
      )
}
${section('words', 'Words', glossaryList())}`,
  );
}

/** A command line whose lines break between its options alone: each stays together with its value. */
function commandParts(command: string): HtmlValue {
  return command.split(/ (?=--)/).flatMap((part, index) => [index > 0 ? ' ' : undefined, html`<span>${part}</span>`]);
}

function headline({ evaluation, predictions, model, timing, outcome }: RunRecord): Html {
  const [low, high] = evaluation.accuracyInterval;
  const images = predictions.labels.length;
  const correct = evaluation.confusionMatrix.reduce((sum, row, index) => sum + row[index], 0);
  const note = outcomeNotes[outcome];
  const figures: [name: string, value: string, detail: HtmlValue][] = [
    ['Test loss', evaluation.loss.toFixed(4), term('cross-entropy', 'cross-entropy, nats')],
    ['Top-2 accuracy', percent(evaluation.top2Accuracy), 'right with two guesses'],
    ['Parameters', integer(countParameters(model)), `input ${formatShape(model.config.inputShape)}`],
    ['Training', duration(timing.trainSeconds), `${integer(timing.imagesPerSecond)} images/s`],
  ];
  return html`<section class="headline" aria-label="Result">${note && html`<p class="note" role="note">${note}</p>`}
<dl>
<div class="main"><dt>Test accuracy</dt><dd>${percent(evaluation.accuracy)}<small>${integer(correct)} of ${integer(images)} images right;
${term('wilson-interval', '95 % interval')} ${percent(low)} to ${percent(high)} (Wilson)</small></dd></div>${figures.map(
    ([name, value, detail]) => html`
<div><dt>${name}</dt><dd>${value}<small>${detail}</small></dd></div>`,
  )}
</dl></section>`;
}

function setupTables(record: RunRecord, weightsHash: string): Html[] {
  const { configuration, data, history, environment, testImages, preprocessing } = record;
  const { optimizer, loss } = configuration;
  const { learningRate } = optimizer;
  const finished = history.epochs.length;
  const hash = (text: string) => html`<code class="hash">${text}</code>`;
  return [
    factsTable('Configuration', [
      ['Recipe', configuration.recipe],
      ['Seed', configuration.seed],
      ['Epochs', finished === configuration.epochs ? finished : `${finished} of ${configuration.epochs}`],
      ['Batch size', configuration.batchSize],
      ['Optimizer', describeConfiguration(optimizer)],
      ['Learning rate', typeof learningRate === 'number' ? learningRate : describeConfiguration(learningRate)],
      ['Loss', describeConfiguration(loss)],
      ['Augmentation', describeAugmentation(configuration.augmentation)],
      ['Preprocessing', preprocessing && describePreprocessing(preprocessing)],
      ['Data', data.name],
      ['Source', data.source],
      [
        'Images',
        [
          data.trainingImages > 0 && `${integer(data.trainingImages)} for training`,
          data.trainingImages > 0 && `${integer(data.validationImages)} for validation`,
          `${integer(testImages.shape[0])} for the test`,
        ]
          .filter(Boolean)
          .join(', '),
      ],
    ]),
    factsTable('Environment', [
      ...Object.entries(environment.versions),
      ['Machine', environment.machine],
      ['Threads', environment.threads],
      ['Arithmetic', environment.arithmetic],
      ['Vectors', `${environment.vectorBits} bits`],
      ['Started', readableTime(record.timing.startedAt)],
      ['Finished', readableTime(record.timing.finishedAt)],
      ['Data, SHA-256', data.sha256 === undefined ? undefined : hash(data.sha256)],
      ['Weights, SHA-256', hash(weightsHash)],
    ]),
  ];
}

function describePreprocessing(preprocessing: Preprocessing): string {
  const { method, scale, size } = preprocessing;
  const form = method === 'digits' ? preprocessing.polarity : preprocessing.channels === 3 ? 'in colours' : 'in grey';
  return `as ${method}, pixels times ${scale}, ${form}, ${size.join(' × ')}`;
}

/** `2026-01-31T12:34:56.789Z` as `2026-01-31 12:34:56 UTC`. */
function readableTime(time: string): string {
  return new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
