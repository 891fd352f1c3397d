/** `inkling data`: shows what a data set holds, in numbers and as a contact sheet. */

import { join } from 'node:path';
import { platform } from '#platform';
import { contactSheet } from '../data/contact-sheet.js';
import { describeDataset, formatDatasetDescription } from '../data/describe.js';
import { chooseData } from './data-choice.js';
import type { Output } from './output.js';

export interface DataOptions {
  readonly data?: string;
  readonly out?: string;
}

/** @throws InklingError where the data cannot be read or the sheet cannot be written */
export async function data({ data: folder, out }: DataOptions, output: Output): Promise<void> {
  const dataset = await chooseData(folder);
  const path = out ?? join('runs', `${dataset.name}-contact-sheet.png`);
  const description = describeDataset(dataset);
  output.text(formatDatasetDescription(description));
  await platform.writeFile(path, contactSheet(dataset.train));
  output.text(`\nContact sheet of training images, a row a class: ${path}`);
  output.event({ event: 'data', contactSheet: path, ...description });
}
