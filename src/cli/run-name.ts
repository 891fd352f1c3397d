/** The folder of a run that was given none: `runs/<time in UTC>-<model>`. */

import { join } from 'node:path';
import { fileError } from '../platform/node-file-error.js';
import { makeFolder } from '../platform/node-files.js';

/**
 * Makes a new folder, such as `runs/2026-11-23T08-50-00-cnn`; where that is taken, with `-2`, `-3` and so on behind it.
 * @throws InklingError (file) where it cannot be made
 */
export async function makeRunFolder(modelName: string, time: Date, parent = 'runs'): Promise<string> {
  const stem = `${time.toISOString().slice(0, 19).replaceAll(':', '-')}-${modelName.replaceAll(' ', '-')}`;
  for (let number = 1; ; number++) {
    const folder = join(parent, number === 1 ? stem : `${stem}-${number}`);
    try {
      if (await makeFolder(folder)) return folder;
    } catch (error) {
      throw fileError('make', folder, error);
    }
  }
}
