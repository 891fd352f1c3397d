/**
 * How pictures are prepared for a model that was trained on this data, chosen by what the data is or as asked, and
 * told.
 */

import { type Dataset, imageShape } from '../data/dataset.js';
import { InklingError } from '../errors.js';
import {
  type ChosenPreprocessing,
  choosePreprocessing,
  minFractionOfDigits,
} from '../preprocessing/choose-preprocessing.js';
import type { Preprocessing } from '../preprocessing/settings.js';
import { percent } from '../report/number-format.js';

/** What was chosen, and why. */
export interface Preparation extends ChosenPreprocessing {
  /** Whether somebody asked for it. */
  readonly isAsked: boolean;
}

/**
 * @param asked the method that somebody asked for
 * @throws InklingError (argument) where digits are asked for and the images are in colours
 */
export function choosePreparation({ name, train }: Dataset, asked?: Preprocessing['method']): Preparation {
  const [, , channels] = imageShape(train.images);
  if (asked === 'digits' && channels !== 1) {
    throw new InklingError(
      'argument',
      `--prepare digits: the images of ${name} have ${channels} channels, and digits are prepared as grey images. Leave it out, or ` +
        'write the images in grey.',
    );
  }
  return { ...choosePreprocessing(train.images, asked), isAsked: asked !== undefined };
}

/** Whether images in colours would be taken for digits if they were grey. */
export function areColouredDigits({ preprocessing, isAsked, fractionOfDigits }: Preparation): boolean {
  return (
    !isAsked &&
    preprocessing.method === 'images' &&
    preprocessing.channels === 3 &&
    fractionOfDigits >= minFractionOfDigits
  );
}

/** For people, a sentence or two. */
export function describePreparation({ preprocessing, isAsked, fractionOfDigits }: Preparation): string {
  const fraction = `${percent(fractionOfDigits)} of these images are ink on plain paper, placed as MNIST's digits are`;
  if (preprocessing.method === 'digits') {
    const { size, digitSide } = preprocessing;
    const reason = isAsked ? 'as asked' : `since ${fraction}. --prepare images takes them whole`;
    return `Pictures: as digits, their ink ${digitSide} pixels high or wide in ${size.join(' x ')}, ${reason}`;
  }
  const { size, channels } = preprocessing;
  const reason = isAsked ? 'as asked' : `since ${fraction}. --prepare digits looks for the ink`;
  return `Pictures: as images, whole, scaled to ${size.join(' x ')} in ${channels === 3 ? 'colours' : 'grey'}, ${reason}`;
}
