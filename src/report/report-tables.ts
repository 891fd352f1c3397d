/** The tables of the report. Each has a caption, and headers that name their row or column for screen classifiers. */

import { describeProfile, profileCells, profileColumns, profileNotes, profileTotal } from '../engine/profile-table.js';
import { confusionsOf, manyClasses } from '../evaluation/confusions.js';
import { countParameters } from '../model/model.js';
import { formatShape, sizeOf } from '../numerics/tensor.js';
import { term } from './glossary.js';
import { type Html, type HtmlValue, html } from './html.js';
import { duration, integer, percent } from './number-format.js';
import type { RunRecord } from './run-record.js';

/** Names and values, such as the configuration; those that are undefined are left out. */
export function factsTable(caption: string, facts: readonly (readonly [name: string, value: HtmlValue])[]): Html {
  return html`<table class="facts"><caption>${caption}</caption><tbody>${facts
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) => html`
<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
    )}
</tbody></table>`;
}

/** A table of numbers: the first column names its row. */
export function numbersTable(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly HtmlValue[])[],
  foot: readonly (readonly HtmlValue[])[] = [],
): Html {
  const line = ([name, ...cells]: readonly HtmlValue[]) => html`
<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  const last = foot.length > 0 ? html`<tfoot>${foot.map(line)}</tfoot>` : undefined;
  // Scrolls sideways on narrow screens, by keyboard too.
  return html`<div class="wide" role="region" tabindex="0" aria-label="${caption}"><table class="numbers"><caption><span>${caption}</span></caption>
<thead><tr>${header.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(line)}
</tbody>${last}</table></div>`;
}

export function epochsTable({ history: { epochs } }: RunRecord): Html {
  const value = (number: number | undefined, write: (number: number) => string) =>
    number === undefined ? '–' : write(number);
  const loss = (number: number) => number.toFixed(4);
  return numbersTable(
    'Every epoch',
    ['Epoch', 'Loss', 'Accuracy', 'Validation loss', 'Validation accuracy', 'Learning rate', 'Time', 'Images/s'],
    epochs.map((epoch) => [
      epoch.epoch,
      loss(epoch.loss),
      percent(epoch.accuracy),
      value(epoch.valLoss, loss),
      value(epoch.valAccuracy, percent),
      Number(epoch.learningRate.toPrecision(4)),
      duration(epoch.seconds),
      integer(epoch.imagesPerSecond),
    ]),
  );
}

export function classesTable({ evaluation: { report } }: RunRecord): Html {
  const cells = ({ precision, recall, f1, support }: typeof report.macroAverage) => [
    percent(precision),
    percent(recall),
    percent(f1),
    integer(support),
  ];
  return numbersTable(
    'Precision, recall and F1 of each class',
    ['Class', 'Precision', 'Recall', 'F1', 'Images'],
    report.classes.map((metrics) => [metrics.name, ...cells(metrics)]),
    [
      [term('macro-and-weighted-average', 'Macro average'), ...cells(report.macroAverage)],
      [term('macro-and-weighted-average', 'Weighted average'), ...cells(report.weightedAverage)],
    ],
  );
}

/** As a list where there are many classes: the matrix of 256 has 65,536 cells. */
const maxConfusions = 50;

export function confusionTable({ evaluation, classNames }: RunRecord): Html {
  if (classNames.length >= manyClasses) {
    const confusions = confusionsOf(evaluation.confusionMatrix);
    const shown = Math.min(maxConfusions, confusions.length);
    return numbersTable(
      `The most frequent mistakes: ${integer(shown)} of ${integer(confusions.length)} pairs of classes that were confused`,
      ['Actual', 'Predicted', 'Test images', 'Share of the actual class'],
      confusions
        .slice(0, shown)
        .map(({ actual, predicted, count, fraction }) => [
          ...[classNames[actual], classNames[predicted], integer(count)],
          percent(fraction),
        ]),
    );
  }
  return numbersTable(
    'Test images of each actual class (row) by the class that was predicted (column)',
    ['Actual', ...classNames],
    evaluation.confusionMatrix.map((counts, actual) => [classNames[actual], ...counts.map(integer)]),
  );
}

