/** What a data set holds, in numbers: for a look before training. Values are as the network sees them, from 0 to 1. */

import { formatShape, type Shape, sizeOf, type Tensor } from '../numerics/tensor.js';
import { countLabels, type Dataset, imageShape, type LabelledImages } from './dataset.js';
import { ImageSet } from './duplicates.js';

/** One part of a data set. */
export interface PartDescription {
  readonly count: number;
  /** Images of each class, by class index. */
  readonly countPerClass: readonly number[];
  /** [H, W, C] */
  readonly imageShape: Shape;
  /** Smallest and largest value, mean and (population) standard deviation over all values, scaled to 0 to 1. */
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly standardDeviation: number;
  /** Images equal in every byte to an earlier one of the same part. */
  readonly duplicates: number;
  /** Images whose values are all the same. */
  readonly blanks: number;
}

export interface DatasetDescription {
  readonly name: string;
  readonly source: string;
  readonly sha256: string;
  readonly classNames: readonly string[];
  readonly train: PartDescription;
  readonly test: PartDescription;
  /** Images of the test part that are also in the training part: a test that knows its answers. */
  readonly testImagesInTrain: number;
}

function countBlanks(images: Tensor<Uint8Array>): number {
  const { data } = images;
  const size = sizeOf(imageShape(images));
  let blanks = 0;
  for (let start = 0; start < data.length; start += size) {
    let index = start + 1;
    while (index < start + size && data[index] === data[start]) index++;
    if (index === start + size) blanks++;
  }
  return blanks;
}

/** Counts of the 256 values make mean and deviation exact up to the last rounding, whatever the number of images. */
function statistics(values: Uint8Array) {
  const counts = new Float64Array(256);
  for (let index = 0; index < values.length; index++) counts[values[index]]++;
  const mean = counts.reduce((sum, count, value) => sum + count * value, 0) / values.length;
  const variance = counts.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0) / values.length;
  return {
    minimum: counts.findIndex((count) => count > 0) / 255,
    maximum: counts.findLastIndex((count) => count > 0) / 255,
    mean: mean / 255,
    standardDeviation: Math.sqrt(variance) / 255,
  };
}

function describePart({ images, labels }: LabelledImages, classes: number, duplicates: number): PartDescription {
  return {
    count: labels.length,
    countPerClass: countLabels(labels, classes),
    imageShape: imageShape(images),
    ...statistics(images.data),
    duplicates,
    blanks: countBlanks(images),
  };
}

/** Looks at every image of both parts: a second for MNIST. */
export function describeDataset(dataset: Dataset): DatasetDescription {
  const { name, source, sha256, classNames, train, test } = dataset;
  const trainImages = new ImageSet();
  const trainDuplicates = trainImages.add(train.images);
  const testDuplicates = new ImageSet().add(test.images);
  return {
    name,
    source,
    sha256,
    classNames,
    train: describePart(train, classNames.length, trainDuplicates),
    test: describePart(test, classNames.length, testDuplicates),
    testImagesInTrain: trainImages.count(test.images),
  };
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The description as an aligned table for a terminal, without colours and without a newline at the end. */
export function formatDatasetDescription(description: DatasetDescription): string {
  const { train, test, classNames } = description;
  const row = (title: string, value: (part: PartDescription, isTest: boolean) => string) => [
    title,
    value(train, false),
    value(test, true),
  ];
  const rows = [
    ['', 'train', 'test'],
    row('images', (part) => grouped(part.count)),
    ...classNames.map((name, label) => row(`  class ${name}`, (part) => grouped(part.countPerClass[label]))),
    row('image shape', (part) => formatShape(part.imageShape)),
    row('minimum', (part) => part.minimum.toFixed(4)),
    row('maximum', (part) => part.maximum.toFixed(4)),
    row('mean', (part) => part.mean.toFixed(4)),
    row('standard deviation', (part) => part.standardDeviation.toFixed(4)),
    row('duplicates', (part) => grouped(part.duplicates)),
    row('also in train', (_, isTest) => (isTest ? grouped(description.testImagesInTrain) : '')),
    row('blank images', (part) => grouped(part.blanks)),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => cells[column].length)));
  const table = rows.map(([title, ...cells]) =>
    [title.padEnd(widths[0]), ...cells.map((cell, index) => cell.padStart(widths[index + 1]))].join('  ').trimEnd(),
  );
  return [
    `Data set ${description.name}: ${description.source}`,
    `SHA-256 ${description.sha256}; values scaled from 0..255 to 0..1`,
    '',
    ...table,
  ].join('\n');
}
