/**
 * Classes with so few images that they cannot be learnt, and classes that look like wrong labels: told before the
 * training, not after it.
 */

import { countLabels, type Dataset } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import { splitRows } from '../training/validation-rows.js';
import type { Output } from './output.js';

/** With fewer to train on a class is hardly learnt. */
const fewImages = 10;
const maxNamed = 5;

/** What will be set aside of the training images. */
export interface Split {
  /** Images. */
  readonly validation: number;
  readonly seed: number;
}

/**
 * @param split undefined where nothing is trained
 * @throws InklingError (data) where a class has training images, and none is left to train on
 */
export function noticeClassCounts(
  { train, test, classNames }: Dataset,
  split: Split | undefined,
  output: Output,
): void {
  const classes = classNames.length;
  const counts = countLabels(train.labels, classes);
  const testCounts = countLabels(test.labels, classes);
  const left = split ? countLeft(train.labels, split, classes) : counts;
  const named = (label: number) => `"${classNames[label]}"`;
  const labels = counts.map((_, label) => label);

  const used = labels.find((label) => counts[label] > 0 && left[label] === 0);
  if (used !== undefined) {
    throw new InklingError(
      'data',
      `Class ${named(used)} has ${images(counts[used])} beside those of the test, and none is left to train on: ${counts[used]} set aside ` +
        `for validation. Add images, ${fewImages} of each class or more, leave the class out, or set none aside with --validation 0.`,
    );
  }
  const unlearnt = labels.filter((label) => counts[label] === 0 && testCounts[label] > 0);
  if (unlearnt.length > 0) {
    output.urgent(
      `there are images to test with and none to train on of ${listed(unlearnt, named)}: all of them will be wrong.`,
    );
  }
  const few = labels.filter((label) => left[label] > 0 && left[label] < fewImages);
  if (few.length > 0) {
    const each = (label: number) => `${named(label)} (${left[label]})`;
    output.urgent(
      `there are fewer than ${fewImages} images to train on of ${listed(few, each)}: such classes are hardly learnt, and their results say little.`,
    );
  }
  const empty = labels.filter((label) => counts[label] === 0 && testCounts[label] === 0);
  if (empty.length > 0) {
    output.urgent(
      `${empty.length} of ${classes} classes ${empty.length === 1 ? 'has' : 'have'} no images: ${listed(empty, named)}. Labels count from 0 to ` +
        `the highest that there is, ${classNames[classes - 1]}, which ${images(counts[classes - 1] + testCounts[classes - 1])} ` +
        `${counts[classes - 1] + testCounts[classes - 1] === 1 ? 'has' : 'have'}. Check the labels where that is not meant.`,
    );
  }
}

function countLeft(labels: Uint8Array, { validation, seed }: Split, classes: number): number[] {
  const { train } = splitRows(labels, validation, seed);
  return countLabels(
    Array.from(train, (index) => labels[index]),
    classes,
  );
}

function images(count: number): string {
  return `${count} ${count === 1 ? 'image' : 'images'}`;
}

function listed(labels: readonly number[], name: (label: number) => string): string {
  const named = labels.slice(0, maxNamed).map(name).join(', ');
  return labels.length > maxNamed ? `${named} and ${labels.length - maxNamed} more` : named;
}
