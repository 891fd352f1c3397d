/** Zip archives of files that are stored as they are: weights hardly shrink, and Keras and NumPy store them too. */

import { zipSync } from 'fflate';

/** The first moment that zip knows, in local time as zip has it: equal content gives equal bytes, whenever, wherever. */
const anyTime = new Date(1980, 0, 1);

/** @param files by their paths in the archive */
export function zipArchive(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  return zipSync(Object.fromEntries(files), { level: 0, mtime: anyTime });
}
