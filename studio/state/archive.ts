/** Reads a .zip that somebody opens: it may be damaged, or made to fill the memory. */

import { unzip } from 'fflate';
import type { Files } from './database.js';

export interface ArchiveLimits {
  readonly files: number;
  /** Of one file, unpacked. */
  readonly fileBytes: number;
  /** Of the archive, and of all that is taken out of it. */
  readonly bytes: number;
}

/**
 * The files of an archive that are wanted, by their paths. Sizes are asked before anything is unpacked, and nothing is
 * unpacked beyond what its entry says.
 * @throws Error with the rest of a sentence whose subject is the archive
 */
export async function unpackArchive(
  archive: Blob,
  limits: ArchiveLimits,
  isWanted: (path: string) => boolean,
): Promise<Files> {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`;
  const refuse = (problem: string, most: string) => new Error(`${problem}: expected at most ${most}.`);
  if (archive.size > limits.bytes) throw refuse(`it has ${megabytes(archive.size)}`, megabytes(limits.bytes));
  const packed = new Uint8Array(await archive.arrayBuffer());
  let [count, bytes] = [0, 0];
  let refusal: Error | undefined;
  const filter = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }) => {
    const isTaken = isWanted(name);
    count++;
    if (isTaken) bytes += originalSize;
    if (count > limits.files) refusal = refuse('it has too many files', limits.files.toLocaleString('en'));
    else if (isTaken && originalSize > limits.fileBytes) {
      refusal = refuse(`${name} in it has ${megabytes(originalSize)}`, megabytes(limits.fileBytes));
    } else if (bytes > limits.bytes) {
      refusal = refuse(`its files have ${megabytes(bytes)} and more`, megabytes(limits.bytes));
    }
    // Thrown, it ends the search at once, however many entries there are said to be.
    if (refusal) throw refusal;
    return isTaken;
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      reject(refusal ?? new Error(`it is no .zip that can be read (${reason}).`));
    };
    try {
      unzip(packed, { filter }, (error, files) => {
        if (error) fail(error);
        else resolve(new Map(Object.entries(files) as [string, Uint8Array<ArrayBuffer>][]));
      });
    } catch (error) {
      fail(error);
    }
  });
}
