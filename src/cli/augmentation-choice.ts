/** What `--augment` says: a name, or a JSON file with the options of an augmentation. */

import { existsSync } from 'node:fs';
import { platform } from '#platform';
import { type Augmentation, augmentation, augmentationFromData, augmentationNames } from '../data/augmentation.js';
import { InklingError } from '../errors.js';
import { duplicateKey } from '../formats/duplicate-key.js';
import { isKnownName } from '../known-names.js';

/** An augmentation and what it was called. */
export interface NamedAugmentation extends Augmentation {
  readonly name: string;
}

/**
 * @param choice `light`, `strong`, `none`, or the path of a JSON file
 * @returns undefined for `none`
 * @throws InklingError (argument) for what is neither name nor file or is out of range, (file) for what cannot be read
 */
export async function chooseAugmentation(choice: string): Promise<NamedAugmentation | undefined> {
  if (choice === 'none') return undefined;
  if (isKnownName(choice, augmentationNames)) return { name: choice, ...augmentation(choice) };
  if (!existsSync(choice)) {
    throw new InklingError(
      'argument',
      `--augment ${choice}: there is no augmentation of this name, and no such file. Expected ` +
        `${augmentationNames.join(', ')}, none, or a JSON file with options such as {"shift": 2, "rotation": 10}.`,
    );
  }
  return { name: choice, ...augmentationFromData(parse(await platform.readFile(choice), choice), choice) };
}

function parse(bytes: Uint8Array, path: string): unknown {
  let text: string;
  let data: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    data = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InklingError('file', `${path} is not a JSON file: ${reason}`, { cause });
  }
  const duplicate = duplicateKey(text);
  if (duplicate === undefined) return data;
  throw new InklingError(
    'file',
    `${path} holds the key ${JSON.stringify(duplicate)} twice. Keep the one that is meant.`,
  );
}
