/** A run as one .zip: its folder, as every command of the command line reads it. */

import { zipSync } from 'fflate';
import { modelFromFiles, weightsSha256 } from 'inkling';
import { unpackArchive } from '../state/archive.js';
import type { Files } from '../state/database.js';
import { readRun } from './run.js';

/** A run of the largest network that trains in a page has a twentieth of this. */
const limits = { files: 1000, fileBytes: 256e6, bytes: 512e6 };

/** What is of use here; charts and checkpoints are left where they are. */
const usual =
  /(^|\/)(model\.json|model\.safetensors|summary\.json|studio\.json|history\.(json|csv)|predictions\.csv|classification-report\.txt|confusion-matrix\.csv)$/;

/** What names a folder on every system. */
export function folderNameOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[^\w.-]+/g, '-');
  return plain.replaceAll(/^[-.]+|[-.]+$/g, '') || 'run';
}

/** @returns the archive's bytes: one folder of this name */
export function archiveOfRun(folder: string, files: Files): Uint8Array<ArrayBuffer> {
  // Weights are as good as random: packing them is time without gain.
  return zipSync(Object.fromEntries([...files].map(([name, bytes]) => [`${folder}/${name}`, bytes])), { level: 0 });
}

/**
 * The files of a run's folder, wherever in the archive it is.
 * @throws Error with the rest of a sentence whose subject is the archive
 */
export async function runOfArchive(archive: Blob): Promise<Files> {
  const all = await unpackArchive(archive, limits, (path) => usual.test(path) && !path.includes('checkpoints/'));
  const summaries = [...all.keys()].filter((path) => /(^|\/)summary\.json$/.test(path));
  if (summaries.length > 1) throw new Error(`it holds ${summaries.length} runs: expected one. Pack each on its own.`);
  const root = summaries[0]?.slice(0, -'summary.json'.length) ?? '';
  const own = [...all].filter(([path]) => path.startsWith(root) && !path.slice(root.length).includes('/'));
  const files = new Map(own.map(([path, bytes]) => [path.slice(root.length), bytes]));
  const { summary } = readRun(files);
  const { model, weights } = modelFromFiles(files);
  const sum = await weightsSha256(model, weights);
  if (sum === summary.weightsSha256) return files;
  throw new Error(
    `its weights are not those that it tells of: expected weightsSha256 ${summary.weightsSha256}. Received: ${sum}. Pack the run's folder again.`,
  );
}
