/** `inkling data`: shows what a data set holds, in numbers and as a contact sheet, and writes it in another layout. */

import { join } from 'node:path';
import { platform } from '#platform';
import { contactSheetChart } from '../charts/contact-sheet-chart.js';
import { renderPng } from '../charts/render-png.js';
import { renderSvg } from '../charts/render-svg.js';
import { type ContactSheet, contactSheet } from '../data/contact-sheet.js';
import type { DatasetLayout } from '../data/dataset-layouts.js';
import { describeDataset, formatDatasetDescription } from '../data/describe.js';
import { InklingError } from '../errors.js';
import { augmentedExamples } from '../training/augmented-examples.js';
import { chooseAugmentation } from './augmentation-choice.js';
import { noticeClassCounts } from './class-counts.js';
import { choosePreparedData, type DataChoice } from './data-choice.js';
import { claimExportFolder, exportDataset } from './dataset-export.js';
import { noticeLettersWithoutFont } from './font-notice.js';
import type { Output } from './output.js';
import { describePreparation } from './preprocessing.js';

export interface DataOptions extends DataChoice {
  readonly out?: string;
  /** A name or a file: the sheet shows what it does. */
  readonly augment?: string;
  /** A folder to write the data set into. */
  readonly export?: string;
  readonly as?: DatasetLayout;
}

/** Images in a row of the sheet. */
const perClass = 20;

/** @throws InklingError where the data cannot be read, or the sheet or the export cannot be written */
export async function data(options: DataOptions, output: Output): Promise<void> {
  const { out, augment = 'none', export: folder, as } = options;
  if (as !== undefined && folder === undefined) {
    throw new InklingError('argument', `--as ${as}: that is how --export writes. Name a folder with --export FOLDER.`);
  }
  if (folder !== undefined) await claimExportFolder(folder);
  const augmentation = await chooseAugmentation(augment);
  const { dataset, preparation } = await choosePreparedData(options);
  noticeClassCounts(dataset, undefined, output);
  const path = out ?? join('runs', `${dataset.name}-contact-sheet.png`);
  const shown = augmentation ? augmentedExamples(dataset.train, augmentation, perClass) : dataset.train;
  const description = describeDataset(dataset);
  output.text(`${formatDatasetDescription(description)}\n\n${describePreparation(preparation)}`);
  await platform.writeFile(path, await namedSheet(contactSheet(shown, { perClass }), dataset.classNames, output));
  const content = augmentation
    ? `a training image of each class and ${perClass - 1} augmented copies of it (${augmentation.name})`
    : 'training images, a row a class';
  output.text(`\nContact sheet of ${content}: ${path}`);
  if (folder !== undefined) {
    await exportDataset(dataset, folder, as ?? 'folders');
    output.text(`Data set: ${folder}`);
  }
  const { preprocessing } = preparation;
  output.event({
    event: 'data',
    contactSheet: path,
    ...(augmentation && { augmentation }),
    ...(folder !== undefined && { exported: folder }),
    preprocessing,
    ...description,
  });
}

/** The sheet as PNG with the classes' names, without them on a machine that cannot draw text. */
async function namedSheet(sheet: ContactSheet, classNames: readonly string[], output: Output): Promise<Uint8Array> {
  await noticeLettersWithoutFont(classNames, output);
  try {
    return await renderPng(await renderSvg(contactSheetChart(sheet, classNames)));
  } catch (error) {
    if (!(error instanceof InklingError) || error.kind !== 'environment') throw error;
    output.urgent(`the contact sheet has no class names. ${error.message}`);
    return sheet.png;
  }
}