export function layersTable({ model }: RunRecord): Html {
  return numbersTable(
    `The layers of "${model.config.name}"; multiply-adds are those of one image`,
    ['Layer (type)', 'Output shape', 'Parameters', 'Multiply-adds'],
    model.layers.map(({ name, layer, outputShape, weights, multiplyAdds }) => [
      `${name} (${layer.type})`,
      formatShape(outputShape),
      integer(weights.reduce((count, weight) => count + sizeOf(weight.shape), 0)),
      integer(multiplyAdds),
    ]),
    [
      [
        'Total',
        '',
        integer(countParameters(model)),
        integer(model.layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0)),
      ],
    ],
  );
}

/** What was still read under each distortion; undefined where that was not measured. */
export function robustnessTable({ robustness }: RunRecord): Html | undefined {
  if (!robustness) return undefined;
  const { classifiers, undistorted, distortions } = robustness;
  const cells = (scores: typeof undistorted) =>
    scores.flatMap((score) =>
      score ? [percent(score.accuracy), score.interval.map(percent).join(' to ')] : ['–', '–'],
    );
  return numbersTable(
    `Accuracy on ${integer(robustness.images)} test images, the same for all, with each distortion by itself, and its 95 % interval (Wilson)`,
    ['Distortion', ...classifiers.flatMap((name) => [name, 'Interval'])],
    [
      ['None', ...cells(undistorted)],
      ...distortions.flatMap(({ title, unit, steps }) =>
        steps.map(({ label, scores }) => [
          label === title.toLowerCase() ? title : `${title}: ${label} (${unit})`,
          ...cells(scores),
        ]),
      ),
    ],
  );
}

/** Where the time of the steps went; undefined where that was not measured. */
export function profileTable({ history: { profile } }: RunRecord): Html | undefined {
  if (!profile) return undefined;
  const table = numbersTable(
    describeProfile(profile),
    ['Part', ...profileColumns],
    profile.parts.map((part) => [
      part.kind === 'block' ? `${part.name}, ${part.direction}` : part.name,
      ...profileCells(part),
    ]),
    [['Total', ...profileCells(profileTotal(profile))]],
  );
  return html`${table}${profileNotes.map(
    (note) => html`
<p>${note}</p>`,
  )}`;
}

/**
 * A configuration as text: `adam (beta1 0.9, beta2 0.999)`. Options that are not set or are configurations are left
 * out.
 */
export function describeConfiguration(configuration: { readonly type: string }): string {
  const options = Object.entries(configuration)
    .filter(([name, value]) => name !== 'type' && value !== undefined && typeof value !== 'object')
    .map(([name, value]) => `${name} ${value}`);
  return options.length === 0 ? configuration.type : `${configuration.type} (${options.join(', ')})`;
}

/**
 * An augmentation as text: `strong (shift 4.5, rotation 25, scale 0.65 to 1.25, ...)`; effects that do nothing are left
 * out.
 */
export function describeAugmentation(augmentation: RunRecord['configuration']['augmentation']): string {
  if (augmentation === undefined) return 'none';
  const { name, unchanged, probability, shift, rotation, scale, shear, elastic, stroke, noise } = augmentation;
  const still = scale.every((factor) => factor === 1);
  const parts = [
    shift > 0 && `shift ${shift}`,
    rotation > 0 && `rotation ${rotation}`,
    !still && `scale ${scale.join(' to ')}`,
    shear > 0 && `shear ${shear}`,
    elastic.strength > 0 && `elastic ${elastic.strength} with smoothness ${elastic.smoothness}`,
    stroke.thinning > 0 && `thinning ${stroke.thinning}`,
    stroke.thickening > 0 && `thickening ${stroke.thickening}`,
    noise > 0 && `noise ${noise}`,
    `unchanged ${unchanged}`,
    `probability ${probability}`,
  ];
  return `${name} (${parts.filter(Boolean).join(', ')})`;
}
